package io.soracourier.video;

import java.util.OptionalInt;

/**
 * Which top-level boxes of an MP4 have come, and whether another one has to follow.
 *
 * <p>A fragmented file repeats {@code moof mdat}, each pair optionally after {@code styp}, {@code
 * sidx}, {@code prft} or {@code emsg}: if it ends after one of those, an {@code mdat} is missing.
 * That is checked only if the first {@code moof} precedes any {@code mdat}, because some writers
 * put each {@code mdat} before its {@code moof}. An {@code mfra} is the last box of its file, so
 * that nothing but a {@code moof} can wait for content before it.
 *
 * <p>Source: ISO/IEC 14496-12, 8.8 and 8.16: fragments and segments.
 */
final class BoxOrder {
  static final int MDAT = 0x6d646174;
  private static final int MOOV = 0x6d6f6f76;
  private static final int MOOF = 0x6d6f6f66;
  private static final int MFRA = 0x6d667261;
  private static final int STYP = 0x73747970;
  private static final int SIDX = 0x73696478;
  private static final int PRFT = 0x70726674;
  private static final int EMSG = 0x656d7367;
  private static final int NONE = 0;

  private boolean moov;
  private boolean mdat;
  private boolean fragmented;
  private int waiting = NONE;

  void add(int type) {
    switch (type) {
      case MOOV -> moov = true;
      case MDAT -> {
        mdat = true;
        waiting = NONE;
      }
      case MOOF -> {
        fragmented |= !mdat;
        waiting = MOOF;
      }
      case STYP, SIDX, PRFT, EMSG -> waiting = waiting == MOOF ? MOOF : type;
      case MFRA -> waiting = waiting == MOOF ? MOOF : NONE;
      default -> {}
    }
  }

  boolean hasMoov() {
    return moov;
  }

  boolean hasMdat() {
    return mdat;
  }

  /** The type of the last box that an {@code mdat} has to follow; empty where none has to. */
  OptionalInt waiting() {
    return fragmented && waiting != NONE ? OptionalInt.of(waiting) : OptionalInt.empty();
  }
}

package io.soracourier.video;

import io.soracourier.text.Excerpt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Checks the top-level boxes of an MP4 while its bytes pass, without keeping them and without an
 * allocation per box: {@code ftyp} comes first, {@code moov} and an {@code mdat} with content are
 * among them, and the last one ends with the stream. So an error page is detected at its eighth
 * byte, and a truncated body even where no length was declared.
 *
 * <p>A fragmented file repeats {@code moof mdat}, each pair optionally after {@code styp}, {@code
 * sidx}, {@code prft} or {@code emsg}: if it ends after one of those, an {@code mdat} is missing.
 * That is checked only if the first {@code moof} precedes any {@code mdat}, because some writers
 * put each {@code mdat} before its {@code moof}. An {@code mfra} is the last box of its file, so
 * that nothing but a {@code moof} can wait for content before it.
 *
 * <p>Source: ISO/IEC 14496-12, 4.2: a box is a 32-bit size, a type of four characters, and where
 * the size is 1 a 64-bit size; size 0 means to the end of the file. 8.8 and 8.16: fragments and
 * segments.
 */
public final class Mp4Walk {
  private static final int SHORT_HEADER = 8;
  private static final int LONG_HEADER = 16;

  private static final int FTYP = 0x66747970;
  private static final int MOOV = 0x6d6f6f76;
  private static final int MDAT = 0x6d646174;
  private static final int MOOF = 0x6d6f6f66;
  private static final int MFRA = 0x6d667261;
  private static final int STYP = 0x73747970;
  private static final int SIDX = 0x73696478;
  private static final int PRFT = 0x70726674;
  private static final int EMSG = 0x656d7367;
  private static final int NONE = 0;

  private final ByteBuffer header = ByteBuffer.allocate(LONG_HEADER);
  private int headerLength = SHORT_HEADER;
  private int box = NONE;
  private long payloadLeft;
  private boolean toTheEnd;

  /** Whether a box of size 0 has a byte of content. */
  private boolean begun;

  private boolean moov;
  private boolean mdat;
  private boolean pictures;
  private boolean fragmented;

  /** The type of a box that an {@code mdat} has to follow. */
  private int waiting = NONE;

  private long position;

  /**
   * Checks the next bytes, up to their limit.
   *
   * @throws InvalidContentException as soon as they cannot be an MP4
   */
  public void accept(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (toTheEnd || payloadLeft > 0) {
        skip(bytes);
      } else {
        header.put(bytes.get());
        position++;
        if (header.position() == headerLength) {
          endOfHeader();
        }
      }
    }
  }

  private void skip(ByteBuffer bytes) {
    int skipped = bytes.remaining();
    if (toTheEnd) {
      begun = true;
    } else {
      skipped = (int) Math.min(payloadLeft, skipped);
      payloadLeft -= skipped;
    }
    position += skipped;
    bytes.position(bytes.position() + skipped);
    pictures |= box == MDAT;
  }

  /**
   * The stream has ended.
   *
   * @throws InvalidContentException when the file has not
   */
  public void end() {
    if (box == NONE) {
      throw new InvalidContentException(
          position == 0
              ? "the content is empty"
              : "the content is " + position + " bytes long, too short for an MP4");
    }
    if (header.position() > 0 || payloadLeft > 0) {
      throw new InvalidContentException(
          "the content is cut: it ends after %d bytes, inside a box that goes on for %s"
              .formatted(position, payloadLeft > 0 ? payloadLeft + " more" : "more"));
    }
    if (!moov || !mdat) {
      throw new InvalidContentException(
          "the content is no playable MP4: its %d bytes have no %s box"
              .formatted(position, moov ? "mdat" : "moov"));
    }
    if (!pictures) {
      throw new InvalidContentException(
          "the content is not a playable MP4: in its %d bytes every mdat box is empty"
              .formatted(position));
    }
    if (toTheEnd && !begun) {
      throw new InvalidContentException(
          "the content is truncated: it ends after %d bytes, right after the header of its last box '%s'"
              .formatted(position, name(box)));
    }
    if (fragmented && waiting != NONE) {
      throw new InvalidContentException(
          "the content is truncated: it ends after %d bytes, without the mdat box that follows its last %s box"
              .formatted(position, name(waiting)));
    }
  }

  private void endOfHeader() {
    int type = header.getInt(4);
    checkType(type);
    long size = Integer.toUnsignedLong(header.getInt(0));
    if (size == 1 && headerLength == SHORT_HEADER) {
      headerLength = LONG_HEADER;
      return;
    }
    if (headerLength == LONG_HEADER) {
      size = header.getLong(SHORT_HEADER);
    }
    if (size == 0) {
      toTheEnd = true;
    } else if (size < headerLength) {
      throw new InvalidContentException(
          "the content is no MP4: box '%s' before byte %d has the impossible size %d"
              .formatted(name(type), position, size));
    } else {
      payloadLeft = size - headerLength;
    }
    box = type;
    order(type);
    header.clear();
    headerLength = SHORT_HEADER;
  }

  private void order(int type) {
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

  private void checkType(int type) {
    if (box == NONE && type != FTYP) {
      throw new InvalidContentException(
          "the content is no MP4: it begins with '%s'"
              .formatted(
                  Excerpt.of(
                      new String(header.array(), 0, 8, StandardCharsets.ISO_8859_1)
                          .replaceAll("[^ -~]", "."),
                      header.capacity())));
    }
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      int character = type >>> shift & 0xff;
      if ((character < ' ' || character >= 0x7f) && character != 0xa9) {
        throw new InvalidContentException(
            "the content is no MP4: what should be a box before byte %d is none"
                .formatted(position));
      }
    }
  }

  private static String name(int type) {
    return new String(
        ByteBuffer.allocate(Integer.BYTES).putInt(type).array(), StandardCharsets.ISO_8859_1);
  }
}

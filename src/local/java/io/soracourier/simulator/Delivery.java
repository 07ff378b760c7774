package io.soracourier.simulator;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How a reply is put on the wire.
 *
 * @param framing how the end of the body is marked
 * @param declaredLength a {@code Content-Length} other than the body's own
 * @param stopAfter bytes of the body after which the answer ends as {@code ending} says; {@link
 *     #BEFORE_HEAD} ends it without a single byte, {@link #IN_THE_MIDDLE} after half of them,
 *     {@link #WHOLE} never
 * @param beforeHead how long nothing is answered
 * @param betweenHeadBytes pause after each byte of the head
 * @param pieceSize bytes written at once; 0 for as many as there are
 * @param betweenPieces pause after each piece
 * @param before sent before the head, as it is
 * @param after sent after the body, as it is
 */
record Delivery(
    Framing framing,
    OptionalLong declaredLength,
    long stopAfter,
    Ending ending,
    Duration beforeHead,
    Duration betweenHeadBytes,
    int pieceSize,
    Duration betweenPieces,
    String before,
    String after) {

  static final long BEFORE_HEAD = -1;
  static final long IN_THE_MIDDLE = -2;
  static final long WHOLE = Long.MAX_VALUE;

  static final Delivery PLAIN =
      new Delivery(
          Framing.LENGTH,
          OptionalLong.empty(),
          WHOLE,
          Ending.CLOSE,
          Duration.ZERO,
          Duration.ZERO,
          0,
          Duration.ZERO,
          "",
          "");

  enum Framing {
    LENGTH,
    CHUNKED,
    /** No length at all: the body ends with the connection. */
    UNTIL_CLOSE
  }

  enum Ending {
    /** The connection is closed in order (FIN). */
    CLOSE,
    /** The connection is torn down (RST). */
    RESET,
    /** Nothing more is sent and the connection stays open until the client closes it. */
    STALL,
    /** A chunk is announced of which only a part comes before the connection is closed. */
    MID_CHUNK,
    /** The size of the next chunk is not a number. */
    BAD_CHUNK
  }

  boolean isCut() {
    return stopAfter != WHOLE;
  }

  /** The same for a body of that length. */
  Delivery of(long length) {
    return stopAfter == IN_THE_MIDDLE ? stopping(length / 2, ending) : this;
  }

  Delivery framed(Framing other) {
    return new Delivery(
        other,
        declaredLength,
        stopAfter,
        ending,
        beforeHead,
        betweenHeadBytes,
        pieceSize,
        betweenPieces,
        before,
        after);
  }

  Delivery declaring(long length) {
    return new Delivery(
        framing,
        OptionalLong.of(length),
        stopAfter,
        ending,
        beforeHead,
        betweenHeadBytes,
        pieceSize,
        betweenPieces,
        before,
        after);
  }

  Delivery stopping(long bytes, Ending how) {
    return new Delivery(
        framing,
        declaredLength,
        bytes,
        how,
        beforeHead,
        betweenHeadBytes,
        pieceSize,
        betweenPieces,
        before,
        after);
  }

  Delivery waiting(Duration time) {
    return new Delivery(
        framing,
        declaredLength,
        stopAfter,
        ending,
        time,
        betweenHeadBytes,
        pieceSize,
        betweenPieces,
        before,
        after);
  }

  Delivery slowHead(Duration pause) {
    return new Delivery(
        framing,
        declaredLength,
        stopAfter,
        ending,
        beforeHead,
        pause,
        pieceSize,
        betweenPieces,
        before,
        after);
  }

  Delivery inPieces(int size, Duration pause) {
    return new Delivery(
        framing,
        declaredLength,
        stopAfter,
        ending,
        beforeHead,
        betweenHeadBytes,
        size,
        pause,
        before,
        after);
  }

  Delivery between(String first, String last) {
    return new Delivery(
        framing,
        declaredLength,
        stopAfter,
        ending,
        beforeHead,
        betweenHeadBytes,
        pieceSize,
        betweenPieces,
        before + first,
        last + after);
  }
}

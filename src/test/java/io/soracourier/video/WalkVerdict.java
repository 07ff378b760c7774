package io.soracourier.video;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntSupplier;

/** What the walk says of bytes that arrive in pieces. */
final class WalkVerdict {
  private WalkVerdict() {}

  /**
   * Why they are not a whole MP4; empty when they are. Any other exception ends the test.
   *
   * @param piece the lengths of the pieces, each at least one
   */
  static Optional<String> of(byte[] bytes, IntSupplier piece) {
    Mp4Walk walk = new Mp4Walk();
    try {
      for (int at = 0; at < bytes.length; ) {
        int length = Math.min(piece.getAsInt(), bytes.length - at);
        walk.accept(ByteBuffer.wrap(bytes, at, length));
        at += length;
      }
      walk.end();
      return Optional.empty();
    } catch (InvalidContentException e) {
      return Optional.of(e.getMessage());
    }
  }
}

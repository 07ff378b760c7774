package io.soracourier.bench;

/**
 * One direction of a line. All its connections share its rate: bytes are sent one after the other,
 * in the order in which they come.
 */
final class Line {
  private static final long NANOS = 1_000_000_000;

  private final long bytesPerSecond;
  private long freeNanos = Long.MIN_VALUE;

  /**
   * @param bytesPerSecond 0: as many as there are
   */
  Line(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /**
   * @return the time at which the last of these bytes has been sent
   */
  synchronized long send(int bytes, long now) {
    if (bytesPerSecond == 0) {
      return now;
    }
    freeNanos = Math.max(freeNanos, now) + bytes * NANOS / bytesPerSecond;
    return freeNanos;
  }
}

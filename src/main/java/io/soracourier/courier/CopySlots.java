package io.soracourier.courier;

import io.soracourier.lifecycle.Shutdown;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many copies may be made at once in this process, so that its memory is enough for all. */
final class CopySlots {
  /** So soon a copy that waits notices that the process is ending. */
  private static final long MAX_PIECE_MILLIS = 500;

  private final Semaphore free;
  private final Duration longestWait;
  private final Shutdown shutdown;

  CopySlots(int copies, Duration longestWait, Shutdown shutdown) {
    this.free = new Semaphore(copies, true);
    this.longestWait = longestWait;
    this.shutdown = shutdown;
  }

  /** How many copies' blocks leave a quarter of the heap to everything else; at least one's. */
  static int affordable(long heap, int blockSize) {
    long copy = (long) blockSize * (BlockPipeline.MAX_IN_FLIGHT + 1);
    return (int) Math.min(Math.max(heap / 4 * 3 / copy, 1), Integer.MAX_VALUE);
  }

  /**
   * Waits for a slot.
   *
   * @return false when none became free in time, or the process is ending
   */
  boolean acquire() {
    try {
      for (long left = longestWait.toMillis(); left > 0; left -= MAX_PIECE_MILLIS) {
        if (shutdown.hasBegun()) {
          return false;
        }
        if (free.tryAcquire(Math.min(left, MAX_PIECE_MILLIS), TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void release() {
    free.release();
  }
}

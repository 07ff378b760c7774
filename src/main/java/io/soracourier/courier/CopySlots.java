package io.soracourier.courier;

import io.soracourier.lifecycle.Shutdown;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The maximum of concurrent copies in this process, so that its memory is enough for all. A look
 * without a slot does not wait for one, because it would hold a thread: its job is put back. Only
 * jobs whose content expires soon wait, some of them at a time and for a while, and are then the
 * next.
 */
final class CopySlots {
  /** Time enough for more than a hundred copies of some seconds each. */
  static final Duration URGENT = Duration.ofMinutes(10);

  /** Of the threads of this process, a few. */
  static final int MAX_WAITING = 32;

  /** So soon a copy that waits notices that the process is ending. */
  private static final long MAX_PIECE_MILLIS = 500;

  private final Semaphore free;
  private final Semaphore waiting = new Semaphore(MAX_WAITING);
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

  /** How many wait for one. */
  int waiting() {
    return free.getQueueLength();
  }

  /** For one look, which takes a slot only when it has something to copy. */
  Turn turn() {
    return new Turn();
  }

  /** A look's slot: taken once, whatever it copies then, and given back at its end. */
  final class Turn implements AutoCloseable {
    private boolean taken;

    /** Takes a slot that is free at this moment, unless this look has one. */
    boolean takeFree() {
      return take(ChronoUnit.FOREVER.getDuration());
    }

    /**
     * Takes a slot, unless this look has one.
     *
     * @param left until the content expires
     * @return false when none is free, or the process is ending
     */
    boolean take(Duration left) {
      taken = taken || acquire(left);
      return taken;
    }

    @Override
    public void close() {
      if (taken) {
        taken = false;
        free.release();
      }
    }
  }

  private boolean acquire(Duration left) {
    if (shutdown.hasBegun()) {
      return false;
    }
    try {
      // Without a time it would overtake those that wait.
      if (free.tryAcquire(0, TimeUnit.MILLISECONDS)) {
        return true;
      }
      if (left.compareTo(URGENT) >= 0 || !waiting.tryAcquire()) {
        return false;
      }
      try {
        return await(left.minus(LookSchedule.LAST));
      } finally {
        waiting.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean await(Duration useful) throws InterruptedException {
    long most = (useful.compareTo(longestWait) < 0 ? useful : longestWait).toMillis();
    for (long left = most; left > 0; left -= MAX_PIECE_MILLIS) {
      if (shutdown.hasBegun()) {
        return false;
      }
      if (free.tryAcquire(Math.min(left, MAX_PIECE_MILLIS), TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }
}

package io.soracourier.lifecycle;

import io.netty.util.concurrent.DefaultThreadFactory;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what a thread does, whatever it waits for and however slowly servers respond: when the
 * time is over, the thread is interrupted, again and again until it has returned.
 */
@ApplicationScoped
public class TimeLimits {
  private static final Duration INTERRUPTED_EVERY = Duration.ofMillis(500);

  private final ScheduledThreadPoolExecutor watch =
      new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("time-limits", true));

  public TimeLimits() {
    // Else each look would stay in the memory until its limit, which is half an hour and more.
    watch.setRemoveOnCancelPolicy(true);
  }

  /** Limits that may still be reached. */
  int open() {
    return watch.getQueue().size();
  }

  @PreDestroy
  void close() {
    watch.shutdownNow();
  }

  /** Begins a limit for the calling thread, which also ends it. */
  public Limit begin(Duration limit) {
    return new Limit(watch, limit);
  }

  /**
   * One limit of one thread. When closed, the thread is not interrupted any more, nor any longer.
   */
  public static final class Limit implements AutoCloseable {
    private final Thread thread = Thread.currentThread();
    private final ScheduledFuture<?> interruptions;
    private boolean closed;
    private volatile boolean reached;

    private Limit(ScheduledExecutorService watch, Duration limit) {
      this.interruptions =
          watch.scheduleWithFixedDelay(
              this::interrupt,
              limit.toMillis(),
              INTERRUPTED_EVERY.toMillis(),
              TimeUnit.MILLISECONDS);
    }

    /** Whether the time is over, so that a failure may be caused by that alone. */
    public boolean reached() {
      return reached;
    }

    private synchronized void interrupt() {
      if (!closed) {
        reached = true;
        thread.interrupt();
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      interruptions.cancel(false);
      if (reached) {
        Thread.interrupted();
      }
    }
  }
}

package io.soracourier.records;

import io.netty.util.concurrent.DefaultThreadFactory;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Prepares records beside looks, so that the end of a look waits for one request as a rule. */
@ApplicationScoped
class Preparations {
  /** So many at a time; what further looks need is requested when they end. */
  private static final int MAX = 32;

  private static final Duration IDLE = Duration.ofSeconds(10);

  private final JobTable table;
  private final RecordTime time;
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          MAX,
          IDLE.toSeconds(),
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          new DefaultThreadFactory("record-preparation", true));

  Preparations(JobTable table, RecordTime time) {
    this.table = table;
    this.time = time;
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }

  /**
   * Begins to prepare what will be written, and returns.
   *
   * @param look the number of the look
   * @param at when it begins
   */
  Preparation begin(String id, int look, Instant at) {
    if (table.isKnown(id)) {
      return Preparation.NONE;
    }
    try {
      return new Preparation(threads.submit(() -> time.bound(() -> table.prepare(id, look, at))));
    } catch (RejectedExecutionException busy) {
      return Preparation.NONE;
    }
  }
}

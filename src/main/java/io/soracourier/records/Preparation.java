package io.soracourier.records;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** What writing news of a job needs first, requested beside the look that the news is about. */
public final class Preparation {
  /** Nothing was prepared. */
  static final Preparation NONE = new Preparation(CompletableFuture.completedFuture(null));

  private final Future<?> done;

  Preparation(Future<?> done) {
    this.done = done;
  }

  /**
   * Writes after it.
   *
   * @throws RuntimeException of the preparation, which the write would only repeat
   */
  void then(Runnable write) {
    try {
      done.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("preparing a record failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a record was prepared", e);
    }
    write.run();
  }
}

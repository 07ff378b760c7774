package io.soracourier.records;

import io.soracourier.records.RecordCache.Stored;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What writing news of a job needs first, requested beside the look that the news is about. */
public final class Preparation {
  /** Nothing was prepared. */
  static final Preparation NONE = new Preparation(CompletableFuture.completedFuture(null));

  private final Future<@Nullable Stored> stored;

  Preparation(Future<@Nullable Stored> stored) {
    this.stored = stored;
  }

  /**
   * Waits for it. It is empty also where it failed: that may be long ago, and the write will say
   * what is wrong with the table.
   */
  Optional<Stored> result() {
    try {
      return Optional.ofNullable(stored.get());
    } catch (ExecutionException failed) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a record was prepared", e);
    }
  }
}

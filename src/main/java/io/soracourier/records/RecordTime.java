package io.soracourier.records;

import io.soracourier.lifecycle.TimeLimits;
import io.soracourier.lifecycle.TimeLimits.Limit;
import io.soracourier.storage.JobsConfig;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;

/** How long the table may take for one record: {@code courier.jobs.timeout}. */
@ApplicationScoped
class RecordTime {
  private final TimeLimits limits;
  private final Duration time;

  RecordTime(TimeLimits limits, JobsConfig config) {
    this.limits = limits;
    this.time = config.timeout();
  }

  /** The same for requests without a result. */
  void bound(Runnable requests) {
    bound(
        () -> {
          requests.run();
          return null;
        });
  }

  /**
   * Runs requests to the table on this thread.
   *
   * @throws StorageException of theirs; also when they took longer
   * @throws CircuitBreakerOpenException when the table failed a moment ago
   */
  <T extends @Nullable Object> T bound(Supplier<T> requests) {
    try (Limit limit = limits.begin(time)) {
      try {
        return requests.get();
      } catch (RuntimeException e) {
        if (!limit.reached()) {
          throw e;
        }
        throw new StorageException(
            Kind.TRANSIENT,
            "the table took longer than courier.jobs.timeout, %d ms".formatted(time.toMillis()),
            e);
      }
    }
  }
}

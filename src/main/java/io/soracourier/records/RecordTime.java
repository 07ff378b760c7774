package io.soracourier.records;

import io.soracourier.lifecycle.TimeLimits;
import io.soracourier.lifecycle.TimeLimits.Limit;
import io.soracourier.storage.JobsConfig;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** How long the table may take for one record: {@code courier.jobs.timeout}. */
@ApplicationScoped
class RecordTime {
  private final TimeLimits limits;
  private final Duration time;

  RecordTime(TimeLimits limits, JobsConfig config) {
    this.limits = limits;
    this.time = config.timeout();
  }

  /**
   * Runs requests to the table on this thread.
   *
   * @throws StorageException of theirs; also when they took longer
   * @throws CircuitBreakerOpenException when the table failed a moment ago
   */
  void bound(Runnable requests) {
    try (Limit limit = limits.begin(time)) {
      try {
        requests.run();
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

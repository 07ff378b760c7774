package io.soracourier.records;

import io.soracourier.lifecycle.TimeLimits;
import io.soracourier.lifecycle.TimeLimits.Limit;
import io.soracourier.storage.JobsConfig;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Records that jobs are about to be enqueued, for a program that must not enqueue one again and
 * again while nothing can be written.
 */
@ApplicationScoped
public class JobClaims {
  private final JobTable table;
  private final JobsConfig config;
  private final TimeLimits limits;

  JobClaims(JobTable table, JobsConfig config, TimeLimits limits) {
    this.table = table;
    this.config = config;
    this.limits = limits;
  }

  /**
   * Records it, or fails.
   *
   * @throws StorageException when it is not recorded, or that is not known; {@code CONFLICT} where
   *     others change the record of this job all the time
   */
  public void claim(News.Enqueued news) {
    try (Limit limit = limits.begin(config.timeout())) {
      try {
        table.write(news);
      } catch (CircuitBreakerOpenException pausing) {
        throw new StorageException(Kind.TRANSIENT, "the table failed a moment ago", pausing);
      } catch (RuntimeException e) {
        if (!limit.reached()) {
          throw e;
        }
        throw new StorageException(
            Kind.TRANSIENT, "the table took longer than courier.jobs.timeout", e);
      }
    }
  }
}

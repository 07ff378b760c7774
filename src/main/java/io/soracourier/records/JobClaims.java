package io.soracourier.records;

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
  private final RecordTime time;

  JobClaims(JobTable table, RecordTime time) {
    this.table = table;
    this.time = time;
  }

  /**
   * Records it, or fails.
   *
   * @throws StorageException when it is not recorded, or that is not known; {@code CONFLICT} where
   *     others change the record of this job all the time
   */
  public void claim(News.Enqueued news) {
    try {
      time.bound(() -> table.write(news, Preparation.NONE));
    } catch (CircuitBreakerOpenException pausing) {
      throw new StorageException(Kind.TRANSIENT, "the table failed a moment ago", pausing);
    }
  }
}

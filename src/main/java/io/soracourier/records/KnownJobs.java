package io.soracourier.records;

import io.soracourier.storage.Rows;
import io.soracourier.storage.Rows.Row;
import io.soracourier.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether jobs have a record, and how far they are: for many jobs in one call, most of which have
 * one. The newest records are read in a few requests, and what is older one by one.
 */
public final class KnownJobs {
  /** Of a thousand records each, which are held as a few words. */
  static final int MAX_PAGES = 10;

  private static final int MAX_DOUBLINGS = 6;

  private final JobTable table;
  private final Map<String, Known> newest = new HashMap<>();
  private boolean complete;

  private KnownJobs(JobTable table) {
    this.table = table;
  }

  /**
   * A record in short.
   *
   * @param reason why it failed; null where it did not
   * @param attempt how often it was enqueued, from 1
   * @param changed when it was last written
   * @param due when something should have happened
   */
  public record Known(
      RecordState state, @Nullable String reason, int attempt, Instant changed, Instant due) {
    static Known of(JobRecord job) {
      return new Known(
          job.state(),
          job.failure() == null ? null : job.failure().reason(),
          job.attempt(),
          job.changed(),
          job.due());
    }

    /**
     * Whether a program may enqueue it again, because nothing has happened for long: the longer,
     * the more often it was enqueued, so that messages nobody takes do not pile up.
     */
    public boolean isOverdue(Instant now) {
      Duration patience =
          JobRecord.OVERDUE.multipliedBy(1L << Math.min(attempt - 1, MAX_DOUBLINGS));
      return !state.isOver() && now.isAfter(due.plus(patience));
    }
  }

  /**
   * @throws StorageException when the table cannot be read
   */
  static KnownJobs read(JobTable table) {
    KnownJobs known = new KnownJobs(table);
    String last = null;
    for (int i = 0; i < MAX_PAGES && !known.complete; i++) {
      Rows.Page page = table.newest(last, Rows.MAX_PAGE);
      for (Row row : page.rows()) {
        last = row.key();
        RecordColumns.read(row.columns())
            .filter(job -> job.id() != null)
            .ifPresent(job -> known.newest.putIfAbsent(job.id(), Known.of(job)));
      }
      known.complete = !page.more();
    }
    return known;
  }

  /**
   * Empty where the job has no record.
   *
   * @throws StorageException when that is not known
   */
  public Optional<Known> find(String jobId) {
    Known known = newest.get(jobId);
    return known != null || complete
        ? Optional.ofNullable(known)
        : table.find(jobId).map(Known::of);
  }
}

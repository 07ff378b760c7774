package io.soracourier.records;

import io.soracourier.storage.Rows;
import io.soracourier.storage.Rows.Row;
import io.soracourier.storage.StorageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads records, for people. */
@ApplicationScoped
public class RecordSearch {
  /** How often the table is requested in one search, at most. */
  static final int MAX_PAGES = 5;

  private final JobTable table;

  RecordSearch(JobTable table) {
    this.table = table;
  }

  /**
   * The record of a job.
   *
   * @throws StorageException when it cannot be read
   */
  public Optional<JobRecord> find(String jobId) {
    return table.find(jobId);
  }

  /**
   * The records of many jobs, in short, as they are now.
   *
   * @throws StorageException when they cannot be read
   */
  public KnownJobs known() {
    return KnownJobs.read(table);
  }

  /**
   * The record of a job in short, as it is at this moment.
   *
   * @throws StorageException when it cannot be read
   */
  public Optional<KnownJobs.Known> known(String jobId) {
    return table.find(jobId).map(KnownJobs.Known::of);
  }

  /**
   * Some of the newest records.
   *
   * @param jobs newest first
   * @param next what gives those after them, or null where there are no more
   * @param complete false when the search was ended before it had as many as were requested
   */
  public record Listed(List<JobRecord> jobs, @Nullable String next, boolean complete) {}

  /** Whether a text is what {@link Listed#next()} gives. */
  public static boolean isCursor(String text) {
    return RecordKeys.isTimeKey(text);
  }

  /**
   * The newest records, in one request to the table.
   *
   * @param limit at most {@link Rows#MAX_PAGE}
   * @param before as {@link Listed#next()} gave it; null: from the newest on
   * @throws StorageException when they cannot be read
   */
  public Listed newest(int limit, @Nullable String before) {
    return newest(job -> true, limit, before, 1, limit);
  }

  /**
   * The newest records of some kind, of as many as {@value #MAX_PAGES} requests read.
   *
   * @throws StorageException when they cannot be read
   */
  public Listed newest(Predicate<JobRecord> wanted, int limit, @Nullable String before) {
    return newest(wanted, limit, before, MAX_PAGES, Rows.MAX_PAGE);
  }

  private Listed newest(
      Predicate<JobRecord> wanted, int limit, @Nullable String before, int pages, int pageSize) {
    List<JobRecord> jobs = new ArrayList<>();
    String last = before;
    for (int i = 0; i < pages; i++) {
      Rows.Page page = table.newest(last, pageSize);
      for (Row row : page.rows()) {
        last = row.key();
        RecordColumns.read(row.columns()).filter(wanted).ifPresent(jobs::add);
        if (jobs.size() == limit) {
          boolean more = page.more() || row != page.rows().get(page.rows().size() - 1);
          return new Listed(jobs, more ? last : null, true);
        }
      }
      if (!page.more()) {
        return new Listed(jobs, null, true);
      }
    }
    return new Listed(jobs, last, pages == 1);
  }
}

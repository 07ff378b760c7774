package io.soracourier.records;

import io.soracourier.storage.JobsConfig;
import io.soracourier.storage.Rows;
import io.soracourier.storage.Rows.Row;
import io.soracourier.storage.StorageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps the table from growing without end. */
@ApplicationScoped
class OldRecords {
  /** Of a thousand rows each, so that one pass ends. */
  private static final int MAX_PAGES = 5;

  private final JobTable table;
  private final JobsConfig config;
  private final Clock clock;

  /** Where the next pass continues; null: at the youngest of the old ones. */
  private @Nullable String next;

  OldRecords(JobTable table, JobsConfig config, Clock clock) {
    this.table = table;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Removes records of jobs of which nothing was heard for as long as {@code courier.jobs.keep}.
   *
   * @return how many
   * @throws StorageException when that fails; what was removed before stays so
   */
  int remove() {
    Instant oldest = clock.instant().minus(config.keep());
    String last = next == null ? RecordKeys.before(oldest) : next;
    int removed = 0;
    for (int i = 0; i < MAX_PAGES; i++) {
      Rows.Page page = table.newest(last, Rows.MAX_PAGE);
      for (Row row : page.rows()) {
        last = row.key();
        boolean old =
            RecordColumns.read(row.columns())
                .map(JobRecord::changed)
                .filter(changed -> changed.isAfter(oldest))
                .isEmpty();
        if (old) {
          table.remove(row);
          removed++;
        }
      }
      next = page.more() ? last : null;
      if (!page.more()) {
        break;
      }
    }
    return removed;
  }
}

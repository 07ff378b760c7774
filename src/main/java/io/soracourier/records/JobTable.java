package io.soracourier.records;

import io.smallrye.faulttolerance.api.ApplyGuard;
import io.soracourier.records.RecordCache.Stored;
import io.soracourier.storage.Rows;
import io.soracourier.storage.Rows.Row;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records in the table. A record is only written over the one that it follows from: a write that is
 * late, or whose response was lost, finds another version there, and is judged again.
 */
@ApplicationScoped
class JobTable {
  private static final int MAX_TRIES = 4;
  private static final String ROW = "row";

  private final Rows rows;
  private final RecordCache cache = new RecordCache();

  JobTable(Rows rows) {
    this.rows = rows;
  }

  /** Whether the next write of a job's news reads nothing first. */
  boolean isKnown(String id) {
    return cache.get(RecordKeys.ofJob(id)).isPresent();
  }

  /**
   * Does what a write of a job's news does first: where its record is or is to be, and what it is.
   *
   * @param look the number of the look that the news will be about
   * @throws StorageException when a request to the table failed
   */
  Stored prepare(String id, int look, Instant at) {
    return located(RecordKeys.ofJob(id), at, look <= 1);
  }

  /**
   * Records news, unless it is none.
   *
   * @param prepared of the same job; is waited for where it is needed
   * @throws StorageException when a request to the table failed
   */
  @ApplyGuard(RecordPolicies.WRITE)
  public void write(News news, Preparation prepared) {
    String key = RecordKeys.ofJob(news.id());
    Stored before =
        cache
            .get(key)
            .or(prepared::result)
            .orElseGet(() -> located(key, news.at(), news.look() <= 1));
    int tries = 1;
    while (!write(key, before, news)) {
      cache.remove(key);
      if (tries++ == MAX_TRIES) {
        throw new StorageException(
            Kind.CONFLICT,
            "the record of job " + news.id() + " is changed by others all the time",
            null);
      }
      before = located(key, news.at(), false);
    }
  }

  /** Records a message that is not a job, once. */
  @ApplyGuard(RecordPolicies.WRITE)
  public void writeInvalid(String messageId, JobRecord record) {
    String key = RecordKeys.ofMessage(messageId);
    String timeKey = timeKey(key, RecordKeys.atTime(record.seen(), key));
    if (rows.find(RecordKeys.BY_TIME, timeKey).isEmpty()) {
      rows.insert(RecordKeys.BY_TIME, timeKey, RecordColumns.of(record));
    }
  }

  /** A job's record, as it is now. */
  Optional<JobRecord> find(String jobId) {
    return read(RecordKeys.ofJob(jobId)).flatMap(Stored::job);
  }

  /**
   * The newest first.
   *
   * @param after the key of the last one that was read; null: from the first one on
   */
  Rows.Page newest(@Nullable String after, int limit) {
    return rows.page(RecordKeys.BY_TIME, after, null, limit);
  }

  /** Removes a job's rows. The second is what leads to the first. */
  void remove(Row row) {
    rows.delete(RecordKeys.BY_TIME, row.key());
    rows.delete(RecordKeys.BY_ID, RecordKeys.ofTimeKey(row.key()));
  }

  /**
   * Where a job's record is or is to be, and what it is.
   *
   * @param at where it is to be when there is none
   * @param mayBeNew whether that is likely, so that nothing is read first
   */
  private Stored located(String key, Instant at, boolean mayBeNew) {
    Optional<Stored> known = mayBeNew ? Optional.empty() : read(key);
    if (known.isPresent()) {
      return known.get();
    }
    String mine = RecordKeys.atTime(at, key);
    String timeKey = timeKey(key, mine);
    Optional<Stored> there = timeKey.equals(mine) ? Optional.empty() : at(timeKey);
    return there.orElseGet(() -> new Stored(timeKey, null, Optional.empty()));
  }

  /** Whether that was done, and nobody else did something meanwhile. */
  private boolean write(String key, Stored before, News news) {
    String version = before.version();
    if (version == null) {
      JobRecord first = NextRecord.first(news);
      return changed(
          key,
          before.key(),
          first,
          () -> rows.insert(RecordKeys.BY_TIME, before.key(), RecordColumns.of(first)));
    }
    Optional<JobRecord> next =
        before.job().isPresent()
            ? Succession.after(before.job().get(), news)
            : Optional.of(NextRecord.first(news));
    if (next.isEmpty()
        || before.job().filter(job -> Succession.isUnchanged(job, next.get())).isPresent()) {
      cache.put(key, before);
      return true;
    }
    return changed(
        key,
        before.key(),
        next.get(),
        () ->
            rows.replace(RecordKeys.BY_TIME, before.key(), RecordColumns.of(next.get()), version));
  }

  /** Another version is there, or none any more: somebody else was faster. */
  private boolean changed(String key, String timeKey, JobRecord job, Supplier<String> change) {
    try {
      cache.put(key, new Stored(timeKey, change.get(), Optional.of(job)));
      return true;
    } catch (StorageException e) {
      cache.remove(key);
      if (e.kind() == Kind.CONFLICT || e.kind() == Kind.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /** The key of a job's row; a missing row is created. */
  private String timeKey(String key, String timeKey) {
    try {
      rows.insert(RecordKeys.BY_ID, key, Map.of(ROW, timeKey));
      return timeKey;
    } catch (StorageException e) {
      if (e.kind() != Kind.CONFLICT) {
        throw e;
      }
      return rows.find(RecordKeys.BY_ID, key).flatMap(JobTable::timeKey).orElse(timeKey);
    }
  }

  private static Optional<String> timeKey(Row row) {
    return Optional.ofNullable(row.columns().get(ROW))
        .map(Object::toString)
        .filter(RecordKeys::isTimeKey);
  }

  private Optional<Stored> read(String key) {
    return rows.find(RecordKeys.BY_ID, key).flatMap(JobTable::timeKey).flatMap(this::at);
  }

  private Optional<Stored> at(String timeKey) {
    return rows.find(RecordKeys.BY_TIME, timeKey)
        .map(row -> new Stored(timeKey, row.version(), RecordColumns.read(row.columns())));
  }
}

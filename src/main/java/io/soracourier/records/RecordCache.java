package io.soracourier.records;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The latest records that this process has written or read, so that most writes read nothing. */
final class RecordCache {
  private static final int MAX = 2_000;

  /** Of one record; a larger one is read again when it changes. */
  private static final int MAX_VIDEOS = 4;

  private static final int MAX_CORRELATION_ID = 1_000;

  private final Map<String, Stored> latest =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Stored> eldest) {
          return size() > MAX;
        }
      };

  /**
   * A record in the table.
   *
   * @param key of the row that holds it
   * @param version of that row; null where it is not there yet
   * @param job empty where the row cannot be read, or is not there
   */
  record Stored(String key, @Nullable String version, Optional<JobRecord> job) {}

  synchronized Optional<Stored> get(String key) {
    return Optional.ofNullable(latest.get(key));
  }

  synchronized void put(String key, Stored stored) {
    if (stored.job().filter(RecordCache::isSmall).isPresent()) {
      latest.put(key, stored);
    } else {
      latest.remove(key);
    }
  }

  private static boolean isSmall(JobRecord job) {
    return job.videos().size() <= MAX_VIDEOS
        && (job.correlationId() == null || job.correlationId().length() <= MAX_CORRELATION_ID);
  }

  synchronized void remove(String key) {
    latest.remove(key);
  }
}

package io.soracourier.harvest;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What runs of this process found that need not be found again by the next one: jobs that are
 * stored though they have no record, and APIs whose list this server does not have.
 */
final class Remembered {
  private static final int MAX_JOBS = 20_000;
  private static final Duration ASKED_AGAIN = Duration.ofHours(1);

  private final Map<String, Boolean> stored =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MAX_JOBS;
        }
      };

  private final Map<String, Instant> withoutList = new LinkedHashMap<>();
  private boolean warned;

  synchronized boolean isStored(String jobId) {
    return stored.containsKey(jobId);
  }

  synchronized void addStored(String jobId) {
    stored.put(jobId, true);
  }

  /** Whether the list of this API was missing a while ago. */
  synchronized boolean isWithoutList(String api, Instant now) {
    Instant since = withoutList.get(api);
    return since != null && now.isBefore(since.plus(ASKED_AGAIN));
  }

  synchronized void addWithoutList(String api, Instant now) {
    withoutList.put(api, now);
  }

  /** Whether it is time to warn that there is no list at all: once a process. */
  synchronized boolean isToBeWarned() {
    boolean first = !warned;
    warned = true;
    return first;
  }
}

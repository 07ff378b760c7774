package io.soracourier.harvest;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  private final Map<String, Missing> withoutList = new LinkedHashMap<>();
  private final Set<String> lists = new HashSet<>();
  private boolean warned;

  synchronized boolean isStored(String jobId) {
    return stored.containsKey(jobId);
  }

  synchronized void addStored(String jobId) {
    stored.put(jobId, true);
  }

  /** The response's error, where the list of this API was missing a while ago; else empty. */
  synchronized Optional<String> withoutList(String api, Instant now) {
    return Optional.ofNullable(withoutList.get(api))
        .filter(missing -> now.isBefore(missing.since().plus(ASKED_AGAIN)))
        .map(Missing::response);
  }

  synchronized void addWithoutList(String api, Instant now, String response) {
    withoutList.put(api, new Missing(now, response));
  }

  /** The list was read: the next time that it is missing something is wrong. */
  synchronized void addList(String api) {
    lists.add(api);
    warned = false;
  }

  synchronized boolean hasList(String api) {
    return lists.contains(api);
  }

  /** Somebody wants to know: each list is requested again. */
  synchronized void forgetMissingLists() {
    withoutList.clear();
  }

  private record Missing(Instant since, String response) {}

  /** Whether it is time to warn that there is no list at all: once a process. */
  synchronized boolean isToBeWarned() {
    boolean first = !warned;
    warned = true;
    return first;
  }
}

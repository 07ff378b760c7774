package io.soracourier.sora;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The last jobs that the service returned to this process: they show whether a refusal concerns one
 * job or all.
 */
@ApplicationScoped
class RecentJobs {
  private static final Duration RECENT = Duration.ofMinutes(10);
  private static final int KEPT = 8;

  private final Clock clock;
  private final Deque<Seen> latest = new ArrayDeque<>();

  private record Seen(String segment, Instant at) {}

  RecentJobs(Clock clock) {
    this.clock = clock;
  }

  synchronized void add(JobId id) {
    String segment = id.inPath();
    latest.removeIf(seen -> seen.segment.equals(segment));
    latest.addLast(new Seen(segment, clock.instant()));
    if (latest.size() > KEPT) {
      latest.removeFirst();
    }
  }

  /** Whether another job than the one in this path was returned lately. */
  synchronized boolean hasOtherThan(String path) {
    Instant earliest = clock.instant().minus(RECENT);
    return latest.stream()
        .filter(seen -> !seen.at.isBefore(earliest))
        .anyMatch(seen -> !Arrays.asList(path.split("/")).contains(seen.segment));
  }
}

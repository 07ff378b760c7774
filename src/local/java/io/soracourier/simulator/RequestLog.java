package io.soracourier.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Everything the simulator was asked, in order of arrival. */
final class RequestLog {
  private final Clock clock;
  private final List<Exchange> exchanges = new ArrayList<>();

  RequestLog(Clock clock) {
    this.clock = clock;
  }

  synchronized Exchange begin(Request request) {
    Exchange exchange = new Exchange(this, request, clock.instant());
    exchanges.add(exchange);
    notifyAll();
    return exchange;
  }

  synchronized void changed() {
    notifyAll();
  }

  synchronized void clear() {
    exchanges.clear();
  }

  List<RecordedRequest> requests() {
    return snapshot().stream().map(Exchange::recorded).toList();
  }

  private synchronized List<Exchange> snapshot() {
    return List.copyOf(exchanges);
  }

  /**
   * Waits until so many requests fit.
   *
   * @throws AssertionError when they do not within the time
   */
  synchronized List<RecordedRequest> await(
      Predicate<RecordedRequest> fits, int count, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      List<RecordedRequest> found = requests().stream().filter(fits).toList();
      if (found.size() >= count) {
        return found;
      }
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new AssertionError(
            found.size() + " of " + count + " awaited requests came, out of " + requests());
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("Interrupted while waiting for requests", e);
      }
    }
  }

  /** How many fitting requests were in flight at the same time, at most. */
  int maxConcurrent(Predicate<RecordedRequest> fits) {
    List<long[]> edges = new ArrayList<>();
    for (Exchange exchange : snapshot()) {
      if (fits.test(exchange.recorded())) {
        edges.add(new long[] {exchange.startedNanos(), 1});
        edges.add(new long[] {exchange.endedNanos().orElse(Long.MAX_VALUE), -1});
      }
    }
    edges.sort(Comparator.<long[]>comparingLong(edge -> edge[0]).thenComparing(edge -> edge[1]));
    long now = 0;
    long most = 0;
    for (long[] edge : edges) {
      now += edge[1];
      most = Math.max(most, now);
    }
    return (int) most;
  }

  Optional<RecordedRequest> last() {
    List<RecordedRequest> all = requests();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }
}

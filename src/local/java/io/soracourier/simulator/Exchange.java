package io.soracourier.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** One request in progress; what is recorded of it is counted before it goes to the wire. */
final class Exchange {
  private final RequestLog log;
  private final Request request;
  private final Instant at;
  private final long started = System.nanoTime();
  private volatile Optional<Route.Match> match = Optional.empty();
  private volatile int status;
  private volatile long bytesSent;
  private volatile boolean aborted;
  private volatile OptionalLong ended = OptionalLong.empty();

  Exchange(RequestLog log, Request request, Instant at) {
    this.log = log;
    this.request = request;
    this.at = at;
  }

  Request request() {
    return request;
  }

  void matched(Optional<Route.Match> route) {
    match = route;
  }

  void answered(int answer) {
    status = answer;
    log.changed();
  }

  /** Called by the connection's own thread only. */
  void sending(long bytes) {
    bytesSent += bytes;
  }

  /**
   * Called before the last bytes go: once the client has them it may ask again, and the two would
   * seem to overlap.
   */
  void ending() {
    if (ended.isEmpty()) {
      ended = OptionalLong.of(System.nanoTime());
    }
  }

  void end(boolean clientWentAway) {
    aborted = clientWentAway;
    ending();
    log.changed();
  }

  long startedNanos() {
    return started;
  }

  OptionalLong endedNanos() {
    return ended;
  }

  RecordedRequest recorded() {
    return new RecordedRequest(
        at,
        request.method(),
        request.path(),
        request.query(),
        request.headers(),
        request.body(),
        match.map(Route.Match::route),
        match.flatMap(Route.Match::id),
        status,
        bytesSent,
        Duration.ofNanos(ended.orElseGet(System::nanoTime) - started),
        ended.isPresent(),
        aborted);
  }
}

package io.soracourier.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A request the simulator received and what became of it.
 *
 * @param at when it arrived, by the simulator's clock
 * @param path as sent, without the query
 * @param query as sent, without the question mark; empty when there is none
 * @param body of the request; empty when there is none
 * @param route which documented route it is; empty for any other path
 * @param id the job or generation it names
 * @param status the status answered; 0 while or when there is none
 * @param bytesSent bytes of the answer's body handed to the connection so far, without framing
 * @param took real time from the request to the last bytes of the answer, or until now
 * @param done whether the last bytes of the answer, whole or cut, are on their way or gone
 * @param aborted whether the client went away before that
 */
public record RecordedRequest(
    Instant at,
    String method,
    String path,
    String query,
    Headers headers,
    byte[] body,
    Optional<Route> route,
    Optional<String> id,
    int status,
    long bytesSent,
    Duration took,
    boolean done,
    boolean aborted) {

  public Optional<String> header(String name) {
    return headers.first(name);
  }

  /** The path with its query, as in the request line. */
  public String target() {
    return query.isEmpty() ? path : path + "?" + query;
  }

  public boolean is(Route other) {
    return route.filter(other::equals).isPresent();
  }

  public boolean is(Route other, String otherId) {
    return is(other) && id.filter(otherId::equals).isPresent();
  }

  @Override
  public String toString() {
    return method + " " + target() + " -> " + status + " (" + bytesSent + " bytes)";
  }
}

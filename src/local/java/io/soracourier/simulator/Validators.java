package io.soracourier.simulator;

import java.time.Instant;
import java.util.Optional;

/**
 * What tells one version of a content from another.
 *
 * @param etag with its quotes; empty where none is sent, as the services are specified
 */
public record Validators(Instant lastModified, Optional<String> etag) {

  public static Validators of(Instant lastModified) {
    return new Validators(lastModified, Optional.empty());
  }

  public static Validators of(Instant lastModified, String etag) {
    return new Validators(lastModified, Optional.of(etag));
  }

  Reply on(Reply reply) {
    Reply dated = reply.with("Last-Modified", HttpDate.of(lastModified));
    return etag.map(tag -> dated.with("ETag", tag)).orElse(dated);
  }

  /** Whether {@code If-Range}, if there is any, names this version. */
  boolean allowRange(Request request) {
    return request
        .header("If-Range")
        .map(
            asked ->
                asked.equals(HttpDate.of(lastModified)) || etag.filter(asked::equals).isPresent())
        .orElse(true);
  }
}

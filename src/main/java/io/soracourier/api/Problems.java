package io.soracourier.api;

import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;

/** The problems that any call may have, each with a sentence on what to do. */
final class Problems {
  /** A process that is ending takes up to 25 s; the host starts the next one immediately. */
  private static final Duration UNTIL_RESTARTED = Duration.ofSeconds(30);

  private static final String OTHER =
      "The request cannot be understood; compare it with the examples in the documentation.";

  private static final Map<Integer, String> SENTENCES =
      Map.of(
          400,
          "A value in the request cannot be read; see that the query is percent-encoded and the"
              + " body is what the call takes.",
          404,
          "There is no such call; see that the path is one of those in the documentation, and that"
              + " '/', '\\' and '%' inside an id are percent-encoded.",
          405,
          "This call does not take that method; use one of those in the documentation.",
          406,
          "This call has no response of the types in the header Accept; ask for application/json,"
              + " or send no Accept.",
          413,
          "The body is larger than 1 MiB; send it in several calls.",
          415,
          "The body's Content-Type or Content-Encoding is not understood; send text or JSON in"
              + " UTF-8, without compression.");

  private Problems() {}

  /** What Quarkus refused with this status, 400 to 499. */
  static Problem refused(int status) {
    Response.Status known = Response.Status.fromStatusCode(status);
    return new Problem(
        status,
        known == null ? "Bad Request" : known.getReasonPhrase(),
        SENTENCES.getOrDefault(status, OTHER));
  }

  /** A value cannot be read. */
  static Problem malformed() {
    return refused(400);
  }

  static Problem notFound() {
    return refused(404);
  }

  static Problem tooLarge() {
    return refused(413);
  }

  static Problem unexpected() {
    return Problem.of(
        Response.Status.INTERNAL_SERVER_ERROR,
        "An unexpected error occurred, and is in the app's log as event=error; call again, and"
            + " report it when it persists.");
  }

  static Problem ending() {
    return Problem.of(
            Response.Status.SERVICE_UNAVAILABLE,
            "This instance is ending and begins nothing new; call again after the time in"
                + " Retry-After.")
        .retryAfter(UNTIL_RESTARTED);
  }
}

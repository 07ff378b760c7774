package io.soracourier.sora;

import io.soracourier.sora.SoraException.Kind;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Detects a response that is not of the API at all: a page for people, or a redirect to one. */
public final class WrongEndpoint {
  /** The end of a sentence that says what came. */
  public static final String ADVICE =
      ", and not with a job: "
          + Endpoint.SETTING
          + " is not the address of the API; put its base there, usually with /v1 at its end";

  /** Success, and what servers send for a path that they do not have. */
  private static final Set<Integer> PAGE_STATUSES = Set.of(200, 201, 202, 203, 400, 404, 405);

  private static final Pattern ORIGIN = Pattern.compile("(?i)(https?:)?//[^/?#@\\s]+(?=[/?#]|$)");

  private WrongEndpoint() {}

  /**
   * The exception for such a response where a job was expected; empty for what may be one of the
   * API. Pages with a transient status of a gateway do not count.
   */
  public static Optional<SoraException> in(
      URI uri, int status, UnaryOperator<String> header, String body) {
    String location = header.apply("Location");
    boolean redirect = status / 100 == 3 && location != null && !location.isBlank();
    boolean page =
        PAGE_STATUSES.contains(status) && ReceivedBody.isPage(header.apply("Content-Type"), body);
    if (!redirect && !page) {
      return Optional.empty();
    }
    return Optional.of(
        redirect
            ? redirect(uri, status, location)
            : exception(uri, status, "a web page" + ReceivedBody.title(body)));
  }

  /**
   * The exception for a redirect where a job was expected: none is followed.
   *
   * @param location where it leads
   */
  public static SoraException redirect(URI uri, int status, String location) {
    return exception(uri, status, "a redirect to " + origin(location));
  }

  private static SoraException exception(URI uri, int status, String what) {
    Attempt attempt = Attempt.get(uri, status, what);
    String message = attempt.request() + " returned " + status + " with " + what + ADVICE;
    return new SoraException(Kind.WRONG_ENDPOINT, List.of(attempt), null, message, null);
  }

  /** A URL without its path and query, which may contain a secret. */
  private static String origin(String location) {
    Matcher origin = ORIGIN.matcher(location.strip());
    return origin.lookingAt() ? SoraErrors.printable(origin.group()) : "another path";
  }
}

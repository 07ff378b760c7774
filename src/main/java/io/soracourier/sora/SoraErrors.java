package io.soracourier.sora;

import io.soracourier.http.HttpFailure;
import io.soracourier.identity.IdentityException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.text.Excerpt;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns an HTTP answer of the video service into a typed exception; the one place where statuses
 * and error bodies are read. Bodies come wrapped in {@code error} (as observed) or flat (as
 * specified).
 */
public final class SoraErrors {
  private static final int MAX_WORDS = 500;

  /** Of the courier's own words, which end with what to do. */
  private static final int MAX_ADVICE = 1_000;

  private static final String ANONYMOUS_ADVICE =
      "; nothing was sent that tells who asks, because AZURE_OPENAI_API_KEY is none: put the"
          + " server's key there, and check its network rules";

  private static final String WRONG_ENDPOINT_ADVICE =
      ", and not with a job: "
          + Endpoint.SETTING
          + " is not the address of the API; put its base there, usually with /v1 at its end";

  /** Success, and what servers answer for a path that they do not have. */
  private static final Set<Integer> PAGE_STATUSES = Set.of(200, 201, 202, 203, 400, 404, 405);

  private static final Pattern ORIGIN = Pattern.compile("(?i)(https?:)?//[^/?#@\\s]+(?=[/?#]|$)");

  private final Clock clock;
  private final boolean anonymous;

  /**
   * @param clock by which a time in {@code Retry-After} is judged
   */
  public SoraErrors(Clock clock) {
    this(clock, false);
  }

  /**
   * @param anonymous whether requests are sent without a credential
   */
  SoraErrors(Clock clock, boolean anonymous) {
    this.clock = clock;
    this.anonymous = anonymous;
  }

  /** The exception for an answer that is not 2xx. */
  public SoraException answered(URI uri, int status, UnaryOperator<String> header, String body) {
    ErrorWords words = ErrorWords.ofResponse(body);
    Kind kind = kind(status, words);
    String requestId = header.apply("apim-request-id");
    Attempt attempt = Attempt.get(uri, status, words.text());
    String message =
        "%s answered %d: %s%s%s"
            .formatted(
                attempt.request(),
                status,
                words.text(),
                requestId == null ? "" : " (request id " + printable(requestId) + ")",
                advice(kind, status));
    Duration retryAfter = RetryAfter.of(header, clock).orElse(null);
    return kind == Kind.UNAVAILABLE
        ? new SoraUnavailableException(attempt, retryAfter, message, null)
        : new SoraException(kind, List.of(attempt), retryAfter, message, null);
  }

  /**
   * The exception for a response of another host, or of a URL with a signature, to which the
   * service redirected or which it gave: a refusal is of the address and not of the courier, and
   * the next look gets another address.
   */
  public SoraException answeredElsewhere(
      URI uri, int status, UnaryOperator<String> header, String body) {
    ErrorWords words = ErrorWords.ofResponse(body);
    boolean refused = status == 401 || status == 403;
    if (!refused || Moderation.isReason(status, words)) {
      return answered(uri, status, header, body);
    }
    String error =
        words.text()
            + "; this is about the address at %s that the service gave for the content, which may have expired, and not about the key or a role: the next look requests another address"
                .formatted(uri.getHost());
    Attempt attempt = Attempt.get(uri, status, error);
    return new SoraUnavailableException(
        attempt, null, "%s answered %d: %s".formatted(attempt.request(), status, error), null);
  }

  /** The exception for a part of the content in response to a request for the whole. */
  public SoraException partial(URI uri, String contentRange) {
    String error =
        "only a part came, %s, although the whole was requested"
            .formatted(contentRange == null ? "it does not say which" : printable(contentRange));
    Attempt attempt = Attempt.get(uri, 206, error);
    return new SoraUnavailableException(
        attempt, null, attempt.request() + " answered 206: " + error, null);
  }

  /** The exception for a 202 where content was requested: it is there, but not ready. */
  public SoraException notReady(URI uri, UnaryOperator<String> header, String body) {
    Attempt attempt = Attempt.get(uri, 202, "not ready yet: " + ErrorWords.ofResponse(body).text());
    return new SoraException(
        Kind.NOT_FOUND,
        List.of(attempt),
        RetryAfter.of(header, clock).orElse(null),
        attempt.request() + " answered 202, " + attempt.error(),
        null);
  }

  /** The exception for a request that got no answer, or not a whole one. */
  public SoraException unanswered(URI uri, Throwable cause) {
    String error = "no answer: " + describe(cause);
    Attempt attempt = Attempt.get(uri, null, error);
    return new SoraUnavailableException(attempt, null, attempt.request() + " got " + error, cause);
  }

  /** The exception for a request that was not sent, because there is no token to send with it. */
  public SoraException unauthenticated(URI uri, IdentityException cause) {
    Attempt attempt =
        Attempt.get(uri, null, "not sent: " + Excerpt.of(cause.getMessage(), MAX_ADVICE));
    String message = attempt.request() + " was " + attempt.error();
    return cause.kind() == IdentityException.Kind.UNAVAILABLE
        ? new SoraUnavailableException(attempt, null, message, cause)
        : new SoraException(Kind.DENIED, List.of(attempt), null, message, cause);
  }

  /**
   * The exception for a response that says nothing of the job, because it cannot be read.
   *
   * @param what came instead, in words; nothing of a job, because its prompt is in it
   */
  SoraException unreadable(URI uri, int status, String what) {
    String error = "no job of this API: " + what;
    Attempt attempt = Attempt.get(uri, status, error);
    return new SoraException(
        Kind.UNREADABLE,
        List.of(attempt),
        null,
        attempt.request() + " answered " + status + " with " + error,
        null);
  }

  /**
   * The exception for a web page, or a redirect, where a job was expected; empty for what may be a
   * response of the API. Pages with a status that a gateway gives for a while are none.
   */
  public Optional<SoraException> wrongEndpoint(
      URI uri, int status, UnaryOperator<String> header, String body) {
    boolean redirect = status / 100 == 3 && header.apply("Location") != null;
    boolean page =
        PAGE_STATUSES.contains(status) && ReceivedBody.isPage(header.apply("Content-Type"), body);
    if (!redirect && !page) {
      return Optional.empty();
    }
    String what =
        redirect
            ? "a redirect to " + place(header.apply("Location"))
            : "a web page" + ReceivedBody.title(body);
    return Optional.of(wrongEndpoint(uri, status, what));
  }

  private static SoraException wrongEndpoint(URI uri, int status, String what) {
    Attempt attempt = Attempt.get(uri, status, what);
    return new SoraException(
        Kind.WRONG_ENDPOINT,
        List.of(attempt),
        null,
        attempt.request() + " answered " + status + " with " + notAJob(what),
        null);
  }

  /** What came, and which setting is wrong. */
  public static String notAJob(String what) {
    return what + WRONG_ENDPOINT_ADVICE;
  }

  /** A URL without its path and query, which may hold a secret. */
  private static String place(String location) {
    Matcher origin = ORIGIN.matcher(location.strip());
    return origin.lookingAt() ? printable(origin.group()) : "another path";
  }

  /** What was answered and what to do about it, for where the request is reported already. */
  public String explanation(SoraException failure) {
    Attempt attempt = failure.attempts().get(0);
    return attempt.status() == null
        ? attempt.error()
        : attempt.error() + advice(failure.kind(), attempt.status());
  }

  private static Kind kind(int status, ErrorWords words) {
    if (Moderation.isReason(status, words)) {
      return Kind.MODERATED;
    }
    if (status == 410 || "ModelDeprecated".equalsIgnoreCase(words.code())) {
      return Kind.RETIRED;
    }
    return switch (status) {
      case 401, 403 -> Kind.DENIED;
      case 404 -> Kind.NOT_FOUND;
      case 408, 425, 429 -> Kind.THROTTLED;
      default -> status >= 500 || status < 400 ? Kind.UNAVAILABLE : Kind.REJECTED;
    };
  }

  private String advice(Kind kind, int status) {
    return switch (kind) {
      case DENIED ->
          anonymous
              ? ANONYMOUS_ADVICE
              : status == 401
                  ? "; check AZURE_OPENAI_API_KEY or AZURE_OPENAI_SCOPE (the other audience in use is"
                      + " https://ai.azure.com/.default), and that AZURE_OPENAI_ENDPOINT is the resource"
                      + " that made the job"
                  : "; give the identity the role Cognitive Services OpenAI User on the resource, and"
                      + " check its network rules";
      case RETIRED ->
          "; the deployment's model is retired, and what it made cannot be had any more";
      case MODERATED -> "; change the prompt or the input";
      case WRONG_ENDPOINT -> WRONG_ENDPOINT_ADVICE;
      case NOT_FOUND, THROTTLED, UNAVAILABLE, UNREADABLE, REJECTED -> "";
    };
  }

  private static String describe(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null && root.getCause() != root && !(root instanceof HttpFailure)) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : printable(message);
  }

  /** One line of somebody else's text without control characters and secrets, cut. */
  public static String printable(String text) {
    return Excerpt.of(text, MAX_WORDS);
  }
}

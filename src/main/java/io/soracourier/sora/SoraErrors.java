package io.soracourier.sora;

import io.soracourier.http.HttpFailure;
import io.soracourier.identity.IdentityException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.text.Excerpt;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

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
    ErrorWords words = ErrorWords.of(body);
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
    ErrorWords words = ErrorWords.of(body);
    boolean refused = status == 401 || status == 403;
    if (!refused || Moderation.isReason(status, words.code(), words.text())) {
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
    Attempt attempt = Attempt.get(uri, 202, "not ready yet: " + ErrorWords.of(body).text());
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

  /** The exception for a 2xx answer that is not what the API gives. */
  public SoraException unreadable(URI uri, int status, String body) {
    String error = "not the JSON of this API: " + printable(body);
    Attempt attempt = Attempt.get(uri, status, error);
    return new SoraUnavailableException(
        attempt, null, attempt.request() + " answered " + status + " with " + error, null);
  }

  /** What was answered and what to do about it, for where the request is reported already. */
  public String explanation(SoraException failure) {
    Attempt attempt = failure.attempts().get(0);
    return attempt.status() == null
        ? attempt.error()
        : attempt.error() + advice(failure.kind(), attempt.status());
  }

  private static Kind kind(int status, ErrorWords words) {
    if (Moderation.isReason(status, words.code(), words.text())) {
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
      case NOT_FOUND, THROTTLED, UNAVAILABLE, REJECTED -> "";
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

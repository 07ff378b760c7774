package io.soracourier.sora;

import io.soracourier.http.Causes;
import io.soracourier.http.HttpFailure;
import io.soracourier.identity.IdentityException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.text.Excerpt;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Turns an HTTP response of the video service into a typed exception; the only class where statuses
 * and error bodies are read. Bodies come wrapped in {@code error} (as observed) or flat (as
 * specified).
 */
public final class SoraErrors {
  private static final int MAX_WORDS = 500;

  /** Of the courier's own words, which end with what to do. */
  private static final int MAX_ADVICE = 1_000;

  /** 202, and what QVAC and gateways send with a {@code Retry-After}. */
  private static final Set<Integer> NOT_READY = Set.of(202, 409, 425);

  private final Clock clock;
  private final RefusalAdvice refusals;

  /**
   * @param clock by which a time in {@code Retry-After} is judged
   */
  SoraErrors(Clock clock, RefusalAdvice refusals) {
    this.clock = clock;
    this.refusals = refusals;
  }

  /** The service returned this job: a refusal of another one is then that one's own. */
  void sawResponse(JobId id) {
    refusals.sawResponse(id);
  }

  /** The exception for a response that is not 2xx. */
  public SoraException ofResponse(URI uri, int status, UnaryOperator<String> header, String body) {
    ErrorWords words = ErrorWords.ofResponse(body);
    Kind kind = ErrorKind.of(status, header, body);
    String requestId = header.apply("apim-request-id");
    String text = status / 100 == 3 ? redirect(status, header, body, words) : words.text();
    Attempt attempt = Attempt.get(uri, status, text);
    String message =
        "%s returned %d: %s%s%s"
            .formatted(
                attempt.request(),
                status,
                text,
                requestId == null ? "" : " (request id " + printable(requestId) + ")",
                advice(kind, attempt));
    Duration retryAfter = RetryAfter.of(header, clock).orElse(null);
    return kind == Kind.UNAVAILABLE
        ? new SoraUnavailableException(attempt, retryAfter, message, null)
        : new SoraException(kind, List.of(attempt), retryAfter, message, null);
  }

  /** Of a redirect that led nowhere; its body is for people, and often empty. */
  private static String redirect(
      int status, UnaryOperator<String> header, String body, ErrorWords words) {
    String location = header.apply("Location");
    boolean leads = location != null && !location.isBlank();
    String what = leads ? "a redirect that is not followed" : "a redirect without Location";
    if (status == 304) {
      what = "not modified, as if an earlier response were kept here, and none is";
    }
    return body.isBlank() ? what : what + ": " + words.text();
  }

  /**
   * The exception for a response of another host, or of a URL with a signature, to which the
   * service redirected or which it gave: a refusal, or that it is gone, is of the address and not
   * of the courier or the video, and the next look gets another address.
   */
  public SoraException ofForeignResponse(
      URI uri, int status, UnaryOperator<String> header, String body) {
    ErrorWords words = ErrorWords.ofResponse(body);
    boolean ofTheAddress =
        switch (ErrorKind.of(status, header, body)) {
          case DENIED, EXPIRED, RETIRED -> true;
          case NOT_FOUND, MODERATED, THROTTLED, UNAVAILABLE, UNREADABLE, WRONG_ENDPOINT, REJECTED ->
              false;
        };
    if (!ofTheAddress) {
      return ofResponse(uri, status, header, body);
    }
    String error =
        words.text()
            + "; this is about the address at %s that the service gave for the content, which may have expired, and not about the video, the key or a role: each look requests a new address"
                .formatted(uri.getHost());
    Attempt attempt = Attempt.get(uri, status, error);
    return new SoraUnavailableException(
        attempt, null, "%s returned %d: %s".formatted(attempt.request(), status, error), null);
  }

  /** The exception for a part of the content in response to a request for the whole. */
  public SoraException partial(URI uri, @Nullable String contentRange) {
    String error =
        "only a part came, %s, although the whole was requested"
            .formatted(contentRange == null ? "it does not say which" : printable(contentRange));
    Attempt attempt = Attempt.get(uri, 206, error);
    return new SoraUnavailableException(
        attempt, null, attempt.request() + " returned 206: " + error, null);
  }

  /** Whether a status means that content is not ready yet. */
  public static boolean isNotReady(@Nullable Integer status) {
    return NOT_READY.contains(status == null ? 0 : status);
  }

  /**
   * The exception for such a status where content was requested, unless the body has more: that the
   * content was refused, or is gone.
   */
  public SoraException notReady(URI uri, int status, UnaryOperator<String> header, String body) {
    ErrorWords words = ErrorWords.ofResponse(body);
    Kind kind = ErrorKind.of(status, header, body);
    if (kind == Kind.MODERATED || kind == Kind.RETIRED || kind == Kind.EXPIRED) {
      return ofResponse(uri, status, header, body);
    }
    Attempt attempt = Attempt.get(uri, status, "not ready yet: " + words.text());
    return new SoraException(
        Kind.NOT_FOUND,
        List.of(attempt),
        RetryAfter.of(header, clock).orElse(null),
        "%s returned %d, %s".formatted(attempt.request(), status, attempt.error()),
        null);
  }

  /** The exception for a request without a response, or without a whole one. */
  public SoraException withoutResponse(URI uri, Throwable cause) {
    boolean responded =
        Causes.find(cause, HttpFailure.class).filter(HttpFailure::hasResponded).isPresent();
    String words = printable(Causes.words(Causes.root(cause, HttpFailure.class)));
    String error = (responded ? "a broken response: " : "no response: ") + words;
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
   * The exception for a response that cannot be read as a job.
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
        attempt.request() + " returned " + status + " with " + error,
        null);
  }

  /** The response and what to do about it, where the request is already reported. */
  public String explanation(SoraException failure) {
    Attempt attempt = failure.attempts().get(0);
    return attempt.status() == null
        ? attempt.error()
        : attempt.error() + advice(failure.kind(), attempt);
  }

  private String advice(Kind kind, Attempt attempt) {
    return switch (kind) {
      case DENIED -> refusals.of(attempt);
      case RETIRED ->
          "; the deployment's model is retired, and what it made is no longer available";
      case EXPIRED -> "; the server has deleted the video, and it is no longer available";
      case MODERATED -> "; change the prompt or the input";
      case WRONG_ENDPOINT -> WrongEndpoint.ADVICE;
      case NOT_FOUND, THROTTLED, UNAVAILABLE, UNREADABLE, REJECTED -> "";
    };
  }

  /** One line of somebody else's text without control characters and secrets, cut. */
  public static String printable(String text) {
    return Excerpt.of(text, MAX_WORDS);
  }
}

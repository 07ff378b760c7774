package io.soracourier.sora;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request to the video service failed. The message contains the request, the response and the
 * service's own request id; it never contains a credential or a query.
 */
public class SoraException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a caller may do about it. */
  public enum Kind {
    /** 404: no such job or content, or not yet, or not any more. */
    NOT_FOUND,
    /** A body with an error about a deprecated model. */
    RETIRED,
    /** 410, or a code for expired content: there was one, and it is deleted. */
    EXPIRED,
    /** 401, 403: a key, a role or a firewall rule; the setting is wrong, not the job. */
    DENIED,
    /** The content filter refused the input or the result. */
    MODERATED,
    /** 408, 429: too many requests. */
    THROTTLED,
    /** 5xx, or no response. */
    UNAVAILABLE,
    /** A response about one job that is not a job: it does not show that the service is down. */
    UNREADABLE,
    /** A web page, or a redirect to one: the endpoint's address is wrong, not the job. */
    WRONG_ENDPOINT,
    /** Any other 4xx. */
    REJECTED
  }

  private final Kind kind;
  private final transient List<Attempt> attempts;
  private final @Nullable Duration retryAfter;

  public SoraException(
      Kind kind,
      List<Attempt> attempts,
      @Nullable Duration retryAfter,
      String message,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.attempts = List.copyOf(attempts);
    this.retryAfter = retryAfter;
  }

  public Kind kind() {
    return kind;
  }

  /** Each has one. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }

  /** Worth another try later, with nothing changed. */
  public boolean isTransient() {
    return switch (kind) {
      case THROTTLED, UNAVAILABLE, UNREADABLE -> true;
      case NOT_FOUND, RETIRED, EXPIRED, DENIED, MODERATED, WRONG_ENDPOINT, REJECTED -> false;
    };
  }

  /** The requests and responses behind it, in order. */
  public List<Attempt> attempts() {
    return attempts;
  }

  /** The pause that the service requested. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}

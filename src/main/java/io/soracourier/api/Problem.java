package io.soracourier.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A call below {@code /api} that failed: {@code application/problem+json} (RFC 9457), {@code
 * {"type":"about:blank","title":…,"status":…,"detail":…}}. Unchecked, and the only way to fail
 * there: {@link ProblemMapper} turns it into the response.
 *
 * <p>The sentence is for the caller. Words of others in it have passed {@link
 * io.soracourier.text.Excerpt}.
 */
public final class Problem extends RuntimeException {
  /** The content type of every problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final @Nullable Duration retryAfter;

  /**
   * @param status of HTTP, 400 to 599
   * @param title what is wrong, in a few words that are the same for every problem of this kind
   * @param detail one sentence on what to do
   */
  public Problem(int status, String title, String detail) {
    this(status, title, detail, null);
  }

  private Problem(int status, String title, String detail, @Nullable Duration retryAfter) {
    super(detail);
    this.status = status;
    this.title = title;
    this.retryAfter = retryAfter;
  }

  /** A problem with the phrase of its status as title. */
  public static Problem of(Response.Status status, String detail) {
    return new Problem(status.getStatusCode(), status.getReasonPhrase(), detail);
  }

  /** The same problem, with the time after which to call again. */
  public Problem retryAfter(Duration pause) {
    return new Problem(status, title, getMessage(), pause);
  }

  /** Every one has a message. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** For {@code Retry-After}, rounded up. */
  public OptionalLong retryAfterSeconds() {
    return retryAfter == null
        ? OptionalLong.empty()
        : OptionalLong.of(retryAfter.plusSeconds(1).minusNanos(1).toSeconds());
  }

  /** The body of the response. */
  public String json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "about:blank")
        .put("title", title)
        .put("status", status)
        .put("detail", getMessage())
        .toPrettyString();
  }
}

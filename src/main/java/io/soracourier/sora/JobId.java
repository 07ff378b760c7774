package io.soracourier.sora;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id of a video job, as servers issue it: letters, digits, {@code _ - . ~ = : +}, and {@code %}
 * followed by two hex digits. It is put into paths and names of blobs with escapes. Some ids carry
 * their creation time, which is read without a request: {@link VideoApi#timeIn}.
 */
public record JobId(String value) {
  /**
   * Content and job live at most this long after creation, unless the service reports another
   * expiry.
   */
  public static final Duration LIFETIME = Duration.ofHours(24);

  /** LiteLLM's are up to 350 characters long. */
  public static final int MAX_LENGTH = 512;

  /**
   * A blob's name has 1024 characters at most, and needs some more than the id. Each character that
   * is escaped there becomes three.
   */
  private static final int MAX_ESCAPED = 1_000;

  /** Azure's preview of Sora began in May 2025. */
  private static final Instant FIRST_JOBS = Instant.parse("2025-01-01T00:00:00Z");

  private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

  private static final Pattern ID = Pattern.compile("(?:[A-Za-z0-9_.~=:+-]|%[0-9A-Fa-f]{2})+");

  /** What a path takes for another one, however often it is decoded. */
  private static final Pattern DOTS = Pattern.compile("(?:\\.|%2[eE]){1,2}");

  /**
   * @throws IllegalArgumentException when the text is not an id
   */
  public JobId {
    if (!isId(value)) {
      throw new IllegalArgumentException(
          "an id is 1 to %d letters, digits, and any of _ - . ~ = : +, or %% with two hex digits"
              .formatted(MAX_LENGTH));
    }
  }

  /** Whether the text could be an id of a job or a generation of any provider. */
  public static boolean isId(@Nullable String text) {
    return text != null
        && text.length() <= MAX_LENGTH
        && ID.matcher(text).matches()
        && !DOTS.matcher(text).matches()
        && text.length() + 2 * text.chars().filter(c -> c == ':' || c == '%').count()
            <= MAX_ESCAPED;
  }

  /** As a segment of a path. */
  public String inPath() {
    return PathSegment.of(value);
  }

  /** Whether this is rather the id of one of a job's videos, which people take for the job's. */
  public boolean isOfGeneration() {
    return VideoApis.ALL.stream().anyMatch(api -> api.isVideoId(value));
  }

  /**
   * When the job was created, where the id is of Azure or OpenAI and contains it. What is before
   * there was such a service, or after now, is no time. Other servers issue ids that only look like
   * these: see {@link Endpoint#createdAt}.
   *
   * @param now clocks may differ by some minutes
   */
  Optional<Instant> createdAt(Instant now) {
    return VideoApis.ALL.stream()
        .flatMap(api -> api.timeIn(this).stream())
        .findFirst()
        .filter(time -> !time.isBefore(FIRST_JOBS) && !time.isAfter(now.plus(CLOCK_SKEW)));
  }

  @Override
  public String toString() {
    return value;
  }
}

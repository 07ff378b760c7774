package io.soracourier.sora;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of a video job: letters, digits, {@code _} and {@code -}, so that it is safe in a path and
 * a blob name. Some ids carry their creation time, which is read without a request: {@link
 * VideoApi#timeIn}.
 */
public record JobId(String value) {
  /** Content and job live at most this long after creation, unless the service says otherwise. */
  public static final Duration LIFETIME = Duration.ofHours(24);

  /** Azure's preview of Sora began in May 2025. */
  private static final Instant FIRST_JOBS = Instant.parse("2025-01-01T00:00:00Z");

  private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,199}");

  /**
   * @throws IllegalArgumentException when the text is not an id
   */
  public JobId {
    if (!isId(value)) {
      throw new IllegalArgumentException(
          "an id is 1 to 200 letters, digits, '_' and '-', and begins with a letter or a digit");
    }
  }

  /** Whether the text could be an id of a job or a generation of any provider. */
  public static boolean isId(String text) {
    return text != null && ID.matcher(text).matches();
  }

  /** Whether this is rather the id of one of a job's videos, which people take for the job's. */
  public boolean isOfGeneration() {
    return VideoApis.ALL.stream().anyMatch(api -> api.isVideoId(value));
  }

  /**
   * When the job was created, where the id says so. Gateways issue ids that only look like Azure's,
   * whose "times" mean nothing: one before there was such a service, or after now, is none.
   *
   * @param now clocks may differ by some minutes
   */
  public Optional<Instant> createdAt(Instant now) {
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

package io.soracourier.sora;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of a video job: letters, digits, {@code _} and {@code -}, so that it is safe in a path and
 * a blob name. Ids of Azure carry their creation time, which is read without a request:
 *
 * <ul>
 *   <li>{@code task_} + ULID (Sora 1): the first ten base32 characters are Unix milliseconds;
 *   <li>{@code video_} + 32 hex digits (Sora 2): the first eight are Unix seconds.
 * </ul>
 *
 * <p>Source: computed from published ids; the times equal the {@code created_at} of their jobs.
 */
public record JobId(String value) {
  /** Content and job live at most this long after creation, unless the service says otherwise. */
  public static final Duration LIFETIME = Duration.ofHours(24);

  /** Azure's preview of Sora began in May 2025. */
  private static final Instant FIRST_JOBS = Instant.parse("2025-01-01T00:00:00Z");

  private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,199}");
  private static final Pattern SORA_1 = Pattern.compile("task_[0-7][0-9a-hjkmnp-tv-z]{25}");
  private static final Pattern SORA_2 = Pattern.compile("video_[0-9a-f]{32}");
  private static final Pattern SORA_1_GENERATION =
      Pattern.compile("gen_[0-7][0-9a-hjkmnp-tv-z]{25}");
  private static final String CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int ULID_TIME_CHARACTERS = 10;

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

  /** The API this id's form belongs to; ids of an unknown form are more likely of the newer one. */
  public VideoApi likelyApi() {
    return value.startsWith("task_") ? VideoApi.SORA_1 : VideoApi.VIDEOS;
  }

  /** Whether this is rather the id of one of a job's videos, which people take for the job's. */
  public boolean isOfGeneration() {
    return SORA_1_GENERATION.matcher(value).matches();
  }

  /**
   * When the job was created, where the id says so. Gateways issue ids that only look like Azure's,
   * whose "times" mean nothing: one before there was such a service, or after now, is none.
   *
   * @param now clocks may differ by some minutes
   */
  public Optional<Instant> createdAt(Instant now) {
    return encodedTime()
        .filter(time -> !time.isBefore(FIRST_JOBS) && !time.isAfter(now.plus(CLOCK_SKEW)));
  }

  private Optional<Instant> encodedTime() {
    if (SORA_1.matcher(value).matches()) {
      long millis = 0;
      for (char c : value.substring(5, 5 + ULID_TIME_CHARACTERS).toCharArray()) {
        millis = millis << 5 | CROCKFORD.indexOf(c);
      }
      return Optional.of(Instant.ofEpochMilli(millis));
    }
    if (SORA_2.matcher(value).matches()) {
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(value.substring(6, 14), 16)));
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}

package io.soracourier.sora;

import io.soracourier.http.HttpDate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Retry-After}, in seconds or as an HTTP-date (RFC 9110, 10.2.3), and Azure OpenAI's
 * finer {@code retry-after-ms}. What cannot be read counts as absent.
 */
final class RetryAfter {
  private static final Duration MAX_TIME = Duration.ofDays(1);

  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final int MAX_DIGITS = 12;
  private static final Long LARGEST = 999_999_999_999L;

  private RetryAfter() {}

  static Optional<Duration> of(UnaryOperator<String> header, Clock clock) {
    return number(header.apply("retry-after-ms"))
        .map(Duration::ofMillis)
        .or(() -> number(header.apply("Retry-After")).map(Duration::ofSeconds))
        .or(
            () ->
                HttpDate.parse(header.apply("Retry-After"))
                    .map(until -> Duration.between(clock.instant(), until)))
        .map(RetryAfter::bounded);
  }

  /** One that is longer than any is the largest that counts. */
  private static Optional<Long> number(@Nullable String text) {
    if (text == null || !NUMBER.matcher(text.strip()).matches()) {
      return Optional.empty();
    }
    String digits = text.strip().replaceFirst("^0+(?=.)", "");
    return Optional.of(digits.length() > MAX_DIGITS ? LARGEST : Long.parseLong(digits));
  }

  private static Duration bounded(Duration requested) {
    if (requested.isNegative()) {
      return Duration.ZERO;
    }
    return requested.compareTo(MAX_TIME) > 0 ? MAX_TIME : requested;
  }
}

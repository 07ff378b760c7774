package io.soracourier.sora;

import io.soracourier.http.HttpDate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads {@code Retry-After}, in seconds or as an HTTP-date (RFC 9110, 10.2.3), and Azure OpenAI's
 * finer {@code retry-after-ms}. What cannot be read counts as absent.
 */
final class RetryAfter {
  private static final Duration MAX_TIME = Duration.ofDays(1);

  private RetryAfter() {}

  static Optional<Duration> of(UnaryOperator<String> header, Clock clock) {
    String millis = header.apply("retry-after-ms");
    if (millis != null && millis.strip().matches("\\d{1,12}")) {
      return Optional.of(bounded(Duration.ofMillis(Long.parseLong(millis.strip()))));
    }
    String value = header.apply("Retry-After");
    if (value == null) {
      return Optional.empty();
    }
    if (value.strip().matches("\\d{13,}")) {
      return Optional.of(MAX_TIME);
    }
    if (value.strip().matches("\\d{1,12}")) {
      return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(value.strip()))));
    }
    return HttpDate.parse(value).map(until -> bounded(Duration.between(clock.instant(), until)));
  }

  private static Duration bounded(Duration requested) {
    if (requested.isNegative()) {
      return Duration.ZERO;
    }
    return requested.compareTo(MAX_TIME) > 0 ? MAX_TIME : requested;
  }
}

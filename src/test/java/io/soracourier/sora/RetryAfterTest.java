package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.simulator.MutableClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0                              | PT0S
          9999999999999                  | PT24H
          99999999999999999999           | PT24H
          0000000000005                  | PT5S
          7                              | PT7S
          ' 120 '                        | PT2M
          86400                          | PT24H
          86401                          | PT24H
          999999999999                   | PT24H
          Sun, 22 Nov 2026 10:00:30 GMT  | PT30S
          Sun, 22 Nov 2026 09:59:00 GMT  | PT0S
          Fri, 31 Dec 9999 23:59:59 GMT  | PT24H
          Thu, 01 Jan 1970 00:00:00 GMT  | PT0S
          """)
  void secondsOrDate_areATimeOfUpToADay(String value, Duration time) {
    assertThat(of(Map.of("Retry-After", value))).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "1.5",
        "soon",
        "1 h",
        "22 Nov 2026",
        "2026-11-22T10:00:30Z",
        "٣",
        "Sun, 31 Feb 2026 10:00:00 GMT"
      })
  void whatCannotBeRead_countsAsAbsent(String value) {
    assertThat(of(Map.of("Retry-After", value))).isEmpty();
  }

  @Test
  void milliseconds_goBeforeSeconds() {
    assertThat(of(Map.of("retry-after-ms", "1500", "Retry-After", "60")))
        .contains(Duration.ofMillis(1500));
    assertThat(of(Map.of("retry-after-ms", "x", "Retry-After", "60")))
        .contains(Duration.ofSeconds(60));
  }

  @Test
  void noHeader_isAbsent() {
    assertThat(of(Map.of())).isEmpty();
  }

  private Optional<Duration> of(Map<String, String> headers) {
    return RetryAfter.of(headers::get, clock);
  }
}

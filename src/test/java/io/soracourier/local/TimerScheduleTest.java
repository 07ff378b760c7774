package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimerScheduleTest {
  @ParameterizedTest
  @CsvSource({
    "0 */5 * * * *, 2026-11-25T22:16:01Z, 2026-11-25T22:20:00Z",
    "0 */5 * * * *, 2026-11-25T22:20:00Z, 2026-11-25T22:25:00Z",
    "0 */5 * * * *, 2026-12-31T23:55:00.5Z, 2027-01-01T00:00:00Z",
    "'0 0,30 8-10 * * *', 2026-11-25T10:30:00Z, 2026-11-26T08:00:00Z",
    "0 0 0 * * 1, 2026-11-25T10:30:00Z, 2026-11-30T00:00:00Z",
    "30 0 0 29 2 *, 2026-11-25T10:30:00Z, 2028-02-29T00:00:30Z",
    "00:00:07, 2026-11-25T22:16:01Z, 2026-11-25T22:16:08Z",
  })
  void next_isTheFirstTimeThatFits(String schedule, String now, String next) {
    assertThat(TimerSchedule.parse(schedule).next(ZonedDateTime.parse(now)))
        .isEqualTo(ZonedDateTime.parse(next));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "* * * * *", "0 */0 * * * *", "61 * * * * *", "a * * * * *"})
  void malformedSchedule_isRefused(String text) {
    assertThatThrownBy(() -> TimerSchedule.parse(text)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void scheduleUnderAMinute_isNotMonitored() {
    ZonedDateTime now = ZonedDateTime.parse("2026-11-25T22:16:01Z");

    assertThat(TimerSchedule.parse("0 */5 * * * *").isMonitored(now)).isTrue();
    assertThat(TimerSchedule.parse("*/30 * * * * *").isMonitored(now)).isFalse();
    assertThat(TimerSchedule.parse("00:00:07").isMonitored(now)).isFalse();
  }
}

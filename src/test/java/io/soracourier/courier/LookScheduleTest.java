package io.soracourier.courier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.soracourier.setting.InvalidSettingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookScheduleTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant FAR = NOW.plus(Duration.ofDays(1));

  @ParameterizedTest
  @CsvSource({
    "1, 5, 10",
    "2, 10, 20",
    "3, 20, 40",
    "4, 30, 60",
    "5, 30, 60",
    "60, 30, 60",
    "1000000, 30, 60",
    "2147483647, 30, 60",
    "0, 5, 10",
  })
  void delay_doublesUpToTheLongestWithHalfOfItAtRandom(int look, long least, long most) {
    assertThat(schedule(0).next(look, Duration.ZERO, NOW, FAR)).contains(Duration.ofSeconds(least));
    assertThat(schedule(Math.nextDown(1.0)).next(look, Duration.ZERO, NOW, FAR))
        .contains(Duration.ofSeconds(most));
    assertThat(schedule(0.5).next(look, Duration.ZERO, NOW, FAR))
        .hasValueSatisfying(delay -> assertThat(delay.toSeconds()).isBetween(least, most));
  }

  @ParameterizedTest
  @CsvSource({"1, 3, 6", "2, 5, 9", "3, 6, 12", "4, 8, 15", "5, 8, 15", "1000000, 8, 15"})
  void delayOfATryToCopy_isSomeSecondsAndGrowsALittle(int tries, long least, long most) {
    assertThat(schedule(0).nextCopyAttempt(tries, NOW, FAR)).contains(Duration.ofSeconds(least));
    assertThat(schedule(Math.nextDown(1.0)).nextCopyAttempt(tries, NOW, FAR))
        .contains(Duration.ofSeconds(most));
  }

  @ParameterizedTest
  @CsvSource({"PT10M, 15", "PT9M59S, 1", "PT35S, 1", "PT31S, 1", "PT30S, 1", "PT6S, 1"})
  void delayOfATryToCopyOfWhatExpiresSoon_isASecond(Duration left, long seconds) {
    assertThat(schedule(Math.nextDown(1.0)).nextCopyAttempt(9, NOW, NOW.plus(left)))
        .contains(Duration.ofSeconds(seconds));
  }

  @Test
  void tryToCopyAfterTheDeadline_isNotMade() {
    assertThat(schedule(0).nextCopyAttempt(1, NOW, NOW.plusSeconds(5))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"4, 0", "4, 0.1", "4, 0.5", "4, 0.9999", "3, 0.5"})
  void laterLooks_comeAtCommonMoments(int look, double chosen) {
    for (int millis = 0; millis < 10_000; millis += 700) {
      Instant now = NOW.plusMillis(millis);
      Duration delay = schedule(chosen).next(look, Duration.ZERO, now, FAR).orElseThrow();

      // The queue counts in seconds.
      assertThat(Duration.between(NOW, now.plus(delay)).toMillis() % 5_000).isLessThan(1_000);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 0.5", "3, 0.25", "4, 0.17"})
  void jobsOfOneLook_areSpreadEvenlyOverTheCommonMoments(int look, double share) {
    for (int millis = 100; millis < 5_000; millis += 100) {
      Instant now = NOW.plusMillis(millis);
      Map<Duration, Long> jobsPerDelay =
          IntStream.range(0, 1_000)
              .mapToObj(job -> schedule(job / 1_000.0).next(look, Duration.ZERO, now, FAR))
              .collect(Collectors.groupingBy(Optional::orElseThrow, Collectors.counting()));

      assertThat(jobsPerDelay.values())
          .allSatisfy(jobs -> assertThat(jobs / 1_000.0).isCloseTo(share, within(0.01)));
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 30, 60", "3, 20, 40"})
  void commonMoments_areWithinTheBoundsOfTheDelay(int look, long least, long most) {
    for (int millis = 0; millis < 5_000; millis += 100) {
      for (double chosen = 0; chosen < 1; chosen += 0.01) {
        assertThat(
                schedule(chosen)
                    .next(look, Duration.ZERO, NOW.plusMillis(millis), FAR)
                    .orElseThrow()
                    .toSeconds())
            .isBetween(least, most);
      }
    }
  }

  @Test
  void shortestAndLongestAlike_areKeptTo() {
    LookSchedule schedule =
        new LookSchedule(
            Configs.DEFAULTS.withDelays(Duration.ofSeconds(7), Duration.ofSeconds(7)),
            new FixedRandom(0.5));

    assertThat(schedule.next(1, Duration.ZERO, NOW, FAR)).contains(Duration.ofSeconds(7));
    assertThat(schedule.next(9, Duration.ZERO, NOW, FAR)).contains(Duration.ofSeconds(7));
  }

  @Test
  void delay_isWholeSecondsRoundedUp() {
    LookSchedule schedule =
        new LookSchedule(
            Configs.DEFAULTS.withDelays(Duration.ofMillis(100), Duration.ofMillis(1500)),
            new FixedRandom(0));

    assertThat(schedule.next(1, Duration.ZERO, NOW, FAR)).contains(Duration.ofSeconds(1));
    assertThat(schedule.next(1, Duration.ofMillis(1001), NOW, FAR)).contains(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @CsvSource({"PT3S, 5", "PT5S, 5", "PT42S, 42", "PT10M, 600", "PT1H, 3600"})
  void retryAfter_isNeverUndercut(Duration retryAfter, long seconds) {
    assertThat(schedule(0).next(1, retryAfter, NOW, FAR)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "PT24H, PT24H, 3600",
    "PT1H1S, PT24H, 3600",
    "PT2H, PT90M, 2700",
    "PT24H, PT10M, 300",
    "PT24H, PT1M, 30",
    "PT24H, PT40S, 10",
    "PT299S, PT10M, 299",
  })
  void retryAfter_countsUpToAnHourAndHalfOfTheTimeLeft(
      Duration retryAfter, Duration left, long seconds) {
    assertThat(schedule(0).next(1, retryAfter, NOW, NOW.plus(left)))
        .contains(Duration.ofSeconds(seconds));
  }

  @Test
  void lastLook_comesBeforeTheDeadlineWhateverIsRequested() {
    Instant deadline = NOW.plus(LookSchedule.MARGIN).plusSeconds(3);

    assertThat(schedule(0).next(1, Duration.ZERO, NOW, deadline)).contains(Duration.ofSeconds(3));
    assertThat(schedule(0).next(1, Duration.ofHours(1), NOW, deadline))
        .contains(Duration.ofSeconds(3));
  }

  /** Time until the deadline, number of the look, and the delay, if there is another one. */
  @ParameterizedTest
  @CsvSource({
    "31, 9, 1",
    "30, 9, 25",
    "30, 1, 5",
    "29, 9, 24",
    "10, 9, 5",
    "6, 9, 1",
    "5, 9, ",
    "4, 9, ",
    "0, 9, ",
    "-86400, 9, "
  })
  void withinTheMargin_isCheckedAgainWhileAVideoMayCome(long left, int look, Integer delay) {
    assertThat(schedule(0).next(look, Duration.ZERO, NOW, NOW.plusSeconds(left)))
        .isEqualTo(Optional.ofNullable(delay).map(Duration::ofSeconds));
  }

  @Test
  void impossibleDelays_areRefusedByName() {
    assertThatThrownBy(
            () -> new LookSchedule(Configs.DEFAULTS.withDelays(Duration.ZERO, FIVE), null))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("courier.look.first-delay ");
    assertThatThrownBy(
            () -> new LookSchedule(Configs.DEFAULTS.withDelays(FIVE.plusNanos(1), FIVE), null))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("courier.look.max-delay ");
  }

  private static final Duration FIVE = Duration.ofSeconds(5);

  private static LookSchedule schedule(double random) {
    return new LookSchedule(Configs.DEFAULTS, new FixedRandom(random));
  }
}

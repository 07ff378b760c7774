package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.simulator.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceClockTest {
  private static final Instant SENT = Instant.parse("2026-11-22T10:00:00.400Z");
  private static final Duration UNDER_WAY = Duration.ofSeconds(3);

  private final MutableClock ours = MutableClock.at(SENT.plus(UNDER_WAY).toString());
  private final ServiceClock clock = new ServiceClock(ours);

  @Test
  void beforeAnyResponse_agreesWithOurs() {
    assertThat(clock.instant()).isEqualTo(ours.instant());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void dateWhileTheRequestWasRunning_isNotADifference(int seconds) {
    clock.observe(SENT, date(SENT.plusSeconds(seconds)));

    assertThat(clock.instant()).isEqualTo(ours.instant());
  }

  @Test
  void clockAhead_isFollowedAsFarAsItIsSure() {
    clock.observe(SENT, date(Instant.parse("2026-11-22T10:05:00Z")));

    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-22T10:05:00Z"));
  }

  @Test
  void clockBehind_isFollowedAsFarAsItIsSure() {
    clock.observe(SENT, date(Instant.parse("2026-11-22T09:55:00Z")));

    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-22T09:55:01Z").plus(UNDER_WAY));
  }

  @Test
  void clockSetRight_isFollowedBack() {
    clock.observe(SENT, date(SENT.plusSeconds(300)));
    clock.observe(SENT, date(SENT.plusSeconds(1)));

    assertThat(clock.instant()).isEqualTo(ours.instant());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "tomorrow", "2026-11-22T10:00:00Z"})
  void malformedDate_teachesNothing(String date) {
    clock.observe(SENT, date(SENT.plusSeconds(300)));
    Instant before = clock.instant();

    clock.observe(SENT, date);

    assertThat(clock.instant()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01T00:00:00Z", "2026-11-20T10:00:00Z", "2099-01-01T00:00:00Z"})
  void dateDaysAway_teachesNothing(Instant date) {
    clock.observe(SENT, date(SENT.plusSeconds(300)));
    Instant before = clock.instant();

    clock.observe(SENT, date(date));

    assertThat(clock.instant()).isEqualTo(before);
  }

  private static String date(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }
}

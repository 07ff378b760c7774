package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.soracourier.sora.SoraException.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ShortRetryTest {
  private final RetryConfig config =
      new SmallRyeConfigBuilder()
          .addDiscoveredConverters()
          .withMapping(RetryConfig.class)
          .build()
          .getConfigMapping(RetryConfig.class);
  private final ShortRetry retry = new ShortRetry(config);

  @ParameterizedTest
  @EnumSource(names = {"THROTTLED", "UNAVAILABLE", "UNREADABLE"})
  void transientFailure_isTriedAgain(Kind kind) {
    assertThat(retry.isWorthIt(failure(kind, null))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"THROTTLED", "UNAVAILABLE", "UNREADABLE"},
      mode = Mode.EXCLUDE)
  void otherFailure_isNotOne(Kind kind) {
    assertThat(retry.isWorthIt(failure(kind, null))).isFalse();
    assertThat(retry.isWorthIt(new IllegalStateException())).isFalse();
  }

  @Test
  void longRetryAfter_isLeftToTheQueue() {
    assertThat(retry.isWorthIt(failure(Kind.THROTTLED, config.longestRetryAfter()))).isTrue();
    assertThat(retry.isWorthIt(failure(Kind.THROTTLED, config.longestRetryAfter().plusMillis(1))))
        .isFalse();
  }

  @Test
  void delay_doublesWithinItsJitter() {
    assertThat(retry.nextDelayInMillis(failure(Kind.UNAVAILABLE, null))).isBetween(250L, 500L);
    assertThat(retry.nextDelayInMillis(failure(Kind.UNAVAILABLE, null))).isBetween(500L, 1000L);
  }

  @Test
  void delay_isNotShorterThanRetryAfter() {
    assertThat(retry.nextDelayInMillis(failure(Kind.THROTTLED, Duration.ofMillis(2500))))
        .isEqualTo(2500);
    assertThat(retry.nextDelayInMillis(failure(Kind.THROTTLED, Duration.ZERO)))
        .isBetween(500L, 1000L);
  }

  private static SoraException failure(Kind kind, Duration retryAfter) {
    return new SoraException(kind, List.of(), retryAfter, "GET /x returned", null);
  }
}

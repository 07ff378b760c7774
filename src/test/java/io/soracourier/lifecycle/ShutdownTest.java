package io.soracourier.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.simulator.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  private final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
  private final Shutdown shutdown = new Shutdown(clock, Duration.ofSeconds(25));

  @Test
  void beforeSigterm_neitherHasBegunNorIsDue() {
    clock.advance(Duration.ofHours(1));

    assertThat(shutdown.hasBegun()).isFalse();
    assertThat(shutdown.isImminent()).isFalse();
  }

  @Test
  void afterSigterm_runningInvocationsHaveThreeFifthsOfTheTime() {
    shutdown.begin(null);

    assertThat(shutdown.hasBegun()).isTrue();
    clock.advance(Duration.ofMillis(14_999));
    assertThat(shutdown.isImminent()).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(shutdown.isImminent()).isTrue();
  }
}

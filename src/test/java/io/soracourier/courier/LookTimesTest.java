package io.soracourier.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookTimesTest {
  @Test
  void looks_followTheScheduleUntilTheWindowEnds() {
    List<Duration> looks = new LookTimes(new FixedRandom(0)).within(Duration.ofSeconds(100));

    // Delays of 5, 10, 20, and then 30 s: half of what they may be at most.
    assertThat(looks).extracting(Duration::toSeconds).containsExactly(0L, 5L, 15L, 35L, 65L, 95L);
  }

  @Test
  void lookAtTheEndOfTheWindow_isOutsideIt() {
    assertThat(new LookTimes(new FixedRandom(0)).within(Duration.ofSeconds(5)))
        .containsExactly(Duration.ZERO);
  }
}

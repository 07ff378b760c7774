package io.soracourier.courier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LookTimesTest {
  private final LookTimes times = new LookTimes(new FixedRandom(0));

  @Test
  void looks_followTheSchedule() {
    // Half of what they may be at most.
    assertThat(times.afterLook(1, 0)).isEqualTo(5);
    assertThat(times.afterLook(2, 5)).isEqualTo(10);
    assertThat(times.afterLook(3, 15)).isEqualTo(20);
    assertThat(times.afterLook(80, 35)).isEqualTo(30);
  }

  @Test
  void triesToCopy_followTheSchedule() {
    assertThat(times.afterTry(1, 0)).isEqualTo(3);
    assertThat(times.afterTry(9, 0)).isEqualTo(8);
  }
}

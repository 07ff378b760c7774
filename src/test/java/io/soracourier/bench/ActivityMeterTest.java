package io.soracourier.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivityMeterTest {
  @ParameterizedTest
  @CsvSource({"0, 1", "0.02, 1", "1, 1", "1.01, 1.1", "1.1, 1.1", "1.3, 1.3", "3599.95, 3600"})
  void period_countsASecondAtLeastThenByTenths(double seconds, double billed) {
    assertThat(ActivityMeter.billedOf(seconds)).isEqualTo(billed);
  }

  @Test
  void idleTime_isNotBilled() {
    assertThat(new ActivityMeter().billedSeconds()).isZero();
  }

  @Test
  void periodsApart_areBilledEach() {
    assertBilled(2, 0, 0.1, 10, 10.2);
  }

  @Test
  void runsAtOnce_areBilledOnce() {
    assertBilled(2.5, 0, 2, 0.5, 2.5, 1, 1.1);
  }

  @Test
  void runWithinABilledSecond_belongsToIt() {
    assertBilled(1, 0, 0.1, 0.9, 1);
    assertBilled(1.4, 0, 0.1, 0.9, 1.35);
  }

  @Test
  void runAfterABilledSecond_beginsAnother() {
    assertBilled(2, 0, 0.1, 1.01, 1.02);
  }

  private static void assertBilled(double seconds, double... fromTo) {
    ActivityMeter meter = new ActivityMeter();
    for (int i = 0; i < fromTo.length; i += 2) {
      meter.ran(fromTo[i], fromTo[i + 1]);
    }
    assertThat(meter.billedSeconds()).isCloseTo(seconds, within(1e-6));
  }
}

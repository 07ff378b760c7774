package io.soracourier.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void oddNumber_medianIsTheMiddleOne() {
    assertThat(Samples.of(9, 1, 5).median()).isEqualTo(5);
  }

  @Test
  void evenNumber_medianIsBetweenTheTwoInTheMiddle() {
    assertThat(Samples.of(4, 100, 1, 2).median()).isEqualTo(3);
  }

  @Test
  void leastAndMost_areThoseMeasured() {
    Samples samples = Samples.of(3, 1, 2);

    assertThat(samples.least()).isEqualTo(1);
    assertThat(samples.most()).isEqualTo(3);
  }

  @Test
  void ratio_isThatOfTheMedians() {
    assertThat(Samples.of(1, 3, 100).ratioTo(Samples.of(2, 2, 0))).isEqualTo(1.5);
  }

  @Test
  void nothingMeasured_isRefused() {
    assertThatThrownBy(Samples::of).isInstanceOf(IllegalArgumentException.class);
  }
}

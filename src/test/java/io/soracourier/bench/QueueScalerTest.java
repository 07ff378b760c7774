package io.soracourier.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueScalerTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "24, 1", "25, 2", "1000, 42"})
  void target_countsAllMessagesAsSoonAsOneIsVisible(int messages, int instances) {
    QueueScaler scaler = new QueueScaler(24, 100);

    assertThat(scaler.target(messages, true)).isEqualTo(instances);
    assertThat(scaler.target(messages, false)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"544, 1", "545, 2", "1000, 2", "10000, 10"})
  void ours_areFewAndBounded(int messages, int instances) {
    assertThat(QueueScaler.OURS.target(messages, true)).isEqualTo(instances);
  }

  @Test
  void bound_isTheTemplates() {
    assertThat(QueueScaler.OURS.mostInstances()).isEqualTo(10);
  }
}

package io.soracourier.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "COPY_TO_RCLONE, 1.0, hit",
    "COPY_TO_RCLONE, 1.001, miss",
    "START_TIME, 59.9, hit",
    "START_TIME, 60, miss",
    "WAITING_COST, 50, hit",
    "WAITING_COST, 49.9, miss",
    "LOOK_PROCESSOR, NaN, miss",
  })
  void figure_isJudgedByItsLimit(Target target, double figure, String verdict) {
    assertThat(new Judgement(target, "", figure).verdict()).isEqualTo(verdict);
  }

  @Test
  void limit_isReadable() {
    assertThat(Target.COPY_TO_RCLONE.limit()).isEqualTo("at most 1.0 ×");
    assertThat(Target.START_TIME.limit()).isEqualTo("less than 60 ms");
    assertThat(Target.WAITING_COST.limit()).isEqualTo("at least 50 ×");
  }
}

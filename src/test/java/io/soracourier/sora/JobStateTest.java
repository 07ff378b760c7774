package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class JobStateTest {
  @ParameterizedTest
  @CsvSource({
    "queued, UNFINISHED",
    "preprocessing, UNFINISHED",
    "running, UNFINISHED",
    "processing, UNFINISHED",
    "in_progress, UNFINISHED",
    "succeeded, SUCCEEDED",
    "completed, SUCCEEDED",
    "Succeeded, SUCCEEDED",
    "FAILED, FAILED",
    "failed, FAILED",
    "cancelled, CANCELLED",
    "canceled, CANCELLED",
  })
  void wordOfEitherApi_isItsState(String word, JobState state) {
    assertThat(JobState.of(word)).isEqualTo(state);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"rendering", "upscaling", " queued", "success"})
  void anyOtherWord_isNotAnEndState(String word) {
    assertThat(JobState.of(word)).isEqualTo(JobState.UNFINISHED);
  }
}

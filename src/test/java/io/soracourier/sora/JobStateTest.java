package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EmptySource;
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
    "pending, UNFINISHED",
    "submitted, UNFINISHED",
    "not_start, UNFINISHED",
    "NOT_START, UNFINISHED",
    "notStarted, UNFINISHED",
    "preparing, UNFINISHED",
    "generating, UNFINISHED",
    "InProgress, UNFINISHED",
    "in-progress, UNFINISHED",
    "IN PROGRESS, UNFINISHED",
    "InQueue, UNFINISHED",
    "' queued ', UNFINISHED",
    "complete, SUCCEEDED",
    "success, SUCCEEDED",
    "SUCCESS, SUCCEEDED",
    "Succeed, SUCCEEDED",
    "finished, SUCCEEDED",
    "done, SUCCEEDED",
    "ready, SUCCEEDED",
    "' completed ', SUCCEEDED",
    "failure, FAILED",
    "fail, FAILED",
    "error, FAILED",
    "expired, EXPIRED",
    "Deleted, EXPIRED",
  })
  void wordOfAServer_isItsState(String word, JobState state) {
    assertThat(JobState.of(word)).isEqualTo(state);
  }

  @ParameterizedTest
  @EmptySource
  @ValueSource(strings = {"rendering", "upscaling", "unknown", "none", "...", "success?no"})
  void anyOtherWord_isUnknown(String word) {
    assertThat(JobState.of(word)).isEqualTo(JobState.UNKNOWN);
  }
}

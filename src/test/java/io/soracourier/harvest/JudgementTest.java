package io.soracourier.harvest;

import static io.soracourier.harvest.HarvestBench.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.records.KnownJobs.Known;
import io.soracourier.records.RecordState;
import io.soracourier.sora.JobId;
import io.soracourier.sora.JobState;
import io.soracourier.sora.JobTimes;
import io.soracourier.sora.ListedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JudgementTest {
  private static Judgement of(JobState state, Instant expires, Known known) {
    ListedJob job =
        new ListedJob(new JobId("video_1"), state, Optional.empty(), JobTimes.NONE, List.of());
    return Judgement.of(
        job, Optional.ofNullable(expires), Optional.ofNullable(known), HarvestFilter.ALL, NOW);
  }

  private static Known known(RecordState state, String reason, int attempt, Duration ago) {
    return new Known(state, reason, attempt, NOW.minus(ago), NOW.minus(ago));
  }

  @ParameterizedTest
  @EnumSource(
      value = JobState.class,
      names = {"UNFINISHED", "SUCCEEDED", "UNKNOWN"})
  void jobWithoutARecord_isMissing(JobState state) {
    assertThat(of(state, null, null)).isEqualTo(Judgement.MISSING);
    assertThat(of(state, NOW.plusSeconds(1), null)).isEqualTo(Judgement.MISSING);
  }

  @Test
  void jobThatTheServerDidNotMake_isCountedAndOneThatIsOverIsSkipped() {
    assertThat(of(JobState.FAILED, null, null)).isEqualTo(Judgement.FAILED);
    assertThat(of(JobState.CANCELLED, null, null)).isEqualTo(Judgement.FAILED);
    assertThat(of(JobState.EXPIRED, null, null)).isEqualTo(Judgement.SKIPPED);
    assertThat(of(JobState.SUCCEEDED, NOW, null)).isEqualTo(Judgement.SKIPPED);
  }

  @Test
  void copiedJob_isStoredWhateverHasBecomeOfItsBlob() {
    assertThat(
            of(JobState.SUCCEEDED, null, known(RecordState.COPIED, null, 1, Duration.ofDays(29))))
        .isEqualTo(Judgement.STORED);
  }

  @ParameterizedTest
  @CsvSource({
    "storage-denied, 25, MISSING",
    "access-denied, 25, MISSING",
    "wrong-endpoint, 25, MISSING",
    "storage-denied, 23, ENDED",
    "access-denied, 1, ENDED",
    "content-not-found, 100, ENDED",
    "gave-up, 23, ENDED",
    "gave-up, 25, MISSING",
    "job-not-found, 25, MISSING",
    ", 100, ENDED",
  })
  void endedJob_isEnqueuedAgainOnceADayWhereTheCauseMayBeFixed(
      String reason, int hoursAgo, Judgement judgement) {
    assertThat(
            of(
                JobState.SUCCEEDED,
                null,
                known(RecordState.FAILED, reason, 3, Duration.ofHours(hoursAgo))))
        .isEqualTo(judgement);
  }

  @ParameterizedTest
  @CsvSource({
    "WAITING, 1, 4, WAITING",
    "WAITING, 1, 6, MISSING",
    "COPYING, 1, 6, MISSING",
    "WAITING, 2, 9, WAITING",
    "WAITING, 2, 11, MISSING",
    "WAITING, 7, 319, WAITING",
    "WAITING, 7, 321, MISSING",
    "WAITING, 1000000, 321, MISSING",
  })
  void jobThatIsOverdue_isMissingTheLaterTheMoreOftenItWasEnqueued(
      RecordState state, int attempt, int minutesAgo, Judgement judgement) {
    assertThat(
            of(
                JobState.SUCCEEDED,
                null,
                known(state, null, attempt, Duration.ofMinutes(minutesAgo))))
        .isEqualTo(judgement);
  }
}

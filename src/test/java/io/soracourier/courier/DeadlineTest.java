package io.soracourier.courier;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.simulator.Ids;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.JobId;
import io.soracourier.sora.JobState;
import io.soracourier.sora.VideoJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private static final Instant FIRST = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant CREATED = FIRST.minus(Duration.ofHours(3));
  private static final LookNote NOTE = Notes.of(4, FIRST, null);
  private static final JobId DATED = new JobId(Ids.task(CREATED));
  private static final JobId UNDATED = new JobId("vidjob_1");

  private final Deadline deadline =
      new Deadline(Duration.ofHours(5), Endpoint.parse("https://r.openai.azure.com"));

  @Test
  void expiryThatTheServiceSays_isTheDeadline() {
    Instant expiry = FIRST.plus(Duration.ofDays(9));

    assertThat(of(DATED, job(DATED, Optional.of(CREATED), Optional.of(expiry)))).isEqualTo(expiry);
  }

  @Test
  void creationThatTheServiceSays_isADayBeforeTheDeadline() {
    Instant created = CREATED.plusSeconds(7);

    assertThat(of(DATED, job(DATED, Optional.of(created), Optional.empty())))
        .isEqualTo(created.plus(Duration.ofDays(1)));
  }

  @Test
  void creationThatTheIdSays_isADayBeforeTheDeadline() {
    assertThat(of(DATED, job(DATED, Optional.empty(), Optional.empty())))
        .isEqualTo(CREATED.plus(Duration.ofDays(1)));
    assertThat(of(DATED, Optional.empty())).isEqualTo(CREATED.plus(Duration.ofDays(1)));
  }

  @Test
  void jobOfUnknownAge_isGivenUpATimeAfterItsFirstLook() {
    assertThat(of(UNDATED, Optional.empty())).isEqualTo(FIRST.plus(Duration.ofHours(5)));
  }

  @Test
  void words_tellTheExpiryFromTheSetting() {
    assertThat(deadline.words(DATED, Optional.empty(), NOTE))
        .isEqualTo("the content expired, or was about to, at 2026-11-23T07:00:00Z");
    assertThat(deadline.words(UNDATED, Optional.empty(), NOTE))
        .startsWith("courier.deadline was over, or about to be, at 2026-11-22T15:00:00Z; enqueue");
  }

  @Test
  void idThatClaimsToBeOfTheFuture_givesNoMoreTime() {
    JobId future = new JobId(Ids.task(FIRST.plus(Duration.ofDays(3_000))));

    assertThat(of(future, Optional.empty())).isEqualTo(FIRST.plus(Duration.ofHours(5)));
  }

  /** Such as seconds since the server started, or the time at which a queue gives a job up. */
  @Test
  void timesThatAreOverWhileTheJobIsMade_areUnknown() {
    Instant over = FIRST.minusSeconds(1);
    VideoJob running =
        TestJobs.of(UNDATED, JobState.UNFINISHED, "running").expires(Optional.of(over)).job();
    VideoJob old =
        TestJobs.of(UNDATED, JobState.UNKNOWN, "sealed")
            .created(Optional.of(FIRST.minus(Duration.ofDays(2))))
            .job();

    assertThat(of(UNDATED, Optional.of(running))).isEqualTo(FIRST.plus(Duration.ofHours(5)));
    assertThat(of(UNDATED, Optional.of(old))).isEqualTo(FIRST.plus(Duration.ofHours(5)));
  }

  @Test
  void timeThatIsOverWhenTheJobIsDone_isTheDeadline() {
    Instant over = FIRST.minusSeconds(1);

    assertThat(of(UNDATED, job(UNDATED, Optional.empty(), Optional.of(over)))).isEqualTo(over);
  }

  private Instant of(JobId id, Optional<VideoJob> job) {
    LookNote note = job.map(said -> NOTE.saw(said, deadline, FIRST)).orElse(NOTE);
    return deadline.of(id, job, note);
  }

  private static Optional<VideoJob> job(
      JobId id, Optional<Instant> created, Optional<Instant> expiry) {
    return Optional.of(TestJobs.succeeded(id).created(created).expires(expiry).job());
  }
}

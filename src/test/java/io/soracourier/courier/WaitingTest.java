package io.soracourier.courier;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.courier.LookResult.LookAgain;
import io.soracourier.courier.Outcome.Copied;
import io.soracourier.courier.Outcome.Failed;
import io.soracourier.simulator.Ids;
import io.soracourier.simulator.MutableClock;
import io.soracourier.sora.Attempt;
import io.soracourier.sora.JobId;
import io.soracourier.sora.JobState;
import io.soracourier.sora.ScriptedJobs;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.storage.StorageFailures;
import io.soracourier.video.InvalidContentException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What several looks at one job come to: what is missing, and what is not listed any more. */
@ExtendWith(SilentLog.class)
class WaitingTest {
  private static final Instant CREATED = Instant.parse("2026-11-22T10:00:00Z");
  private static final JobId TASK = new JobId(Ids.task(CREATED));
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LONG = Duration.ofHours(2);
  private final MutableClock clock = MutableClock.at(CREATED.plus(LONG));
  private final ScriptedJobs jobs = new ScriptedJobs();
  private final ScriptedCopy copy = new ScriptedCopy();
  private final LookLog log = LookLog.of("invocation");
  private final List<Outcome> outcomes = new ArrayList<>();
  private LookNote note = LookNote.NONE;
  private boolean ended;

  // Misses in a row

  @Test
  void missingOnceAfterItRan_isWaitedFor() {
    runs();
    look();
    jobs.fail(sora(Kind.NOT_FOUND));
    look();
    succeeds("gen_1");
    look();

    assertThat(outcomes).singleElement().isInstanceOf(Copied.class);
  }

  @Test
  void jobSeenAgain_isMissingFromTheBeginning() {
    jobs.fail(sora(Kind.NOT_FOUND));
    look();
    look();
    runs();
    look();
    clock.advance(LONG);
    jobs.fail(sora(Kind.NOT_FOUND));

    look();
    look();

    assertThat(note.missing()).isEqualTo(new Misses(note.missing().since(), 2));
    clock.advance(LONG);
    look();
    assertFailed(FailureReason.JOB_NOT_FOUND, "in 3 looks in a row");
  }

  static Stream<RuntimeException> unanswered() {
    return Stream.of(
        sora(Kind.UNAVAILABLE),
        sora(Kind.THROTTLED),
        sora(Kind.DENIED),
        new CircuitBreakerOpenException("open"),
        new IllegalStateException("a bug"));
  }

  @ParameterizedTest
  @MethodSource("unanswered")
  void lookWithoutAResponse_isNoMissAndEndsNoRowOfThem(RuntimeException failure) {
    jobs.fail(sora(Kind.NOT_FOUND));
    look();
    look();
    jobs.fail(failure);
    clock.advance(LONG);
    look();
    look();
    assertThat(note.missing().looks()).isEqualTo(2);

    jobs.fail(sora(Kind.REJECTED));
    look();

    assertFailed(FailureReason.GAVE_UP, "in 3 looks in a row");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"UNAVAILABLE", "THROTTLED", "DENIED"})
  void contentWithoutAResponse_isNoMissAndEndsNoRowOfThem(Kind kind) {
    succeeds("gen_1");
    copy.fail("gen_1", sora(Kind.NOT_FOUND));
    look();
    look();
    copy.fail("gen_1", sora(kind));
    clock.advance(LONG);
    look();
    assertThat(misses("gen_1").looks()).isEqualTo(2);

    copy.fail("gen_1", new InvalidContentException("the content is not an MP4"));
    look();

    assertFailed(FailureReason.CONTENT_INVALID, "in 3 looks in a row");
  }

  @Test
  void contentThatWasThereAndWasNotStored_isMissingFromTheBeginning() {
    succeeds("gen_1");
    copy.fail("gen_1", sora(Kind.NOT_FOUND));
    look();
    look();
    copy.findContent(true);
    copy.fail("gen_1", StorageFailures.unavailable());
    look();
    assertThat(misses("gen_1")).isNull();

    copy.findContent(false);
    copy.fail("gen_1", sora(Kind.NOT_FOUND));
    clock.advance(LONG);
    look();

    assertThat(ended).isFalse();
    assertThat(misses("gen_1")).isEqualTo(new Misses(clock.instant().minus(delay), 1));
  }

  @Test
  void contentThatIsNoWholeVideoTimeAndAgain_isMissing() {
    succeeds("gen_1");
    copy.findContent(true);
    copy.fail("gen_1", new InvalidContentException("the content has no moov box"));
    look();
    clock.advance(LONG);
    look();
    look();

    assertFailed(FailureReason.CONTENT_INVALID, "in 3 looks in a row");
  }

  @Test
  void messageDeliveredAgain_countsNoMissTwice() {
    jobs.fail(sora(Kind.NOT_FOUND));
    look();
    LookNote delivered = note;
    for (int again = 0; again < 5; again++) {
      note = delivered;
      look();
      assertThat(note.missing()).isEqualTo(new Misses(delivered.missing().since(), 2));
    }
  }

  @Test
  void emptyListAndUnknownJobByTurns_areTwoRows() {
    for (int i = 0; i < 2; i++) {
      jobs.fail(sora(Kind.NOT_FOUND));
      look();
      succeeds();
      look();
      clock.advance(LONG);
    }
    jobs.fail(sora(Kind.NOT_FOUND));
    look();
    assertThat(note.missing().looks()).isEqualTo(1);
    assertThat(note.unlisted().looks()).isEqualTo(2);

    succeeds();
    look();

    assertFailed(FailureReason.NO_GENERATIONS, "in 3 looks in a row");
  }

  // Around the deadline

  @ParameterizedTest
  @CsvSource({"NOT_FOUND, JOB_NOT_FOUND", "REJECTED, GAVE_UP"})
  void missingAtTheLastLook_isReportedAsThat(Kind kind, FailureReason reason) {
    jobs.fail(sora(kind));
    clock.set(CREATED.plus(DAY).minus(LookSchedule.LAST));
    look();

    assertFailed(reason, "in one look");
  }

  @ParameterizedTest
  @CsvSource({"NOT_FOUND, CONTENT_NOT_FOUND", "REJECTED, GAVE_UP"})
  void contentMissingAtTheLastLook_isReportedAsThat(Kind kind, FailureReason reason) {
    succeeds("gen_1");
    copy.fail("gen_1", sora(kind));
    clock.set(CREATED.plus(DAY).minus(LookSchedule.LAST));
    look();

    assertFailed(reason, "in one look");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"NOT_FOUND", "UNAVAILABLE", "DENIED", "REJECTED"})
  void jobThatTheServiceKeepsForLonger_outlivesTheTimeOfItsId(Kind kind) {
    Instant expiry = CREATED.plus(DAY).plus(LONG);
    jobs.answer(
        id -> TestJobs.of(id, JobState.UNFINISHED, "running").expires(Optional.of(expiry)).job());
    clock.set(CREATED.plus(DAY).plusSeconds(60));
    look();
    jobs.fail(sora(kind));

    look();
    assertThat(ended).isFalse();
    clock.set(expiry);
    look();

    assertThat(ended).isTrue();
    if (kind == Kind.NOT_FOUND) {
      assertFailed(FailureReason.EXPIRED, "expired at " + expiry);
    }
  }

  @Test
  void throttledForADayAgainAndAgain_isCheckedUntilTheDeadline() {
    Duration asked = Duration.ofDays(1);
    jobs.fail(new SoraException(Kind.THROTTLED, List.of(), asked, "GET /x returned 429", null));
    Instant deadline = CREATED.plus(DAY);
    while (!ended) {
      Instant before = clock.instant();
      look();
      Duration left = Duration.between(before, deadline);
      if (!ended) {
        assertThat(delay).isLessThanOrEqualTo(Duration.ofHours(1));
        assertThat(delay.minusSeconds(1)).isLessThanOrEqualTo(max(left.dividedBy(2), MINUTE));
      }
    }

    assertThat(clock.instant()).isEqualTo(deadline.minus(LookSchedule.LAST));
    assertFailed(FailureReason.GAVE_UP, "429");
    assertThat(note.number()).isBetween(25, 40);
  }

  @Test
  void contentThrottledForADay_keepsItsSiblingsWaitingNoLonger() {
    succeeds("gen_1", "gen_2");
    copy.fail(
        "gen_1", new SoraException(Kind.THROTTLED, List.of(), DAY, "GET /x returned 429", null));
    copy.fail("gen_2", sora(Kind.NOT_FOUND));
    look();

    assertThat(delay).isEqualTo(Duration.ofHours(1));
    look();
    assertThat(outcomes).as("two misses are no proof").isEmpty();
  }

  @Test
  void storageThatFails_isRetriedWithoutBackingOff() {
    succeeds("gen_1");
    copy.fail("gen_1", StorageFailures.unavailable());
    look();

    assertThat(delay).isLessThanOrEqualTo(Duration.ofSeconds(10));
  }

  // Generations that come and go

  @Test
  void generationNotListedAnyMore_isCopiedFromItsDocumentedAddress() {
    succeeds("gen_1", "gen_2");
    copy.fail("gen_2", StorageFailures.unavailable());
    look();
    succeeds("gen_1");
    copy.repair();
    look();

    assertThat(outcomes).hasSize(2);
    Copied second = (Copied) outcomes.get(1);
    assertThat(second.generation().content())
        .hasToString(
            "https://r.openai.azure.com/openai/v1/video/generations/gen_2/content/video?api-version=preview");
    assertThat(List.of(second.number(), second.count())).containsExactly(2, 2);
    assertThat(copy.jobs().get(copy.jobs().size() - 1).generations())
        .as("told from its siblings")
        .hasSize(2);
    assertThat(ended).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"gen_1", "''"})
  void generationNotListedAnyMoreWithoutContent_isNotFound(String listed) {
    succeeds("gen_1", "gen_2");
    copy.fail("gen_2", sora(Kind.NOT_FOUND));
    look();
    succeeds(listed.isEmpty() ? new String[0] : new String[] {listed});
    look();
    assertThat(ended).isFalse();
    clock.advance(WaitingCourier.CONTENT_GRACE);
    look();

    assertThat(ended).isTrue();
    assertThat(outcomes).extracting(Outcome::generationId).containsExactly("gen_1", "gen_2");
    assertThat(reasons()).containsExactly("copied", "content-not-found");
  }

  @Test
  void generationListedTwice_hasOneOutcome() {
    succeeds("gen_1", "gen_2", "gen_1", "GEN_1", "gen_2");
    look();

    assertThat(ended).isTrue();
    assertThat(outcomes)
        .extracting(outcome -> outcome.generationId() + " " + ((Copied) outcome).number())
        .containsExactly("gen_1 1", "gen_2 2", "GEN_1 3");
    assertThat(outcomes).allMatch(outcome -> ((Copied) outcome).count() == 3);
    assertThat(copy.asked()).containsExactly("gen_1", "gen_2", "GEN_1");
  }

  @Test
  void generationsThatComeLater_areNumberedOnFromTheFirst() {
    succeeds("gen_1", "gen_2");
    copy.fail("gen_1", StorageFailures.unavailable());
    look();
    succeeds("gen_3", "gen_1");
    copy.repair();
    look();

    assertThat(outcomes)
        .extracting(outcome -> outcome.generationId() + " " + ((Copied) outcome).number())
        .containsExactly("gen_2 2", "gen_1 1", "gen_3 3");
    assertThat(((Copied) outcomes.get(2)).count()).isEqualTo(3);
  }

  @Test
  void invalidIds_haveOneOutcomeEachOverSeveralLooks() {
    succeeds("../../x", "gen_2", "a b", "../../x");
    copy.fail("gen_2", StorageFailures.unavailable());
    look();
    look();
    succeeds("a b", "gen_2", "../../x");
    copy.repair();
    look();

    assertThat(outcomes)
        .extracting(Outcome::generationId)
        .containsExactly("../../x", "a b", "gen_2");
    assertThat(reasons()).containsExactly("content-invalid", "content-invalid", "copied");
    assertThat(((Copied) outcomes.get(2)).count()).isEqualTo(3);
  }

  @Test
  void tenThousandGenerations_areReportedAsTooManyOnce() {
    succeeds(IntStream.range(0, 10_000).mapToObj(i -> "gen_" + i).toArray(String[]::new));
    copy.fail("gen_3", StorageFailures.unavailable());
    look();
    look();
    copy.repair();
    look();

    assertThat(ended).isTrue();
    assertThat(outcomes).hasSize(33);
    assertThat(outcomes.get(31))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.generationId()).isNull();
              assertThat(failed.reason()).isEqualTo(FailureReason.GAVE_UP);
              assertThat(failed.message())
                  .contains("10000 generations", "other 9968", "from 'gen_32' on");
            });
    assertThat(((Copied) outcomes.get(0)).count()).isEqualTo(10_000);
  }

  @ParameterizedTest
  @CsvSource({"FAILED, job-failed", "CANCELLED, cancelled"})
  void jobThatSucceededAndThenEndedOtherwise_reportsEachGenerationOnce(
      JobState state, String reason) {
    succeeds("gen_1", "gen_2", "gen_3");
    copy.fail("gen_2", sora(Kind.NOT_FOUND));
    copy.fail("gen_3", sora(Kind.UNAVAILABLE));
    look();
    jobs.answer(id -> TestJobs.of(id, state, "x").job());
    look();

    assertThat(ended).isTrue();
    assertThat(outcomes)
        .extracting(Outcome::generationId)
        .containsExactly("gen_1", "gen_2", "gen_3");
    assertThat(reasons()).containsExactly("copied", reason, reason);
  }

  @Test
  void jobThatSucceededAndIsUnknownThen_reportsEachGenerationOnce() {
    succeeds("gen_1", "gen_2");
    copy.fail("gen_2", sora(Kind.NOT_FOUND));
    look();
    jobs.fail(sora(Kind.NOT_FOUND));
    look();
    look();
    clock.advance(LONG);
    look();

    assertThat(outcomes).extracting(Outcome::generationId).containsExactly("gen_1", "gen_2");
    assertThat(reasons()).containsExactly("copied", "job-not-found");
  }

  @Test
  void jobThatSucceededAndIsUnknownThen_reportsWhatIsStored() {
    succeeds("gen_1", "gen_2", "gen_3");
    copy.fail("gen_2", sora(Kind.UNAVAILABLE));
    copy.fail("gen_3", sora(Kind.UNAVAILABLE));
    look();
    jobs.fail(sora(Kind.NOT_FOUND));
    copy.store(TASK.value(), "gen_2");
    look();
    look();
    clock.advance(LONG);
    look();

    assertThat(outcomes)
        .extracting(Outcome::generationId)
        .containsExactly("gen_1", "gen_2", "gen_3");
    assertThat(reasons()).containsExactly("copied", "copied", "job-not-found");
  }

  @Test
  void jobThatSucceededAndThenGetsNoResponse_reportsEachGenerationAtTheDeadline() {
    succeeds("gen_1", "gen_2");
    copy.fail("gen_2", sora(Kind.NOT_FOUND));
    look();
    jobs.fail(sora(Kind.UNAVAILABLE));
    look();
    clock.set(CREATED.plus(DAY));
    look();

    assertThat(outcomes).extracting(Outcome::generationId).containsExactly("gen_1", "gen_2");
    assertThat(reasons()).containsExactly("copied", "gave-up");
  }

  @Test
  void jobThatSucceededAndRunsAgain_isNotGivenUpWhileItDoes() {
    succeeds("gen_1", "gen_2");
    copy.fail("gen_2", sora(Kind.NOT_FOUND));
    look();
    runs();
    for (int i = 0; i < 5; i++) {
      clock.advance(LONG);
      look();
    }
    assertThat(ended).isFalse();
    copy.repair();
    look();

    assertThat(reasons()).containsExactly("copied", "copied");
    assertThat(ended).isTrue();
  }

  @Test
  void noteOfTheVersionBeforeWithoutTheIdOfWhatIsGone_endsInAnOutcome() {
    note = Notes.of(3, CREATED, CREATED, "gen_1");
    succeeds("gen_1");
    look();
    look();
    clock.advance(LONG);
    look();

    assertFailed(FailureReason.CONTENT_NOT_FOUND, "does not list a generation any more");
  }

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Duration delay;

  /** One look, and the time until the next one. */
  private void look() {
    assertThat(ended).as("nothing comes after the end").isFalse();
    Courier courier = WaitingCourier.of(jobs, copy, Configs.DEFAULTS, clock, new FixedRandom(0.5));
    LookResult result = courier.look(TASK, note, log);
    outcomes.addAll(result.outcomes());
    ended = result.again().isEmpty();
    if (!ended) {
      LookAgain again = result.again().orElseThrow();
      note = again.note();
      delay = again.delay();
      clock.advance(delay);
    }
  }

  private void runs() {
    jobs.answer(id -> TestJobs.of(id, JobState.UNFINISHED, "running").job());
  }

  private void succeeds(String... generations) {
    jobs.answer(id -> TestJobs.succeeded(id).generations(generations).job());
  }

  private Misses misses(String generationId) {
    return note.announced().awaited().stream()
        .filter(video -> video.id().equals(generationId))
        .findFirst()
        .orElseThrow()
        .misses();
  }

  private List<String> reasons() {
    return outcomes.stream()
        .map(outcome -> outcome instanceof Failed failed ? failed.reason().code() : "copied")
        .toList();
  }

  private void assertFailed(FailureReason reason, String words) {
    assertThat(ended).isTrue();
    assertThat(outcomes)
        .singleElement()
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.reason()).isEqualTo(reason);
              assertThat(failed.message()).contains(words);
            });
  }

  private static SoraException sora(Kind kind) {
    Attempt attempt = new Attempt("GET /x", 400, "words");
    return new SoraException(kind, List.of(attempt), null, "GET /x returned " + kind, null);
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}

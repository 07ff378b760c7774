package io.soracourier.courier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.courier.LookResult.LookAgain;
import io.soracourier.courier.Outcome.Copied;
import io.soracourier.courier.Outcome.Failed;
import io.soracourier.setting.InvalidSettingException;
import io.soracourier.simulator.Ids;
import io.soracourier.simulator.MutableClock;
import io.soracourier.sora.Attempt;
import io.soracourier.sora.JobId;
import io.soracourier.sora.JobState;
import io.soracourier.sora.ScriptedJobs;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.sora.VideoApis;
import io.soracourier.sora.VideoJob;
import io.soracourier.storage.MemoryVideoStore;
import io.soracourier.storage.Owner;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageFailures;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.VideoRef;
import io.soracourier.url.RefusedUrlException;
import io.soracourier.video.InvalidContentException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of what the service may say, and what follows from it. */
@ExtendWith(SilentLog.class)
class CourierTest {
  private static final Instant CREATED = Instant.parse("2026-11-22T10:00:00Z");
  private static final JobId TASK = new JobId(Ids.task(CREATED));
  private static final JobId UNDATED = new JobId("vidjob_1");
  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final Duration CONTENT_GRACE = WaitingCourier.CONTENT_GRACE;
  private static final Duration DAY = Duration.ofDays(1);

  private final MutableClock clock = MutableClock.at(CREATED.plusSeconds(5));
  private final ScriptedJobs jobs = new ScriptedJobs();
  private final ScriptedCopy copy = new ScriptedCopy();
  private final LookLog log = LookLog.of("invocation");

  // A job that is not ready

  @ParameterizedTest
  @ValueSource(
      strings = {
        "queued",
        "preprocessing",
        "running",
        "processing",
        "in_progress",
      })
  void unfinishedJob_isCheckedAgain(String word) {
    jobs.answer(id -> TestJobs.of(id, JobState.UNFINISHED, word).job());

    LookResult result = look(TASK, LookNote.NONE);

    assertThat(result.outcomes()).isEmpty();
    LookAgain again = result.again().orElseThrow();
    assertThat(again.why()).isEqualTo(word);
    assertThat(again.delay()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    assertThat(again.note())
        .isEqualTo(
            new LookNote(
                1,
                clock.instant(),
                null,
                null,
                true,
                null,
                null,
                Announced.NONE,
                VideoApis.SORA_1,
                0));
    assertThat(result.looks()).isEqualTo(1);
  }

  @Test
  void unfinishedJob_isCheckedLessAndLessOften() {
    jobs.answer(id -> TestJobs.of(id, JobState.UNFINISHED, "running").job());
    LookNote note = LookNote.NONE;
    for (int look = 1; look <= 6; look++) {
      LookResult result = look(TASK, note);
      clock.advance(result.again().orElseThrow().delay());
      note = result.again().orElseThrow().note();
      assertThat(result.looks()).isEqualTo(look);
    }

    assertThat(note.first()).isEqualTo(CREATED.plusSeconds(5));
    assertThat(look(TASK, note).again().orElseThrow().delay())
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
  }

  @Test
  void unfinishedJobAtItsDeadline_isGivenUp() {
    jobs.answer(id -> TestJobs.of(id, JobState.UNFINISHED, "running").job());
    clock.set(CREATED.plus(DAY).minusSeconds(45));

    LookNote note = Notes.of(100, CREATED, null);
    LookAgain last = look(TASK, note).again().orElseThrow();
    assertThat(last.delay()).isEqualTo(Duration.ofSeconds(15));
    clock.advance(last.delay());
    // A video may still come: it is checked again while there is time to copy a small one.
    LookAgain veryLast = look(TASK, last.note()).again().orElseThrow();
    assertThat(veryLast.delay()).isEqualTo(Duration.ofSeconds(25));
    clock.advance(veryLast.delay());

    assertFailed(look(TASK, veryLast.note()), FailureReason.GAVE_UP, "is still 'running'");
  }

  /** It is logged once, and the video that there is is delivered. */
  @Test
  void jobWithFewerVideosThanItWasToMake_isDeliveredAndLogged() {
    List<LogRecord> records = new ArrayList<>();
    Handler collector = new RecordCollector(records);
    Logger logger = Logger.getLogger("io.soracourier");
    logger.addHandler(collector);
    try {
      jobs.answer(id -> TestJobs.succeeded(id).generations("gen_1").expecting(3).job());

      assertThat(look(TASK, LookNote.NONE).outcomes())
          .singleElement()
          .isInstanceOf(Outcome.Copied.class);
    } finally {
      logger.removeHandler(collector);
    }
    assertThat(records)
        .extracting(LogRecord::getMessage)
        .filteredOn(line -> line.startsWith("event=fewer-videos"))
        .singleElement()
        .asString()
        .contains("was to make 3 videos and lists 1");
  }

  // A job of which the service uses an unknown word

  @Test
  void unknownWord_isCheckedAgainAndNamedAtTheDeadline() {
    jobs.answer(id -> TestJobs.of(id, JobState.UNKNOWN, "sealed").job());

    assertThat(look(TASK, LookNote.NONE).again().orElseThrow().why()).isEqualTo("sealed");
    assertThat(copy.asked()).isEmpty();
    clock.set(CREATED.plus(DAY));
    assertFailed(
        look(TASK, Notes.of(100, CREATED, null)),
        FailureReason.GAVE_UP,
        "is still 'sealed', a status that this version of the courier does not know");
  }

  @Test
  void unknownWordOfAJobThatMayBeDone_isDeliveredWhenTheContentIsThere() {
    jobs.answer(id -> TestJobs.of(id, JobState.UNKNOWN, "sealed").generations("gen_1").job());

    assertThat(look(TASK, LookNote.NONE).outcomes())
        .singleElement()
        .isInstanceOf(Outcome.Copied.class);
  }

  @Test
  void unknownWordOfAJobWithoutContent_neverEndsTheJobBeforeTheDeadline() {
    jobs.answer(id -> TestJobs.of(id, JobState.UNKNOWN, "sealed").generations("gen_1").job());
    copy.fail(
        "gen_1",
        new SoraException(
            SoraException.Kind.NOT_FOUND, List.of(), null, "GET x returned 404", null));
    LookNote note = LookNote.NONE;
    for (int i = 0; i < 100; i++) {
      LookResult result = look(TASK, note);
      assertThat(result.outcomes()).isEmpty();
      note = result.again().orElseThrow().note();
      clock.advance(Duration.ofMinutes(10));
    }

    clock.set(CREATED.plus(DAY));
    assertThat(look(TASK, note).outcomes())
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.generationId()).isEqualTo("gen_1");
              assertThat(failed.message()).contains("still 'sealed'", "GET x returned 404");
            });
  }

  @Test
  void jobThatTheServiceSaysIsGone_isExpired() {
    jobs.answer(id -> TestJobs.of(id, JobState.EXPIRED, "deleted").job());

    assertFailed(look(TASK, LookNote.NONE), FailureReason.EXPIRED, "is 'deleted'");
  }

  // A job that ended without a video

  @ParameterizedTest
  @CsvSource({
    "FAILED, internal_error, , JOB_FAILED, ended as 'x': internal_error",
    "FAILED, internal_error, the words, JOB_FAILED, 'ended as ''x'': internal_error, the words'",
    "FAILED, , the words, JOB_FAILED, ended as 'x': the words",
    "FAILED, , , JOB_FAILED, 'ended as ''x'', without a reason'",
    "FAILED, input_moderation, , MODERATED, change the prompt",
    "FAILED, output_moderation, , MODERATED, change the prompt",
    "FAILED, moderation_blocked, Your request was blocked, MODERATED, Your request was blocked",
    "FAILED, moderation_blocked, It was blocked., MODERATED, It was blocked; change the prompt",
    "CANCELLED, , , CANCELLED, 'ended as ''x'', without a reason'",
  })
  void jobThatEndedOtherwise_isReportedAtOnce(
      JobState state, String code, String words, FailureReason reason, String message) {
    jobs.answer(
        id -> TestJobs.of(id, state, "x").failed(code, words).generations("gen_stale").job());

    assertFailed(look(TASK, LookNote.NONE), reason, message);
    assertThat(copy.asked()).isEmpty();
  }

  // A job that succeeded

  @Test
  void everyGeneration_isCopiedAndReported() {
    jobs.answer(id -> TestJobs.succeeded(id).generations("gen_1", "gen_2", "gen_3").job());

    LookResult result = look(TASK, LookNote.NONE);

    assertThat(result.again()).isEmpty();
    assertThat(result.outcomes())
        .containsExactly(copied("gen_1", 1, 3), copied("gen_2", 2, 3), copied("gen_3", 3, 3));
  }

  @Test
  void secondDelivery_givesTheSameOutcomeMessage() {
    jobs.answer(id -> TestJobs.succeeded(id).generations("gen_1").job());

    LookResult first = look(TASK, LookNote.NONE);
    clock.advance(Duration.ofMinutes(10));

    assertThat(look(TASK, LookNote.NONE).outcomes()).isEqualTo(first.outcomes());
  }

  @Test
  void noGenerations_areWaitedForUntilTheGraceIsOver() {
    jobs.answer(id -> TestJobs.succeeded(id).job());

    LookAgain again = look(TASK, LookNote.NONE).again().orElseThrow();
    assertThat(again.why()).isEqualTo("no-generations so far");
    assertThat(again.note().succeeded()).isEqualTo(clock.instant());
    clock.advance(GRACE.minusSeconds(1));
    LookNote twice = look(TASK, again.note()).again().orElseThrow().note();
    assertThat(look(TASK, twice).again()).isPresent();
    clock.advance(Duration.ofSeconds(1));

    assertFailed(look(TASK, twice), FailureReason.NO_GENERATIONS, "lists no generation");
  }

  // One generation among others

  @Test
  void generationsFailOneByOne_andTheOthersAreReportedOnce() {
    jobs.answer(
        id ->
            TestJobs.succeeded(id)
                .finished(clock.instant())
                .generations("gen_1", "gen_2", "gen_3", "gen_4")
                .job());
    copy.fail("gen_1", CopyResult.Refused.tooLarge("declares 9", 1));
    copy.fail("gen_3", StorageFailures.unavailable());

    LookResult first = look(TASK, LookNote.NONE);

    assertThat(first.outcomes())
        .extracting(Outcome::generationId)
        .containsExactly("gen_1", "gen_2", "gen_4");
    assertThat(first.outcomes().get(0)).isInstanceOf(Failed.class);
    LookNote note = first.again().orElseThrow().note();
    assertThat(note.announced().reported()).containsExactly("gen_1", "gen_2", "gen_4");

    copy.repair();
    copy.asked().clear();
    clock.advance(Duration.ofSeconds(10));
    LookResult second = look(TASK, note);

    assertThat(copy.asked()).containsExactly("gen_3");
    assertThat(second.outcomes()).containsExactly(copied("gen_3", 3, 4));
    assertThat(second.again()).isEmpty();
  }

  @Test
  void generationWithAMalformedId_isReportedOnceAndNeverRequested() {
    jobs.answer(id -> TestJobs.succeeded(id).generations("../../x", "gen_2").job());
    copy.fail("gen_2", StorageFailures.unavailable());

    LookResult first = look(TASK, LookNote.NONE);
    LookResult second = look(TASK, first.again().orElseThrow().note());

    assertThat(first.outcomes())
        .singleElement()
        .satisfies(
            outcome ->
                assertThat(((Failed) outcome).reason()).isEqualTo(FailureReason.CONTENT_INVALID));
    assertThat(second.outcomes()).isEmpty();
    assertThat(copy.asked()).containsExactly("gen_2", "gen_2");
  }

  static Stream<Arguments> finalFailures() {
    return Stream.of(
        Arguments.of(CopyResult.Refused.tooLarge("declares 9", 1), FailureReason.TOO_LARGE),
        Arguments.of(
            thrown(RefusedUrlException.forGood(URI.create("http://h/x?sig=SECRET"), "only https")),
            FailureReason.CONTENT_NOT_FOUND),
        Arguments.of(
            CopyResult.Refused.differentBlob(
                new StoredVideo(
                    URI.create("https://a/b.mp4"),
                    1,
                    "m",
                    CREATED,
                    Owner.of(new VideoRef("task_1", "gen_1"), null, null))),
            FailureReason.STORAGE_DENIED),
        Arguments.of(thrown(StorageFailures.occupied()), FailureReason.STORAGE_DENIED),
        Arguments.of(thrown(sora(Kind.RETIRED)), FailureReason.DEPLOYMENT_RETIRED));
  }

  private static CopyResult thrown(RuntimeException failure) {
    return new CopyResult.Failed(failure);
  }

  @ParameterizedTest
  @MethodSource("finalFailures")
  void contentThatCannotBeHadAtAll_isReportedAtOnce(CopyResult failure, FailureReason reason) {
    succeededWithOneGenerationThatFails(failure);

    LookResult result = look(TASK, LookNote.NONE);

    assertFailed(result, reason, "");
    assertThat(result.outcomes().get(0).generationId()).isEqualTo("gen_1");
    assertThat(((Failed) result.outcomes().get(0)).message()).doesNotContain("SECRET");
  }

  static Stream<Arguments> passingFailures() {
    return Stream.of(
        Arguments.of(thrown(sora(Kind.DENIED)), "access denied", FailureReason.ACCESS_DENIED),
        Arguments.of(thrown(sora(Kind.THROTTLED)), "too many requests", FailureReason.GAVE_UP),
        Arguments.of(thrown(sora(Kind.UNAVAILABLE)), "service unavailable", FailureReason.GAVE_UP),
        Arguments.of(CopyResult.Deferred.PROCESS_ENDS, "deferred", FailureReason.GAVE_UP),
        Arguments.of(CopyResult.Deferred.NO_SLOT, "waiting for a copy", FailureReason.GAVE_UP),
        Arguments.of(
            thrown(StorageFailures.denied()), "storage denied", FailureReason.STORAGE_DENIED),
        Arguments.of(
            thrown(StorageFailures.unavailable()), "storage failed", FailureReason.GAVE_UP),
        Arguments.of(thrown(StorageFailures.foreign()), "storage failed", FailureReason.GAVE_UP),
        Arguments.of(thrown(new IllegalStateException("a bug")), "error", FailureReason.GAVE_UP));
  }

  @ParameterizedTest
  @MethodSource("passingFailures")
  void contentThatCannotBeHadNow_isTriedUntilItExpires(
      CopyResult failure, String why, FailureReason atTheDeadline) {
    succeededWithOneGenerationThatFails(failure);

    LookResult result = look(TASK, LookNote.NONE);
    assertThat(result.outcomes()).isEmpty();
    assertThat(result.again().orElseThrow().why()).isEqualTo(why);

    clock.set(CREATED.plus(DAY));
    LookResult last = look(TASK, result.again().orElseThrow().note());
    assertFailed(last, atTheDeadline, "retried until the content expired");
  }

  static Stream<Arguments> earlyFailures() {
    return Stream.of(
        Arguments.of(thrown(sora(Kind.NOT_FOUND)), FailureReason.CONTENT_NOT_FOUND),
        Arguments.of(thrown(sora(Kind.REJECTED)), FailureReason.GAVE_UP),
        Arguments.of(
            thrown(new InvalidContentException("the content is not an MP4")),
            FailureReason.CONTENT_INVALID));
  }

  @ParameterizedTest
  @MethodSource("earlyFailures")
  void contentThatMayBeLate_isTriedUntilTheGraceIsOver(CopyResult failure, FailureReason reason) {
    succeededWithOneGenerationThatFails(failure);

    LookNote note = missing(TASK, LookNote.NONE, CONTENT_GRACE);

    assertFailed(
        look(TASK, note), reason, "this has been so since 2026-11-22T10:00:05Z, in 3 looks");
  }

  @Test
  void contentThatIsGoneAfterItsTime_isExpired() {
    Instant expiry = CREATED.plus(Duration.ofHours(25));
    jobs.answer(
        id ->
            TestJobs.succeeded(id)
                .finished(CREATED)
                .expires(Optional.of(expiry))
                .generations("gen_1")
                .job());
    copy.fail("gen_1", sora(Kind.NOT_FOUND));
    clock.set(expiry);

    assertFailed(
        look(TASK, LookNote.NONE), FailureReason.EXPIRED, "the content expired at " + expiry);
  }

  // A job that was not answered

  @Test
  void unknownJobOfAFreshId_isWaitedForUntilTheGraceIsOver() {
    jobs.fail(sora(Kind.NOT_FOUND));

    LookNote note = missing(TASK, LookNote.NONE, GRACE);

    LookResult result = look(TASK, note);
    assertFailed(result, FailureReason.JOB_NOT_FOUND, "AZURE_OPENAI_ENDPOINT");
    assertThat(((Failed) result.outcomes().get(0)).attempts()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"EXPIRED", "RETIRED"})
  void jobThatIsGone_isReportedWithTheVideosThatAreStored(Kind gone) {
    jobs.fail(sora(gone));
    String id = UNDATED.value();
    copy.store(id, id);
    copy.store(id, id + "@1");
    copy.store(id, id + "@3");

    LookResult result = look(UNDATED, LookNote.NONE);

    assertThat(result.again()).isEmpty();
    assertThat(result.outcomes()).extracting(Outcome::generationId).containsExactly(id, id + "@1");
    assertThat(result.outcomes())
        .allSatisfy(
            outcome ->
                assertThat(outcome)
                    .isInstanceOfSatisfying(
                        Outcome.Copied.class,
                        copied -> {
                          assertThat(copied.count()).isEqualTo(2);
                          assertThat(copied.fetched()).isFalse();
                          assertThat(copied.copiedAt()).isEqualTo(ScriptedCopy.COPIED_AT);
                        }));
  }

  @Test
  void videoOfAnotherJobUnderThatName_isNotReported() {
    jobs.fail(sora(Kind.EXPIRED));
    copy.store("another", UNDATED.value());

    assertFailed(look(UNDATED, LookNote.NONE), FailureReason.EXPIRED, "");
  }

  /**
   * A request may have reached a replica that does not know it, and the job may have more videos.
   */
  @Test
  void jobThatIsMissingForTheFirstTime_isCheckedAgainWhateverIsStored() {
    jobs.fail(sora(Kind.NOT_FOUND));
    copy.store(UNDATED.value(), UNDATED.value());

    LookNote note = missing(UNDATED, LookNote.NONE, GRACE);

    LookResult result = look(UNDATED, note);
    assertThat(result.outcomes()).singleElement().isInstanceOf(Outcome.Copied.class);
  }

  /** Its deadline is the service's, and says nothing of the storage. */
  @Test
  void jobPastItsDeadlineWhoseStorageDoesNotRespond_isNotOverBeforeItDoes() {
    jobs.fail(sora(Kind.EXPIRED));
    copy.failStorage(new StorageException(StorageException.Kind.TRANSIENT, "busy", null));
    clock.set(CREATED.plus(DAY).plus(DAY));

    LookNote note = look(TASK, LookNote.NONE).again().orElseThrow().note();

    clock.set(CREATED.plus(DAY).plus(DAY).plus(Duration.ofHours(2)));
    assertFailed(look(TASK, note), FailureReason.EXPIRED, "is not known: busy");
  }

  /** What is there is no video, and will not become one. */
  @Test
  void goneJobWhoseNameIsOccupied_isOver() {
    jobs.fail(sora(Kind.EXPIRED));
    copy.failStorage(new StorageException(StorageException.Kind.OCCUPIED, "an append blob", null));

    assertFailed(look(UNDATED, LookNote.NONE), FailureReason.EXPIRED, "");
  }

  /** Whatever the service says then: a process ended after its copy and before its outcome. */
  @Test
  void jobWhoseStorageDoesNotRespond_isNotOverBeforeItDoes() {
    jobs.fail(sora(Kind.EXPIRED));
    copy.failStorage(new StorageException(StorageException.Kind.TRANSIENT, "busy", null));

    LookResult result = look(UNDATED, LookNote.NONE);

    assertThat(result.outcomes()).isEmpty();
    assertThat(result.again().orElseThrow().why()).isEqualTo("storage failed");
  }

  @Test
  void unknownJobOfAnOldId_isWaitedForFromItsFirstLook() {
    jobs.fail(sora(Kind.NOT_FOUND));
    clock.set(CREATED.plus(Duration.ofHours(2)));

    LookNote note = missing(TASK, LookNote.NONE, GRACE);

    assertFailed(
        look(TASK, note),
        FailureReason.JOB_NOT_FOUND,
        "this has been so since 2026-11-22T12:00:00Z, in 3 looks in a row");
  }

  @Test
  void unknownJobOfAnIdOlderThanADay_isExpired() {
    jobs.fail(sora(Kind.NOT_FOUND));
    clock.set(CREATED.plus(DAY));

    assertFailed(look(TASK, LookNote.NONE), FailureReason.EXPIRED, "was created at " + CREATED);
  }

  @Test
  void unknownJobOfAnUndatedId_isWaitedForFromItsFirstLook() {
    jobs.fail(sora(Kind.NOT_FOUND));

    LookNote note = missing(UNDATED, LookNote.NONE, GRACE);

    assertFailed(look(UNDATED, note), FailureReason.JOB_NOT_FOUND, "there is no job");
  }

  @Test
  void unknownJobOfAnIdThatClaimsToBeOfTheFuture_isNotWaitedForThatLong() {
    jobs.fail(sora(Kind.NOT_FOUND));
    JobId future = new JobId(Ids.task(CREATED.plus(Duration.ofDays(3_000))));

    LookNote note = missing(future, LookNote.NONE, GRACE);

    assertFailed(look(future, note), FailureReason.JOB_NOT_FOUND, "there is no job");
  }

  @Test
  void jobThatIsGone_isExpiredAtOnce() {
    jobs.fail(sora(Kind.EXPIRED));

    assertFailed(look(TASK, LookNote.NONE), FailureReason.EXPIRED, "");
  }

  /** Of the replicas of a server one knows it, and each request may reach another. */
  @Test
  void jobThatWasSeenAndIsMissing_isRequestedSomeTimesInALook() {
    jobs.answer(id -> TestJobs.of(id, JobState.UNFINISHED, "running").job());
    LookNote seen = look(TASK, LookNote.NONE).again().orElseThrow().note();
    AtomicInteger requests = new AtomicInteger();
    jobs.answer(
        id -> {
          if (requests.incrementAndGet() < 3) {
            throw sora(Kind.NOT_FOUND);
          }
          return TestJobs.of(id, JobState.UNFINISHED, "running").job();
        });

    assertThat(look(TASK, seen).again().orElseThrow().note().missing()).isNull();
    assertThat(requests).hasValue(3);

    requests.set(0);
    look(TASK, LookNote.NONE);
    assertThat(requests).hasValue(1);

    jobs.answer(
        id -> {
          requests.incrementAndGet();
          throw sora(Kind.NOT_FOUND);
        });
    requests.set(0);
    assertThat(look(TASK, seen).again().orElseThrow().note().missing().looks()).isEqualTo(1);
    assertThat(requests).hasValue(8);
  }

  @Test
  void retiredDeployment_isReportedAtOnce() {
    jobs.fail(sora(Kind.RETIRED));

    assertFailed(look(TASK, LookNote.NONE), FailureReason.DEPLOYMENT_RETIRED, "");
  }

  @ParameterizedTest
  @CsvSource({
    "DENIED, access denied, ACCESS_DENIED",
    "THROTTLED, too many requests, GAVE_UP",
    "UNAVAILABLE, service unavailable, GAVE_UP",
  })
  void serviceThatDoesNotSay_isRequestedUntilTheDeadline(
      Kind kind, String why, FailureReason atTheDeadline) {
    jobs.fail(sora(kind));

    LookAgain again = look(TASK, LookNote.NONE).again().orElseThrow();
    assertThat(again.why()).isEqualTo(why);
    clock.set(CREATED.plus(DAY).minus(LookSchedule.MARGIN).minusSeconds(1));
    assertThat(look(TASK, again.note()).again().orElseThrow().delay())
        .isEqualTo(Duration.ofSeconds(1));
    clock.set(CREATED.plus(DAY).minus(LookSchedule.LAST));

    assertFailed(look(TASK, again.note()), atTheDeadline, "");
  }

  @Test
  void rejectedRequest_isTriedForTheGraceAndGivenUp() {
    jobs.fail(sora(Kind.REJECTED));

    LookNote note = missing(TASK, LookNote.NONE, GRACE);

    assertFailed(look(TASK, note), FailureReason.GAVE_UP, "in 3 looks in a row");
  }

  @Test
  void retryAfter_isObeyed() {
    jobs.fail(
        new SoraException(
            Kind.THROTTLED, List.of(), Duration.ofMinutes(7), "GET /x returned 429", null));

    assertThat(look(TASK, LookNote.NONE).again().orElseThrow().delay())
        .isEqualTo(Duration.ofMinutes(7));
  }

  @Test
  void openCircuit_isCheckedAgainNotTooSoon() {
    jobs.fail(new CircuitBreakerOpenException("open"));

    LookAgain again = look(TASK, LookNote.NONE).again().orElseThrow();

    assertThat(again.why()).isEqualTo("service known to be down");
    assertThat(again.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    clock.set(CREATED.plus(DAY));
    assertFailed(look(TASK, again.note()), FailureReason.GAVE_UP, "was not sent");
  }

  @Test
  void errorOfTheProgram_keepsTheJobUntilItsDeadline() {
    jobs.fail(new IllegalStateException("a bug"));

    LookAgain again = look(TASK, LookNote.NONE).again().orElseThrow();

    assertThat(again.why()).isEqualTo("error");
    clock.set(CREATED.plus(DAY));
    assertFailed(look(TASK, again.note()), FailureReason.GAVE_UP, "a bug");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void noteFromAnywhere_breaksNoLook(Kind kind) {
    jobs.fail(sora(kind));
    LookNote note = Notes.of(999_999, Instant.MIN, Instant.MAX, "x");

    LookResult result = look(UNDATED, note);

    assertThat(result.outcomes()).hasSize(1);
    assertThat(result.looks()).isEqualTo(1_000_000);
  }

  @Test
  void impossibleTimes_areRefusedByName() {
    assertThatThrownBy(() -> courier(Configs.DEFAULTS.withDeadline(Duration.ZERO)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("courier.deadline is ");
    assertThatThrownBy(() -> courier(Configs.DEFAULTS.withGrace(Duration.ofSeconds(-1))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("courier.grace is ");
    assertThatThrownBy(
            () ->
                CourierSettingChecks.copies(
                        Configs.DEFAULTS,
                        new WaitingCourier.Content(Duration.ofDays(31)),
                        new MemoryVideoStore())
                    .forEach(Runnable::run))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("courier.content.grace is ");
  }

  @Test
  void copyThatOutlastsTheLook_isPutBackAndTheNextOneIsNotBegun() {
    VideoJob job =
        TestJobs.succeeded(TASK).finished(clock.instant()).generations("gen_1", "gen_2").job();
    jobs.answer(id -> job);
    copy.neverEnd("gen_1");

    LookResult result =
        courier(Configs.DEFAULTS.withTimeLimit(Duration.ofSeconds(1)))
            .look(TASK, LookNote.NONE, log);

    assertThat(result.outcomes()).isEmpty();
    assertThat(result.again()).get().extracting(LookAgain::why).isEqualTo("look took too long");
    assertThat(copy.asked()).containsExactly("gen_1");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private void succeededWithOneGenerationThatFails(CopyResult failure) {
    VideoJob job = TestJobs.succeeded(TASK).finished(clock.instant()).generations("gen_1").job();
    jobs.answer(id -> job);
    copy.fail("gen_1", failure);
  }

  private LookResult look(JobId id, LookNote note) {
    return courier(Configs.DEFAULTS).look(id, note, log);
  }

  private Courier courier(Configs config) {
    return WaitingCourier.of(jobs, copy, config, clock, new FixedRandom(0.5));
  }

  /**
   * Two looks that miss, and the time until the grace is over for the third. Until a moment before
   * that, there is another look after each.
   */
  private LookNote missing(JobId id, LookNote note, Duration grace) {
    LookNote once = look(id, note).again().orElseThrow().note();
    clock.advance(grace.minusSeconds(1));
    LookNote twice = look(id, once).again().orElseThrow().note();
    assertThat(look(id, twice).again()).as("three misses in less than the grace").isPresent();
    clock.advance(Duration.ofSeconds(1));
    assertThat(look(id, once).again()).as("two misses in all of the grace").isPresent();
    return twice;
  }

  private static SoraException sora(Kind kind) {
    Attempt attempt = new Attempt("GET /x", 400, "words");
    return new SoraException(kind, List.of(attempt), null, "GET /x returned " + kind, null);
  }

  private static Copied copied(String generationId, int number, int count) {
    return new Copied(
        TestJobs.generation(generationId),
        URI.create("https://acct.blob.core.windows.net/videos/" + generationId + ".mp4"),
        1000,
        "1B2M2Y8AsgTpgAmY7PhCfg==",
        number,
        count,
        ScriptedCopy.COPIED_AT,
        false);
  }

  private static void assertFailed(LookResult result, FailureReason reason, String words) {
    assertThat(result.again()).isEmpty();
    assertThat(result.outcomes()).hasSize(1);
    assertThat(result.outcomes().get(0))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.reason()).isEqualTo(reason);
              assertThat(failed.message()).contains(words);
            });
  }
}

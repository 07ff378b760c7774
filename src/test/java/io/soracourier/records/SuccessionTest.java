package io.soracourier.records;

import static io.soracourier.records.RecordState.COPIED;
import static io.soracourier.records.RecordState.COPYING;
import static io.soracourier.records.RecordState.FAILED;
import static io.soracourier.records.RecordState.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuccessionTest {
  private static final SomeNews FIRST = new SomeNews("m1", 1);
  private static final SomeNews SECOND = new SomeNews("m2", 100);

  private static JobRecord after(News first, News... more) {
    JobRecord job = NextRecord.first(first);
    for (News news : more) {
      job = Succession.after(job, news).orElse(job);
    }
    return job;
  }

  @Test
  void look_thatFoundItUnfinished_waits() {
    JobRecord job = after(FIRST.waits(1, 1, "queued", 5));

    assertThat(job.state()).isEqualTo(WAITING);
    assertThat(job.attempt()).isOne();
    assertThat(job.looks()).isOne();
    assertThat(job.nextLook()).isEqualTo(SomeNews.at(6));
    assertThat(job.service().status()).isEqualTo("queued");
    assertThat(job.correlationId()).isEqualTo("\"order-1\"");
  }

  @Test
  void job_isWaitedForCopiedAndOver() {
    JobRecord copying = after(FIRST.waits(1, 1, "queued", 5), FIRST.copying(2, 6, 10));
    assertThat(copying.state()).isEqualTo(COPYING);
    assertThat(copying.copy().bytes()).isEqualTo(10);
    assertThat(copying.service().status()).isEqualTo("queued");

    JobRecord over = after(copying(copying), FIRST.copied(2, 9, "video_1"));
    assertThat(over.state()).isEqualTo(COPIED);
    assertThat(over.copy()).isNull();
    assertThat(over.nextLook()).isNull();
    assertThat(over.videos()).extracting(RecordedVideo::generationId).containsExactly("video_1");
  }

  private static News copying(JobRecord any) {
    return FIRST.copying(any.looks(), 7, 20);
  }

  @Test
  void videosOfSeveralLooks_areAllThere() {
    JobRecord over = after(partly("a"), FIRST.copied(2, 9, "b"));

    assertThat(over.videos()).extracting(RecordedVideo::generationId).containsExactly("a", "b");
    assertThat(over.outcomes())
        .containsExactly("{\"generationId\":\"a\"}", "{\"generationId\":\"b\"}");
  }

  @Test
  void attemptAgain_beginsWithoutMessages() {
    JobRecord again = after(FIRST.failed(1, 1, "gave-up"), new SomeNews("m2", 20).enqueued(20));

    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.outcomes()).isEmpty();
  }

  private static News partly(String generation) {
    News.Looked one = FIRST.copied(1, 1, generation);
    return new News.Looked(
        one.id(),
        one.chain(),
        1,
        one.at(),
        SomeNews.at(6),
        one.service(),
        one.copied(),
        null,
        null,
        null,
        one.outcomes());
  }

  @Test
  void videoThatFailedAtAnEarlierLook_makesTheJobFailed() {
    JobRecord over = after(FIRST.failsInPart(1, 1, "too-large"), FIRST.copied(2, 9, "b"));

    assertThat(over.state()).isEqualTo(FAILED);
    assertThat(over.failure().reason()).isEqualTo("too-large");
    assertThat(over.videos()).hasSize(1);
  }

  @Test
  void lateProgressOfACopy_doesNotUndoItsEnd() {
    JobRecord over = after(FIRST.waits(1, 1, "queued", 5), FIRST.copied(2, 9, "video_1"));

    assertThat(Succession.after(over, FIRST.copying(2, 8, 10))).isEmpty();
    assertThat(Succession.after(over, FIRST.waits(2, 8, "queued", 5))).isEmpty();
  }

  @Test
  void lateProgressOfALookThatPutTheJobBack_isDropped() {
    JobRecord waits = after(FIRST.copying(1, 2, 10), FIRST.waits(1, 3, "completed", 5));

    assertThat(waits.state()).isEqualTo(WAITING);
    assertThat(Succession.after(waits, FIRST.copying(1, 2, 50))).isEmpty();
  }

  @Test
  void lookOfEarlierNumber_isDropped() {
    JobRecord third = after(FIRST.waits(3, 30, "in_progress", 5));

    assertThat(Succession.after(third, FIRST.waits(2, 20, "queued", 5))).isEmpty();
    assertThat(Succession.after(third, FIRST.copied(2, 31, "video_1")))
        .get()
        .extracting(JobRecord::state)
        .isEqualTo(COPIED);
  }

  @Test
  void jobEnqueuedAgainAfterItsEnd_isAnotherAttemptThatKeepsTheFirst() {
    JobRecord over = after(FIRST.failed(1, 1, "gave-up"));

    JobRecord again = after(FIRST.failed(1, 1, "gave-up"), SECOND.enqueued(100));
    assertThat(again.state()).isEqualTo(WAITING);
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.failure()).isNull();
    assertThat(again.seen()).isEqualTo(over.seen());
    assertThat(again.earlier())
        .containsExactly(new PastAttempt(1, FAILED, "gave-up", over.changed()));
    assertThat(Succession.after(again, FIRST.copied(1, 101, "video_1"))).isEmpty();
  }

  @Test
  void firstLookOfAJobThatACallEnqueued_isOfTheSameAttempt() {
    SomeNews looks = new SomeNews("m2", 103);
    JobRecord job =
        after(
            FIRST.failed(1, 1, "gave-up"),
            SECOND.enqueued(100),
            looks.waits(1, 103, "queued", 5),
            looks.copied(2, 108, "video_1"));

    assertThat(job.attempt()).isEqualTo(2);
    assertThat(job.state()).isEqualTo(COPIED);
    assertThat(job.chain()).isEqualTo(looks.chain());
  }

  @Test
  void firstLookByAClockThatIsBehind_isOfTheSameAttemptAlsoWithoutAMessageId() {
    for (String message : new String[] {"m2", null}) {
      SomeNews looks = new SomeNews("m2", 90);
      JobRecord job =
          after(new SomeNews(message, 100).enqueued(100), looks.waits(1, 103, "queued", 5));

      assertThat(job.looks()).isOne();
      assertThat(job.chain()).isEqualTo(looks.chain());
    }
  }

  @Test
  void callWhoseRecordComesAfterTheEnd_changesNothing() {
    JobRecord over = after(new SomeNews("m2", 101).copied(1, 101, "video_1"));

    assertThat(Succession.after(over, SECOND.enqueued(100))).isEmpty();
  }

  @Test
  void messageThatIsDeliveredAgainAfterItsEnd_isNoOtherAttempt() {
    JobRecord over = after(FIRST.copied(1, 1, "video_1"));
    SomeNews again = new SomeNews("m1", 60);

    assertThat(Succession.after(over, again.waits(1, 60, "queued", 5))).isEmpty();
    assertThat(Succession.after(over, again.copied(1, 60, "video_1"))).isEmpty();
    assertThat(Succession.after(over, again.failed(1, 60, "gave-up"))).isEmpty();
  }

  @Test
  void messageDeliveredAgain_mayStillBeCopied() {
    JobRecord over = after(FIRST.failed(1, 1, "gave-up"));

    assertThat(Succession.after(over, new SomeNews("m1", 60).copied(1, 60, "video_1")))
        .get()
        .returns(COPIED, JobRecord::state)
        .returns(1, JobRecord::attempt)
        .returns(null, JobRecord::failure);
  }

  @Test
  void jobEnqueuedTwice_isOneAttempt() {
    SomeNews twin = new SomeNews("m2", 3);
    JobRecord job =
        after(
            FIRST.waits(1, 1, "queued", 5),
            twin.waits(1, 3, "queued", 5),
            FIRST.waits(2, 6, "queued", 5),
            twin.waits(2, 8, "queued", 5),
            FIRST.copied(3, 11, "video_1"),
            twin.copied(3, 13, "video_1"));

    assertThat(job.attempt()).isOne();
    assertThat(job.state()).isEqualTo(COPIED);
    assertThat(job.changed()).isEqualTo(SomeNews.at(11));
  }

  @Test
  void jobThatNobodyLooksAt_isOverdueAndMayBeEnqueuedAgain() {
    JobRecord job = after(FIRST.waits(1, 1, "queued", 5));

    assertThat(job.isOverdue(SomeNews.at(306))).isFalse();
    assertThat(job.isOverdue(SomeNews.at(307))).isTrue();
    assertThat(after(FIRST.waits(1, 1, "queued", 5), new SomeNews("m2", 400).enqueued(400)))
        .returns(2, JobRecord::attempt)
        .extracting(one -> one.earlier().get(0).state())
        .isEqualTo(WAITING);
  }

  @Test
  void attemptWhoseBeginningWasNotRecorded_isRecordedFromItsNextLook() {
    JobRecord over = after(FIRST.failed(1, 1, "gave-up"));

    assertThat(Succession.after(over, SECOND.waits(4, 130, "queued", 5)))
        .get()
        .returns(2, JobRecord::attempt)
        .returns(4, JobRecord::looks);
  }

  @Test
  void jobFromBeforeTheRecords_appearsWithItsNextLook() {
    assertThat(after(FIRST.waits(7, 300, "queued", 5)))
        .returns(7, JobRecord::looks)
        .returns(1, JobRecord::attempt);
  }

  @Test
  void jobThatWaitsAsBefore_isUnchangedForAMinute() {
    JobRecord before = after(FIRST.waits(1, 1, "queued", 5));

    assertThat(unchanged(before, FIRST.waits(2, 6, "queued", 20))).isTrue();
    assertThat(unchanged(before, FIRST.waits(2, 6, "in_progress", 20))).isFalse();
    assertThat(unchanged(before, FIRST.waits(2, 61, "queued", 20))).isFalse();
    assertThat(unchanged(before, FIRST.copied(2, 6, "a"))).isFalse();
  }

  @Test
  void jobThatIsToWaitForLong_isWrittenLestItLookOverdue() {
    JobRecord before = after(FIRST.waits(1, 1, "queued", 5));

    assertThat(unchanged(before, FIRST.waits(2, 6, "queued", 3600))).isFalse();
  }

  private static boolean unchanged(JobRecord before, News news) {
    return Succession.isUnchanged(before, Succession.after(before, news).orElseThrow());
  }
}

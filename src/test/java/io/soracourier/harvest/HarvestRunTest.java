package io.soracourier.harvest;

import static io.soracourier.harvest.HarvestBench.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.sora.JobState;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.storage.MemoryRows;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageFailures;
import io.soracourier.storage.VideoRef;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HarvestRunTest {
  private final HarvestBench bench = new HarvestBench();

  @Test
  void missingJobs_areEnqueuedMostUrgentFirstAndOnce() {
    bench.missing("video_late", 10, 600);
    bench.missing("video_urgent", 20, 30);
    bench.missing("video_next", 5, 60);
    bench.server.add("video_young", JobState.UNFINISHED, NOW.minusSeconds(10), null);
    bench.server.add("video_old", JobState.SUCCEEDED, NOW.minusSeconds(900), null);
    bench.missing("video_stored", 10, 600);
    bench.store("video_stored");
    bench.server.add("video_failed", JobState.FAILED, NOW, null);
    bench.server.add("video_gone", JobState.SUCCEEDED, NOW.minusSeconds(90_000), NOW);

    HarvestSummary first = bench.run();
    HarvestSummary second = bench.run();

    assertThat(bench.queue)
        .containsExactly("video_urgent", "video_next", "video_late", "video_old", "video_young");
    assertThat(first.listed()).isEqualTo(8);
    assertThat(first.stored()).isOne();
    assertThat(first.failed()).isOne();
    assertThat(first.skipped()).isOne();
    assertThat(first.enqueued()).isEqualTo(5);
    assertThat(first.oldest()).isEqualTo(NOW.minusSeconds(1200));
    assertThat(first.expires()).isEqualTo(NOW.plusSeconds(1800));
    assertThat(first.complete()).isTrue();
    assertThat(second.enqueued()).isZero();
    assertThat(second.waiting()).isEqualTo(5);
    assertThat(second.expires()).isEqualTo(NOW.plusSeconds(1800));
  }

  @Test
  void jobThatNobodyLooksAt_isEnqueuedAgainEachTimeLater() {
    bench.missing("video_1", 10, 6000);

    bench.run();
    int runs = 0;
    for (; runs < 50; runs++) {
      bench.runLater();
    }

    // After 5, 10, 20, 40, 80 and 160 minutes, rounded up to a run, in five hours.
    assertThat(bench.queue).hasSize(6).containsOnly("video_1");
  }

  @Test
  void jobOfAnotherMetadata_isEnqueuedForALookToJudge() {
    bench.missing("video_1", 10, 600);
    bench.missing("video_2", 10, 600);
    bench.videos.put(new VideoRef("video_1", "video_1"), new byte[] {1}, "x", "video_9", "video_1");
    bench.videos.put(new VideoRef("video_2", "video_2"), new byte[] {1}, "x", null, null);

    bench.run();

    assertThat(bench.queue).containsExactlyInAnyOrder("video_1", "video_2");
  }

  @Test
  void storedJobWithoutARecord_isRequestedFromTheStoreOnceAProcess() {
    bench.missing("video_1", 10, 600);
    bench.store("video_1");
    bench.run();
    bench.videos.failFind(StorageFailures.unavailable());

    HarvestSummary second = bench.run();

    assertThat(second.problem()).isNull();
    assertThat(second.stored()).isOne();
  }

  @Test
  void newestFirst_endsAtThePageOfNothingButExpiredJobs() {
    bench.server.orderIgnored = true;
    IntStream.range(0, 1000)
        .forEach(
            i ->
                bench.server.add(
                    "video_" + i,
                    JobState.SUCCEEDED,
                    NOW.minusSeconds(200_000 - 10L * i),
                    NOW.minusSeconds(200_000 - 10L * i - 192_500)));

    HarvestSummary run = bench.run();

    assertThat(bench.queue).hasSize(249);
    assertThat(run.requests()).isEqualTo(4);
    assertThat(run.complete()).isTrue();
  }

  @Test
  void oldestFirst_isReadPastExpiredJobs() {
    IntStream.range(0, 250)
        .forEach(
            i ->
                bench.server.add(
                    "video_x" + i, JobState.SUCCEEDED, NOW.minusSeconds(900 - i), NOW));
    bench.missing("video_1", 1, 60);

    bench.run();

    assertThat(bench.queue).containsExactly("video_1");
  }

  @Test
  void listThatFailsInTheMiddle_isReadOnByTheNextRun() {
    IntStream.range(0, 450).forEach(i -> bench.missing("video_" + i, 450 - i, 600));
    bench.server.before =
        page -> {
          if (page == 3) {
            throw ListedServer.refusal(Kind.UNAVAILABLE, 503);
          }
        };

    HarvestSummary first = bench.run();
    HarvestSummary second = bench.run();

    assertThat(first.enqueued()).isEqualTo(200);
    assertThat(first.problem()).contains("503");
    assertThat(first.complete()).isFalse();
    assertThat(second.listed()).isEqualTo(250);
    assertThat(second.enqueued()).isEqualTo(250);
    assertThat(bench.queue).hasSize(450).doesNotHaveDuplicates();
  }

  @Test
  void serverWithoutAList_isReportedOnceAndRequestedOnceAnHour() {
    bench.server.before =
        page -> {
          throw ListedServer.refusal(Kind.NOT_FOUND, 404);
        };

    var first = bench.tryRun().orElseThrow();
    var second = bench.tryRun().orElseThrow();
    int asked = bench.server.queries.size();
    bench.clock.advance(Duration.ofHours(1));
    bench.run();

    assertThat(first.warning()).contains("has no list of jobs", "404");
    assertThat(second.warning()).isNull();
    assertThat(second.summary().problem()).contains("has no list of jobs");
    assertThat(asked).isEqualTo(3);
    assertThat(bench.server.queries).hasSize(6);
  }

  @Test
  void recordsThatCannotBeRead_enqueueNothingAndRequestNothing() {
    bench.missing("video_1", 10, 600);
    bench.rows.fail(MemoryRows.failure(StorageException.Kind.DENIED));

    var report = bench.tryRun().orElseThrow();

    assertThat(bench.queue).isEmpty();
    assertThat(bench.server.queries).isEmpty();
    assertThat(report.warning()).contains("the table said DENIED");
    assertThat(report.denied()).isFalse();
  }

  @Test
  void recordsThatCannotBeWritten_enqueueNothing() {
    bench.missing("video_1", 10, 600);
    bench.server.before = page -> bench.rows.beforeNextChange(HarvestRunTest::readOnly);

    HarvestSummary run = bench.run();

    assertThat(bench.queue).isEmpty();
    assertThat(run.left()).isOne();
    assertThat(run.problem()).contains("DENIED");
  }

  private static void readOnly() {
    throw MemoryRows.failure(StorageException.Kind.DENIED);
  }

  @Test
  void queueThatIsDown_leavesTheRestToLaterRuns() {
    IntStream.range(0, 5).forEach(i -> bench.missing("video_" + i, 10, 60 + i));
    HarvestQueue up = bench.sending;
    bench.sending =
        id -> {
          if (bench.queue.size() == 2) {
            throw StorageFailures.unavailable();
          }
          up.enqueue(id);
        };

    HarvestSummary first = bench.run();
    bench.sending = up;
    bench.deliver();
    bench.runLater();

    assertThat(first.enqueued()).isEqualTo(2);
    assertThat(first.left()).isEqualTo(3);
    assertThat(bench.queue).containsExactly("video_0", "video_1", "video_2", "video_3", "video_4");
  }

  @Test
  void storeThatIsDown_enqueuesNothingThatMayBeThere() {
    bench.missing("video_1", 10, 600);
    bench.videos.failFind(StorageFailures.unavailable());

    HarvestSummary run = bench.run();

    assertThat(bench.queue).isEmpty();
    assertThat(run.left()).isOne();
    assertThat(run.expires()).isEqualTo(NOW.plusSeconds(36_000));
  }

  @Test
  void secondRunBesideAnother_doesNothing() {
    bench.missing("video_1", 10, 600);
    assertThat(bench.kept().lease("another", NOW)).isTrue();

    assertThat(bench.tryRun()).isEmpty();
    assertThat(bench.kept().runningUntil(NOW)).isPresent();
    bench.clock.advance(HarvestRows.LEASE.plusSeconds(1));
    assertThat(bench.tryRun()).isPresent();
    assertThat(bench.kept().runningUntil(bench.clock.instant())).isEmpty();
  }

  @Test
  void leaseThatIsNotGivenBackAtOnce_isGivenBackByAnotherAttempt() {
    Runnable refuse =
        () -> {
          throw MemoryRows.failure(StorageException.Kind.TRANSIENT);
        };
    Runnable atTheRelease = () -> bench.rows.beforeNextChange(refuse);
    bench.rows.beforeNextChange(() -> bench.rows.beforeNextChange(refuse));
    bench.run();
    assertThat(bench.kept().runningUntil(NOW)).as("after a lost summary").isEmpty();

    bench.rows.beforeNextChange(() -> bench.rows.beforeNextChange(atTheRelease));
    bench.run();

    assertThat(bench.kept().runningUntil(NOW)).as("after a refused release").isEmpty();
  }

  @Test
  void runThatLostItsTurn_leavesWhatItReadToTheOther() {
    IntStream.range(0, 150).forEach(i -> bench.missing("video_" + i, 200 - i, 600));
    bench.server.before =
        page -> {
          if (page == 2) {
            bench.clock.advance(HarvestRows.LEASE.minusSeconds(70));
            assertThat(bench.kept().lease("another", bench.clock.instant().plusSeconds(71)))
                .isTrue();
          }
        };

    HarvestSummary run = bench.run();

    assertThat(bench.queue).isEmpty();
    assertThat(run.left()).isEqualTo(150);
  }

  @Test
  void jobThatIsEnqueuedMeanwhile_isNotEnqueuedAgain() {
    bench.missing("video_1", 10, 600);
    bench.server.before = page -> bench.records().waits("video_1", NOW, NOW.plusSeconds(60));

    HarvestSummary run = bench.run();

    assertThat(bench.queue).isEmpty();
    assertThat(run.waiting()).isOne();
  }

  @Test
  void lastRuns_areKeptAndOlderOnesRemoved() {
    bench.missing("video_1", 10, 600);
    for (int i = 0; i < HarvestRows.KEPT_RUNS + 5; i++) {
      bench.runLater();
    }

    List<HarvestSummary> runs = bench.kept().runs();

    assertThat(runs).hasSize(HarvestRows.KEPT_RUNS);
    assertThat(runs.get(0).began()).isEqualTo(bench.clock.instant());
    assertThat(runs.get(0).listed()).isOne();
    assertThat(bench.rows.page("harvest", "run-", "run.", 1000).rows())
        .hasSize(HarvestRows.KEPT_RUNS);
  }

  @Test
  void rowsThatMakeNoSense_areAsGoodAsMissing() {
    bench.missing("video_1", 10, 600);
    bench.rows.insert("harvest", "lease", java.util.Map.of("until", "never", "owner", 7));
    bench.rows.insert("harvest", "cursor-videos", java.util.Map.of("after", 5));
    bench.rows.insert("harvest", "run-x", java.util.Map.of("began", true));

    bench.run();

    assertThat(bench.queue).containsExactly("video_1");
    assertThat(bench.kept().runs()).hasSize(1);
  }

  @Test
  void jobsOlderThanTheNewestRecords_areLookedUpOneByOne() {
    bench.missing("video_old", 10_000, 600);
    bench.records().ended("video_old", NOW.minusSeconds(500_000), null);
    IntStream.range(0, 10_001)
        .forEach(i -> bench.records().ended("task_" + i, NOW.minusSeconds(400_000 - i), null));

    HarvestSummary run = bench.run();

    assertThat(bench.queue).isEmpty();
    assertThat(run.stored()).isOne();
  }
}

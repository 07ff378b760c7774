package io.soracourier.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.lifecycle.TimeLimits;
import io.soracourier.simulator.MutableClock;
import io.soracourier.storage.JobsConfig;
import io.soracourier.storage.MemoryRows;
import io.soracourier.storage.StorageException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobRecordsTest {
  private static final SomeNews NEWS = new SomeNews("m1", 1);

  private final MemoryRows rows = new MemoryRows();
  private final MutableClock clock = MutableClock.at(SomeNews.START);
  private final JobTable table = new JobTable(rows);
  private final Config config = new Config(Duration.ofSeconds(30));
  private final JobRecords records = records(table);

  /** Those of other processes. */
  private final JobRecords other = records();

  private final JobRecords third = records();

  private JobRecords records() {
    return records(new JobTable(rows));
  }

  private JobRecords records(JobTable of) {
    return records(of, config);
  }

  private JobRecords records(JobTable of, Config config) {
    RecordTime time = new RecordTime(new TimeLimits(), config);
    Preparations preparations = new Preparations(of, time);
    return new JobRecords(of, new OldRecords(of, config, clock), rows, time, preparations, clock);
  }

  @AfterEach
  void close() {
    Stream.of(records, other, third).forEach(JobRecords::close);
  }

  @Test
  void news_isRecordedWithoutAWord() {
    assertThat(records.write(NEWS.waits(1, 1, "queued", 5))).isEmpty();

    assertThat(table.find(SomeNews.JOB)).isPresent();
  }

  @Test
  void tableThatFails_isSaidOnceAMinute() {
    rows.fail(MemoryRows.failure(Kind.DENIED));

    assertThat(records.write(NEWS.waits(1, 1, "queued", 5))).contains("the table said DENIED");
    assertThat(records.write(NEWS.waits(2, 6, "queued", 5))).isEmpty();
    clock.advance(Duration.ofSeconds(59));
    assertThat(records.write(NEWS.waits(3, 60, "queued", 5))).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(records.write(NEWS.waits(4, 61, "queued", 5))).contains("the table said DENIED");
  }

  @Test
  void tableThatDoesNotRespond_holdsUpNobodyForLong() {
    CountDownLatch never = new CountDownLatch(1);
    rows.beforeNextChange(
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });

    JobRecords impatient = records(table, new Config(Duration.ofMillis(100)));
    assertThat(impatient.write(NEWS.waits(1, 1, "queued", 5)))
        .contains("the table took longer than courier.jobs.timeout, 100 ms");
    impatient.close();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void preparedNews_isOneMoreRequestForNewAndForKnownJobs() {
    Preparation first = prepare(records, 1);
    assertThat(requests()).containsExactly("insert id");
    records.write(NEWS.waits(1, 1, "queued", 5), first);
    assertThat(requests()).containsExactly("insert id", "insert job");
    rows.requests().clear();

    Preparation later = prepare(other, 2);
    assertThat(requests()).containsExactly("find id", "find job");
    other.write(NEWS.waits(2, 6, "in_progress", 5), later);

    assertThat(requests()).containsExactly("find id", "find job", "replace job");
    assertThat(table.find(SomeNews.JOB).orElseThrow().looks()).isEqualTo(2);
  }

  @Test
  void newsOfAJobThatThisProcessKnows_needsNoPreparation() {
    records.write(NEWS.waits(1, 1, "queued", 5));
    rows.requests().clear();

    prepare(records, 2);
    assertThat(requests()).isEmpty();
  }

  @Test
  void newsThatOthersRecordedMeanwhile_isFollowedByThisOne() {
    Preparation first = prepare(records, 1);
    other.write(NEWS.waits(1, 1, "queued", 5));
    assertThat(records.write(NEWS.waits(2, 6, "in_progress", 5), first)).isEmpty();

    Preparation later = prepare(third, 3);
    other.write(NEWS.waits(3, 16, "in_progress", 5));
    assertThat(third.write(NEWS.copied(4, 26, "video_1"), later)).isEmpty();

    assertThat(table.find(SomeNews.JOB).orElseThrow().state()).isEqualTo(RecordState.COPIED);
    assertThat(table.find(SomeNews.JOB).orElseThrow().looks()).isEqualTo(4);
  }

  /** It may be long ago when the look ends. */
  @Test
  void preparationThatFailed_failsNoWrite() {
    rows.fail(MemoryRows.failure(Kind.TRANSIENT));
    Preparation failed = prepare(records, 1);
    rows.fail(null);

    assertThat(records.write(NEWS.waits(1, 1, "queued", 5), failed)).isEmpty();
    assertThat(table.find(SomeNews.JOB)).isPresent();
  }

  @Test
  void tableThatFailedLast_isAskedForNothingThatMayBeInVain() {
    rows.fail(MemoryRows.failure(Kind.TRANSIENT));
    records.write(NEWS.waits(1, 1, "queued", 5));
    rows.requests().clear();

    prepare(records, 1);
    assertThat(rows.requests()).isEmpty();

    rows.fail(null);
    records.write(NEWS.waits(2, 6, "queued", 5));
    rows.requests().clear();
    records.prepare("other", 1, SomeNews.START).result();
    assertThat(requests()).containsExactly("insert id");
  }

  /** What is requested beside the look is requested by now. */
  private static Preparation prepare(JobRecords of, int look) {
    Preparation begun = of.prepare(SomeNews.JOB, look, SomeNews.START);
    begun.result();
    return begun;
  }

  /** Without those for old records, which come when they come. */
  private List<String> requests() {
    return rows.requests().stream().filter(request -> !request.startsWith("page")).toList();
  }

  @Test
  void progressOfACopy_isRecordedByAnotherThread() throws InterruptedException {
    records.write(NEWS.waits(1, 1, "queued", 5));
    CountDownLatch written = new CountDownLatch(1);
    rows.beforeNextChange(
        () -> {
          assertThat(Thread.currentThread().getName()).startsWith("job-records-");
          written.countDown();
        });

    records.writeLater(NEWS.copying(2, 6, 10));

    assertThat(written.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private record Config(Duration timeout) implements JobsConfig {
    @Override
    public Optional<String> table() {
      return Optional.of("jobs");
    }

    @Override
    public Duration keep() {
      return Duration.ofDays(30);
    }
  }
}

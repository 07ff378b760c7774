package io.soracourier.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.lifecycle.TimeLimits;
import io.soracourier.simulator.MutableClock;
import io.soracourier.storage.JobsConfig;
import io.soracourier.storage.MemoryRows;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobRecordsTest {
  private static final SomeNews NEWS = new SomeNews("m1", 1);

  private final MemoryRows rows = new MemoryRows();
  private final MutableClock clock = MutableClock.at(SomeNews.START);
  private final JobTable table = new JobTable(rows);
  private final Config config = new Config(Duration.ofMillis(300));
  private final RecordTime time = new RecordTime(new TimeLimits(), config);
  private final JobRecords records = records(table);

  private JobRecords records(JobTable of) {
    return new JobRecords(of, new OldRecords(of, config, clock), rows, time, clock);
  }

  @AfterEach
  void close() {
    records.close();
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

    assertThat(records.write(NEWS.waits(1, 1, "queued", 5)))
        .contains("the table took longer than courier.jobs.timeout, 300 ms");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void preparedNews_isOneMoreRequestForNewAndForKnownJobs() {
    Preparation first = prepared(table, 1);
    assertThat(requests()).containsExactly("insert id");
    records(table).write(NEWS.waits(1, 1, "queued", 5), first);
    assertThat(requests()).containsExactly("insert id", "insert job");
    rows.requests().clear();

    JobTable other = new JobTable(rows);
    Preparation later = prepared(other, 2);
    assertThat(requests()).containsExactly("find id", "find job");
    records(other).write(NEWS.waits(2, 6, "in_progress", 5), later);

    assertThat(requests()).containsExactly("find id", "find job", "replace job");
    assertThat(table.find(SomeNews.JOB).orElseThrow().looks()).isEqualTo(2);
  }

  @Test
  void newsOfAJobThatThisProcessKnows_needsNoPreparation() {
    records.write(NEWS.waits(1, 1, "queued", 5));
    rows.requests().clear();

    prepared(table, 2);
    assertThat(requests()).isEmpty();
  }

  @Test
  void preparationThatFails_isTheFailureOfTheWrite() {
    rows.fail(MemoryRows.failure(Kind.DENIED));

    assertThat(records.write(NEWS.waits(1, 1, "queued", 5), prepared(table, 1)))
        .contains("the table said DENIED");
    assertThat(rows.requests()).containsExactly("insert id");
  }

  /** What is requested beside the look is requested by now. */
  private Preparation prepared(JobTable of, int look) {
    Preparations preparations = new Preparations(of, rows, time);
    Preparation begun = preparations.begin(SomeNews.JOB, look, SomeNews.START);
    try {
      begun.then(() -> {});
    } catch (StorageException failed) {
      // The write fails with it.
    }
    preparations.close();
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
          assertThat(Thread.currentThread().getName()).isEqualTo("job-records");
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

package io.soracourier.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.storage.MemoryRows;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobTableTest {
  private static final SomeNews NEWS = new SomeNews("m1", 1);

  private final MemoryRows rows = new MemoryRows();
  private final JobTable table = new JobTable(rows);

  private JobRecord job() {
    return new JobTable(rows).find(SomeNews.JOB).orElseThrow();
  }

  @Test
  void newJob_costsTwoRequests() {
    table.write(NEWS.waits(1, 1, "queued", 5), Preparation.NONE);

    assertThat(rows.requests()).containsExactly("insert id", "insert job");
    assertThat(job().service().status()).isEqualTo("queued");
  }

  @Test
  void changeOfAJobThatThisProcessWrote_costsOneRequest() {
    table.write(NEWS.waits(1, 1, "queued", 5), Preparation.NONE);
    rows.requests().clear();

    table.write(NEWS.waits(2, 6, "in_progress", 5), Preparation.NONE);

    assertThat(rows.requests()).containsExactly("replace job");
    assertThat(job().looks()).isEqualTo(2);
  }

  @Test
  void jobThatWaitsAsBefore_costsNothingForAMinute() {
    table.write(NEWS.waits(1, 1, "queued", 5), Preparation.NONE);
    rows.requests().clear();

    table.write(NEWS.waits(2, 6, "queued", 10), Preparation.NONE);
    table.write(NEWS.waits(3, 16, "queued", 20), Preparation.NONE);
    assertThat(rows.requests()).isEmpty();

    table.write(NEWS.waits(4, 61, "queued", 40), Preparation.NONE);
    assertThat(rows.requests()).containsExactly("replace job");
    assertThat(job().looks()).isEqualTo(4);
  }

  @Test
  void jobThatAnotherProcessWrote_isReadFirst() {
    table.write(NEWS.waits(1, 1, "queued", 5), Preparation.NONE);
    rows.requests().clear();

    new JobTable(rows).write(NEWS.waits(2, 6, "in_progress", 5), Preparation.NONE);

    assertThat(rows.requests()).containsExactly("find id", "find job", "replace job");
    assertThat(job().looks()).isEqualTo(2);
  }

  @Test
  void writeThatWasOvertaken_doesNotUndoWhatCameFirst() {
    table.write(NEWS.waits(1, 1, "queued", 5), Preparation.NONE);
    rows.beforeNextChange(
        () -> new JobTable(rows).write(NEWS.copied(2, 7, "video_1"), Preparation.NONE));

    table.write(NEWS.copying(2, 6, 10), Preparation.NONE);

    assertThat(job().state()).isEqualTo(RecordState.COPIED);
  }

  @Test
  void twoThatMakeTheSameRecord_makeOne() {
    rows.beforeNextChange(
        () -> new JobTable(rows).write(NEWS.waits(1, 1, "queued", 5), Preparation.NONE));

    table.write(NEWS.waits(1, 1, "in_progress", 5), Preparation.NONE);

    assertThat(rows.page(RecordKeys.BY_TIME, null, null, 10).rows()).hasSize(1);
  }

  @Test
  void recordWhoseSecondRowIsMissing_isMadeAnew() {
    table.write(NEWS.waits(1, 1, "queued", 5), Preparation.NONE);
    var row = rows.page(RecordKeys.BY_TIME, null, null, 10).rows().get(0);
    rows.delete(RecordKeys.BY_TIME, row.key());

    table.write(NEWS.copied(2, 9, "video_1"), Preparation.NONE);

    assertThat(job().state()).isEqualTo(RecordState.COPIED);
  }

  @Test
  void rowThatCannotBeRead_isReplaced() {
    table.write(NEWS.waits(1, 1, "queued", 5), Preparation.NONE);
    var row = rows.page(RecordKeys.BY_TIME, null, null, 10).rows().get(0);
    rows.replace(RecordKeys.BY_TIME, row.key(), Map.of("state", 7L, "seen", true), row.version());
    assertThat(new JobTable(rows).find(SomeNews.JOB)).isEmpty();

    table.write(NEWS.copied(2, 9, "video_1"), Preparation.NONE);

    assertThat(job().state()).isEqualTo(RecordState.COPIED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"TRANSIENT", "FOREIGN", "DENIED", "REJECTED"})
  void tableThatFails_isNotCalledTwice(Kind kind) {
    rows.fail(MemoryRows.failure(kind));

    assertThatThrownBy(() -> table.write(NEWS.waits(1, 1, "queued", 5), Preparation.NONE))
        .isInstanceOf(StorageException.class);
    assertThat(rows.requests()).hasSize(1);
  }

  @Test
  void invalidMessage_isRecordedOnce() {
    JobRecord record = NextRecord.first(NEWS.failed(0, 1, "invalid-message"));
    String id = "C87757EB-0000-4000-8000-000000000000";

    table.writeInvalid(id, record);
    table.writeInvalid(id, record);

    assertThat(rows.page(RecordKeys.BY_TIME, null, null, 10).rows()).hasSize(1);
  }

  /** However the writes of a job's history are mixed, its end stands, and no attempt is undone. */
  @Test
  void historiesInAnyOrder_endAsTheyEnded() {
    for (int seed = 0; seed < 500; seed++) {
      MemoryRows some = new MemoryRows();
      SomeNews first = new SomeNews("m1", 1);
      SomeNews second = new SomeNews("m2", 1000);
      List<News> one =
          List.of(
              first.waits(1, 1, "queued", 5),
              first.waits(2, 6, "in_progress", 5),
              first.copying(3, 12, 10),
              first.copying(3, 14, 60),
              first.copied(3, 15, "video_1"));
      List<News> two =
          List.of(
              second.enqueued(1000),
              second.waits(1, 1000, "completed", 5),
              second.copying(2, 1006, 10),
              second.failed(2, 1010, "storage-denied"));
      Random random = new Random(seed);
      write(some, mixed(one, random), random);
      assertThat(new JobTable(some).find(SomeNews.JOB))
          .as("seed %d", seed)
          .get()
          .returns(RecordState.COPIED, JobRecord::state)
          .returns(1, JobRecord::attempt);

      List<News> late = new ArrayList<>(two);
      late.addAll(one);
      List<News> order = mixed(late, random);
      order.remove(two.get(0));
      order.add(0, two.get(0));
      write(some, order, random);
      assertThat(new JobTable(some).find(SomeNews.JOB))
          .as("seed %d", seed)
          .get()
          .returns(RecordState.FAILED, JobRecord::state)
          .returns(2, JobRecord::attempt);
    }
  }

  private static List<News> mixed(List<News> news, Random random) {
    List<News> mixed = new ArrayList<>(news);
    Collections.shuffle(mixed, random);
    return mixed;
  }

  /** By three processes, each with what it knows. */
  private static void write(MemoryRows rows, List<News> news, Random random) {
    List<JobTable> processes = List.of(new JobTable(rows), new JobTable(rows), new JobTable(rows));
    for (News one : news) {
      processes.get(random.nextInt(3)).write(one, Preparation.NONE);
    }
  }
}

package io.soracourier.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.records.JobRecord.Chain;
import io.soracourier.records.News.Looked;
import io.soracourier.records.RecordSearch.Listed;
import io.soracourier.storage.JobsConfig;
import io.soracourier.storage.MemoryRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordSearchTest {
  private final MemoryRows rows = new MemoryRows();
  private final JobTable table = new JobTable(rows);
  private final RecordSearch search = new RecordSearch(table);

  /** Each a second after the one before; every third waits, the others are copied. */
  private void jobs(int count) {
    for (int i = 0; i < count; i++) {
      Instant at = SomeNews.at(i);
      table.write(
          new Looked(
              "video_" + i,
              new Chain("m" + i, at),
              1,
              at,
              i % 3 == 0 ? at.plusSeconds(5) : null,
              null,
              List.of(),
              null,
              null,
              null,
              List.of()),
          Preparation.NONE);
    }
    rows.requests().clear();
  }

  private static List<String> ids(Listed listed) {
    return listed.jobs().stream().map(JobRecord::id).toList();
  }

  @Test
  void newestJobs_comeFirstInOneRequest() {
    jobs(250);

    Listed newest = search.newest(100, null);

    assertThat(rows.requests()).containsExactly("page job");
    assertThat(ids(newest)).hasSize(100).startsWith("video_249", "video_248");
    assertThat(newest.complete()).isTrue();
  }

  @Test
  void pages_giveEachJobOnce() {
    jobs(25);

    Listed first = search.newest(10, null);
    Listed second = search.newest(10, first.next());
    Listed third = search.newest(10, second.next());

    assertThat(ids(second)).startsWith("video_14").hasSize(10);
    assertThat(ids(third)).containsExactly("video_4", "video_3", "video_2", "video_1", "video_0");
    assertThat(third.next()).isNull();
  }

  @Test
  void search_findsThoseOfAState() {
    jobs(30);

    Listed waiting = search.newest(job -> job.state() == RecordState.WAITING, 4, null);

    assertThat(ids(waiting)).containsExactly("video_27", "video_24", "video_21", "video_18");
    assertThat(ids(search.newest(job -> job.state() == RecordState.WAITING, 4, waiting.next())))
        .startsWith("video_15");
  }

  @Test
  void searchForWhatIsRare_endsAndSaysSo() {
    jobs(6_000);

    Listed none = search.newest(job -> job.state() == RecordState.FAILED, 10, null);

    assertThat(none.jobs()).isEmpty();
    assertThat(none.complete()).isFalse();
    assertThat(rows.requests()).hasSize(RecordSearch.MAX_PAGES);
    Listed rest = search.newest(job -> job.state() == RecordState.FAILED, 10, none.next());
    assertThat(rest.complete()).isTrue();
    assertThat(rest.next()).isNull();
  }

  @Test
  void oldRecords_areRemovedAndYoungOnesStay() {
    jobs(10);
    Clock later =
        Clock.fixed(SomeNews.at(0).plus(Duration.ofDays(30)).plusSeconds(5), ZoneOffset.UTC);

    int removed = new OldRecords(table, new Keeping(Duration.ofDays(30)), later).remove();

    assertThat(removed).isEqualTo(6);
    assertThat(ids(search.newest(100, null)))
        .containsExactly("video_9", "video_8", "video_7", "video_6");
    assertThat(search.find("video_0")).isEmpty();
    assertThat(rows.page(RecordKeys.BY_ID, null, null, 100).rows()).hasSize(4);
  }

  @Test
  void recordOfLongAgoThatWasChangedSince_isKept() {
    jobs(3);
    Instant now = SomeNews.at(0).plus(Duration.ofDays(40));
    table.write(
        new Looked(
            "video_1",
            new Chain("again", now),
            1,
            now,
            null,
            null,
            List.of(),
            null,
            null,
            null,
            List.of()),
        Preparation.NONE);

    new OldRecords(table, new Keeping(Duration.ofDays(30)), Clock.fixed(now, ZoneOffset.UTC))
        .remove();

    assertThat(ids(search.newest(100, null))).containsExactly("video_1");
  }

  private record Keeping(Duration keep) implements JobsConfig {
    @Override
    public Optional<String> table() {
      return Optional.of("jobs");
    }

    @Override
    public Duration timeout() {
      return Duration.ofMillis(500);
    }
  }
}

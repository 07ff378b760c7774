package io.soracourier.harvest;

import static io.soracourier.harvest.HarvestBench.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.harvest.Listing.End;
import io.soracourier.harvest.Listing.Position;
import io.soracourier.harvest.Listing.Result;
import io.soracourier.sora.JobState;
import io.soracourier.sora.JobsQuery;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.sora.VideoApis;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingTest {
  private final ListedServer server = new ListedServer();
  private final List<String> read = new ArrayList<>();

  private void jobs(int count) {
    IntStream.range(0, count).forEach(this::job);
  }

  private void job(int i) {
    server.add("video_" + i, JobState.SUCCEEDED, NOW.minusSeconds(100_000 - i), null);
  }

  private Result read() {
    return read(Position.BEGINNING);
  }

  private Result read(Position from) {
    read.clear();
    return new Listing(query -> server.page(VideoApis.VIDEOS, query), from, () -> true)
        .read(
            page -> {
              page.forEach(job -> read.add(job.id().value()));
              return true;
            });
  }

  @ParameterizedTest
  @CsvSource({
    "250, false, false, 100",
    "250, true, false, 100",
    "250, false, true, 100",
    "250, true, true, 7",
    "200, false, true, 100",
    "1, false, false, 100",
    "0, false, false, 100",
    "0, false, true, 100",
  })
  void everyJob_isReadOnce(int count, boolean orderIgnored, boolean withoutMore, int maxLimit) {
    jobs(count);
    server.orderIgnored = orderIgnored;
    server.withoutMore = withoutMore;
    server.maxLimit = maxLimit;

    Result result = read();

    assertThat(result.end()).isEqualTo(End.COMPLETE);
    assertThat(result.next()).isEqualTo(Position.BEGINNING);
    assertThat(read).hasSize(count).doesNotHaveDuplicates();
    assertThat(result.requests()).isEqualTo(server.queries.size());
  }

  @Test
  void pagesThatRepeatThoughThereIsMore_areNoticedAndEnd() {
    jobs(150);
    server.afterIgnored = true;
    server.moreAlways = true;

    Result result = read();

    assertThat(result.end()).isEqualTo(End.REPEATS);
    assertThat(read).hasSize(100).doesNotHaveDuplicates();
    assertThat(server.queries).hasSizeLessThan(6);
  }

  @Test
  void listThatIgnoresTheCursorAndSaysNothingOfMore_isReadOnce() {
    jobs(50);
    server.afterIgnored = true;
    server.withoutMore = true;

    assertThat(read().end()).isEqualTo(End.COMPLETE);
    assertThat(read).hasSize(50);
    assertThat(server.queries).hasSizeLessThan(6);
  }

  @Test
  void listThatNeverEnds_isCutShort() {
    server.maxLimit = 100;
    server.before = page -> IntStream.range(page * 200, page * 200 + 200).forEach(this::job);

    Result result = read();

    assertThat(result.end()).isEqualTo(End.CUT);
    assertThat(read).hasSize(Listing.MAX_JOBS);
    assertThat(result.next().after()).isEqualTo(read.get(read.size() - 1));
  }

  @Test
  void pageThatFails_isWhereTheNextRunGoesOn() {
    jobs(450);
    server.before =
        page -> {
          if (page == 3) {
            throw ListedServer.refusal(Kind.UNAVAILABLE, 503);
          }
        };

    Result first = read();
    List<String> before = List.copyOf(read);
    server.before = page -> {};
    Result second = read(first.next());

    assertThat(first.end()).isEqualTo(End.FAILED);
    assertThat(before).hasSize(200);
    assertThat(second.end()).isEqualTo(End.COMPLETE);
    assertThat(read).hasSize(250).doesNotContainAnyElementsOf(before);
  }

  @ParameterizedTest
  @CsvSource({"NOT_FOUND, 404", "REJECTED, 405", "UNREADABLE, 200", "UNAVAILABLE, 501"})
  void serverWithoutAList_isAskedWithFewerWishesAndThenKnown(Kind kind, int status) {
    server.before =
        page -> {
          throw ListedServer.refusal(kind, status);
        };

    Result result = read();

    assertThat(result.end()).isEqualTo(End.NO_LIST);
    assertThat(server.queries).hasSize(3).last().isEqualTo(new JobsQuery(null, 0, false));
  }

  @Test
  void wishesThatAreRefused_areLeftOutFromThenOn() {
    jobs(45);
    server.before =
        page -> {
          if (server.queries.get(page - 1).limit() > 20) {
            throw ListedServer.refusal(Kind.REJECTED, 400);
          }
        };

    assertThat(read().end()).isEqualTo(End.COMPLETE);
    assertThat(read).hasSize(45);
    assertThat(server.queries).extracting(JobsQuery::limit).containsExactly(100, 20, 20, 20);
  }

  @Test
  void keptCursorThatIsNotKnownAnyMore_isDropped() {
    jobs(30);
    server.unknownCursorTaken = false;

    Result result = read(new Position("video_gone", 1));

    assertThat(result.end()).isEqualTo(End.COMPLETE);
    assertThat(read).hasSize(30);
    assertThat(server.queries.get(0).after()).isEqualTo("video_gone");
    assertThat(server.queries.get(1).after()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, false", "true, true", "false, true"})
  void jobThatIsTheCursorAndIsDeleted_losesNoOther(boolean taken, boolean withoutMore) {
    jobs(250);
    server.unknownCursorTaken = taken;
    server.withoutMore = withoutMore;
    server.before =
        page -> {
          if (page == 2) {
            server.jobs.removeIf(job -> job.id().value().equals("video_99"));
          }
        };

    assertThat(read().end()).isEqualTo(End.COMPLETE);
    assertThat(read).hasSize(250).doesNotHaveDuplicates();
  }

  @Test
  void jobsThatComeWhileTheListIsRead_areReadToo() {
    jobs(150);
    server.before =
        page -> {
          if (page == 2) {
            job(150);
          }
        };

    read();

    assertThat(read).hasSize(151);
  }

  @Test
  void refusedKey_isNoMissingList() {
    server.before =
        page -> {
          throw ListedServer.refusal(Kind.DENIED, 401);
        };

    assertThat(read().end()).isEqualTo(End.FAILED);
    assertThat(server.queries).hasSize(1);
  }
}

package io.soracourier.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.soracourier.records.JobRecord.Chain;
import io.soracourier.records.JobRecord.Copy;
import io.soracourier.records.JobRecord.Failure;
import io.soracourier.records.JobRecord.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordColumnsTest {
  private static final JobRecord ALL =
      new JobRecord(
          "video_1",
          RecordState.COPYING,
          3,
          new Chain("m1", SomeNews.at(0)),
          SomeNews.at(1),
          SomeNews.at(2),
          new Service("in_progress", 42, SomeNews.at(3)),
          7,
          SomeNews.at(4),
          new Copy("video_1@1", 5_000_000_000L, 6_000_000_000L),
          List.of(
              new RecordedVideo(
                  "video_1",
                  "https://a/1.mp4",
                  5_000_000_000L,
                  "md5",
                  1280,
                  720,
                  4,
                  "https://a/1.thumbnail.webp",
                  "https://a/1.spritesheet.jpg"),
              new RecordedVideo(
                  "video_1@1", "https://a/2.mp4", 1, "md5", null, null, null, null, null)),
          new Failure("too-large", "it is \"too\" large\u2028"),
          new Trouble(Trouble.Source.STORAGE, "503", SomeNews.at(5)),
          "{\"a\":[1.50]}",
          List.of(new PastAttempt(2, RecordState.FAILED, "gave-up", SomeNews.at(6))),
          List.of("{\"status\":\"failed\",\"n\":1.50}", "{\"status\":\"copied\"}"));

  @Test
  void record_comesBackAsItWas() {
    assertThat(RecordColumns.read(RecordColumns.of(ALL))).contains(ALL);
  }

  @Test
  void recordWithNothingInIt_comesBackAsItWas() {
    JobRecord least = NextRecord.first(new SomeNews(null, 1).enqueued(1));

    assertThat(RecordColumns.of(least)).doesNotContainValue(null);
    assertThat(RecordColumns.read(RecordColumns.of(least))).contains(least);
  }

  @Test
  void outcomeWithANumberOfAnyLength_comesBackAsItWas() {
    String outcome = "{\"correlationId\":" + "9".repeat(16 * 1024) + "}";
    Map<String, Object> columns = new HashMap<>(RecordColumns.of(ALL));
    columns.put("outcomes", "[\"" + outcome.replace("\"", "\\\"") + "\"]");

    assertThat(RecordColumns.read(columns).orElseThrow().outcomes()).containsExactly(outcome);
  }

  @Test
  void longSentences_comeBackAsTheyWereKept() {
    String sentence = "x" + "\ud83c\udfa5".repeat(3_000);
    Trouble trouble = new Trouble(Trouble.Source.SERVICE, sentence, SomeNews.at(5));
    Failure failure = new Failure("too-large", sentence);

    assertThat(trouble.message()).hasSize(3_999).isEqualTo(sentence.substring(0, 3_999));
    assertThat(failure.message()).isEqualTo(trouble.message());
  }

  @Test
  void timeBeyondAll_makesTheRowUnreadable() {
    for (String time : List.of("+1000000000-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z")) {
      for (String column : List.of("first", "seen", "changed", "expires", "nextLook")) {
        Map<String, Object> columns = new HashMap<>(RecordColumns.of(ALL));
        columns.put(column, time);
        assertThat(RecordColumns.read(columns)).as(column).isEmpty();
      }
    }
  }

  @Test
  void columnThatIsAbsurd_makesTheRowUnreadableAndNothingWorse() {
    for (String column : RecordColumns.of(ALL).keySet()) {
      for (Object absurd : List.of("", "[", "{}", "x", -1L, true, 1.5, "[{}]", "[1]")) {
        Map<String, Object> columns = new HashMap<>(RecordColumns.of(ALL));
        columns.put(column, absurd);
        RecordColumns.read(columns);
        columns.remove(column);
        RecordColumns.read(columns);
      }
    }
    assertThat(RecordColumns.read(Map.of())).isEmpty();
    assertThat(RecordColumns.read(Map.of("state", "waiting"))).isEmpty();
  }

  @Test
  void failureOrTroubleWithoutItsSentenceOrTime_makesTheRowUnreadable() {
    for (String column : List.of("failure", "troubleSource", "troubleAt")) {
      Map<String, Object> columns = new HashMap<>(RecordColumns.of(ALL));
      columns.remove(column);
      assertThat(RecordColumns.read(columns)).as(column).isEmpty();
    }
  }

  @Test
  void rowThatLacksAColumnAndCanBeRead_canBeWrittenAgain() {
    for (String column : RecordColumns.of(ALL).keySet()) {
      Map<String, Object> columns = new HashMap<>(RecordColumns.of(ALL));
      columns.remove(column);
      assertThatCode(() -> RecordColumns.read(columns).ifPresent(RecordColumns::of))
          .as(column)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void manyVideos_stayWithinAColumn() {
    List<RecordedVideo> many =
        IntStream.range(0, 99)
            .mapToObj(
                i ->
                    new RecordedVideo(
                        "v" + "x".repeat(500) + i, "https://a/", 1, "m", 1, 1, 1, null, null))
            .toList();
    JobRecord job =
        Succession.after(
                NextRecord.first(new SomeNews("m", 1).enqueued(1)),
                new News.Looked(
                    "video_1",
                    new Chain("m", SomeNews.at(1)),
                    1,
                    SomeNews.at(2),
                    null,
                    null,
                    many,
                    null,
                    null,
                    null,
                    IntStream.range(0, 99)
                        .mapToObj(i -> "{\"n\":\"%s%d\"}".formatted("x".repeat(500), i))
                        .toList()))
            .orElseThrow();

    assertThat((String) RecordColumns.of(job).get("videos")).hasSizeLessThan(32 * 1024);
    assertThat((String) RecordColumns.of(job).get("outcomes")).hasSizeLessThan(32 * 1024);
    JobRecord read = RecordColumns.read(RecordColumns.of(job)).orElseThrow();
    assertThat(read.videos()).isNotEmpty();
    assertThat(read.outcomes())
        .hasSizeGreaterThan(10)
        .isEqualTo(job.outcomes().subList(0, read.outcomes().size()));
  }
}

package io.soracourier.records;

import io.soracourier.records.JobRecord.Chain;
import io.soracourier.records.JobRecord.Copy;
import io.soracourier.records.JobRecord.Failure;
import io.soracourier.records.JobRecord.Service;
import io.soracourier.records.News.Copying;
import io.soracourier.records.News.Enqueued;
import io.soracourier.records.News.Looked;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** News of one job, by the seconds since it was enqueued. */
record SomeNews(String message, int began) {
  static final String JOB = "video_1";
  static final Instant START = Instant.parse("2026-11-26T10:00:00Z");

  static Instant at(int second) {
    return START.plusSeconds(second);
  }

  Chain chain() {
    return new Chain(message, at(began));
  }

  Enqueued enqueued(int second) {
    return new Enqueued(JOB, new Chain(message, at(second)), at(second), null);
  }

  Copying copying(int look, int second, long bytes) {
    return new Copying(JOB, chain(), look, at(second), new Copy(JOB, bytes, 100L));
  }

  Looked waits(int look, int second, String status, int again) {
    return looked(look, second, at(second + again), status, List.of(), null);
  }

  Looked copied(int look, int second, String... generations) {
    return looked(look, second, null, "completed", videos(generations), null);
  }

  Looked failed(int look, int second, String reason, String... generations) {
    return looked(
        look, second, null, "completed", videos(generations), new Failure(reason, "it failed"));
  }

  Looked failsInPart(int look, int second, String reason) {
    return looked(
        look, second, at(second + 5), "completed", List.of(), new Failure(reason, "it failed"));
  }

  private Looked looked(
      int look,
      int second,
      Instant next,
      String status,
      List<RecordedVideo> copied,
      Failure failure) {
    Service service = new Service(status, null, START.plus(Duration.ofHours(24)));
    return new Looked(
        JOB,
        chain(),
        look,
        at(second),
        next,
        service,
        copied,
        failure,
        null,
        "\"order-1\"",
        outcomes(copied, failure));
  }

  private static List<String> outcomes(List<RecordedVideo> copied, Failure failure) {
    Stream<String> videos =
        copied.stream().map(video -> "{\"generationId\":\"%s\"}".formatted(video.generationId()));
    return (failure == null ? videos : Stream.concat(videos, Stream.of("{\"status\":\"failed\"}")))
        .toList();
  }

  private static List<RecordedVideo> videos(String... generations) {
    return Arrays.stream(generations)
        .map(
            id ->
                new RecordedVideo(
                    id, "https://a/" + id + ".mp4", 100, "md5", 480, 480, 5, null, null))
        .toList();
  }
}

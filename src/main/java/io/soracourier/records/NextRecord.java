package io.soracourier.records;

import io.soracourier.records.JobRecord.Service;
import io.soracourier.records.News.Copying;
import io.soracourier.records.News.Enqueued;
import io.soracourier.records.News.Looked;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a record from the one before and the news. Whether that is news {@link Succession} says.
 */
final class NextRecord {
  private NextRecord() {}

  /** The first record of a job. */
  static JobRecord first(News news) {
    JobRecord none =
        new JobRecord(
            news.id(),
            RecordState.WAITING,
            1,
            news.chain(),
            news.at(),
            news.at(),
            Service.SILENT,
            0,
            null,
            null,
            List.of(),
            null,
            null,
            null,
            List.of(),
            List.of());
    return of(none, news);
  }

  /** The beginning of another attempt at a job. */
  static JobRecord again(JobRecord before, News news) {
    List<PastAttempt> earlier = new ArrayList<>(before.earlier());
    earlier.add(
        new PastAttempt(
            before.attempt(),
            before.state(),
            before.failure() == null ? null : before.failure().reason(),
            before.changed()));
    while (earlier.size() > JobRecord.MAX_EARLIER) {
      earlier.remove(0);
    }
    return new JobRecord(
        before.id(),
        RecordState.WAITING,
        before.attempt() + 1,
        news.chain(),
        before.seen(),
        before.changed(),
        Service.SILENT,
        0,
        null,
        null,
        before.videos(),
        null,
        null,
        before.correlationId(),
        earlier,
        List.of());
  }

  /** The record with the news in it. */
  static JobRecord of(JobRecord before, News news) {
    if (news instanceof Looked looked) {
      return looked(before, looked);
    } else if (news instanceof Copying copying) {
      return new JobRecord(
          before.id(),
          RecordState.COPYING,
          before.attempt(),
          chain(before, news),
          before.seen(),
          news.at(),
          before.service(),
          news.look(),
          before.nextLook(),
          copying.copy(),
          before.videos(),
          before.failure(),
          before.trouble(),
          before.correlationId(),
          before.earlier(),
          before.outcomes());
    }
    Enqueued enqueued = (Enqueued) news;
    return new JobRecord(
        before.id(),
        RecordState.WAITING,
        before.attempt(),
        news.chain(),
        before.seen(),
        news.at(),
        before.service(),
        0,
        news.at(),
        null,
        before.videos(),
        null,
        null,
        enqueued.correlationId(),
        before.earlier(),
        before.outcomes());
  }

  private static JobRecord looked(JobRecord before, Looked news) {
    // A video that failed at an earlier look was reported then, while others were awaited.
    JobRecord.Failure failure =
        before.state().isOver() || before.failure() == null ? news.failure() : before.failure();
    RecordState state =
        !news.isLast()
            ? RecordState.WAITING
            : failure == null ? RecordState.COPIED : RecordState.FAILED;
    return new JobRecord(
        before.id(),
        state,
        before.attempt(),
        chain(before, news),
        before.seen(),
        news.at(),
        news.service() == null ? before.service() : news.service(),
        news.look(),
        news.nextLook(),
        null,
        videos(before.videos(), news.copied()),
        failure,
        news.trouble() == null ? before.trouble() : news.trouble(),
        news.correlationId(),
        before.earlier(),
        outcomes(before.outcomes(), news.outcomes()));
  }

  /** The first look's time, as soon as it is known. */
  private static JobRecord.Chain chain(JobRecord before, News news) {
    return Succession.isOfTheEnqueued(before, news) ? news.chain() : before.chain();
  }

  /** A look that is delivered again may report the same once more. */
  private static List<String> outcomes(List<String> before, List<String> reported) {
    return Stream.concat(before.stream(), reported.stream()).distinct().toList();
  }

  private static List<RecordedVideo> videos(
      List<RecordedVideo> before, List<RecordedVideo> copied) {
    List<RecordedVideo> all = new ArrayList<>(before);
    for (RecordedVideo video : copied) {
      all.removeIf(other -> other.generationId().equals(video.generationId()));
      all.add(video);
    }
    return all;
  }
}

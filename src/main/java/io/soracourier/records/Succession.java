package io.soracourier.records;

import io.soracourier.records.JobRecord.Service;
import io.soracourier.records.News.Copying;
import io.soracourier.records.News.Enqueued;
import io.soracourier.records.News.Looked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is recorded after what. Messages are delivered more than once, and writes arrive late: news
 * of an earlier attempt, or of an earlier moment of the same one, changes nothing.
 */
final class Succession {
  /** A job that waits as before is not written more often. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** How much later a look may be than the record says, before that would look overdue. */
  private static final Duration SLACK = JobRecord.OVERDUE.dividedBy(2);

  private Succession() {}

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
            List.of());
    return apply(none, news);
  }

  /** The record after the news; empty where it is no news. */
  static Optional<JobRecord> after(JobRecord before, News news) {
    return switch (relation(before, news)) {
      case EARLIER -> Optional.empty();
      case LATER -> Optional.of(apply(again(before, news), news));
      case SAME -> isNews(before, news) ? Optional.of(apply(before, news)) : Optional.empty();
    };
  }

  /** Whether a job that waits is so much as before that this need not be written now. */
  static boolean isUnchanged(JobRecord before, JobRecord after) {
    return before.state() == RecordState.WAITING
        && after.state() == RecordState.WAITING
        && before.looks() > 0
        && before.attempt() == after.attempt()
        && before.service().equals(after.service())
        && before.videos().equals(after.videos())
        && words(before).equals(words(after))
        && after.changed().isBefore(before.changed().plus(PAUSE))
        && before.nextLook() != null
        && after.nextLook().isBefore(before.nextLook().plus(SLACK));
  }

  private static Optional<String> words(JobRecord job) {
    return Optional.ofNullable(job.trouble()).map(Trouble::message);
  }

  private enum Relation {
    EARLIER,
    SAME,
    LATER
  }

  /**
   * Whether news is of the recorded attempt. The first look's time goes from message to message, so
   * it tells which looks belong together; before it is known the message's own id does.
   */
  private static Relation relation(JobRecord before, News news) {
    if (isSameMessage(before, news) || news.chain().first().equals(before.chain().first())) {
      return Relation.SAME;
    }
    if (news.chain().first().isBefore(before.chain().first())) {
      return Relation.EARLIER;
    }
    if (news.look() <= 1 && (before.state().isOver() || before.isOverdue(news.at()))) {
      return Relation.LATER;
    }
    // A job that was enqueued twice is looked at by two messages: they are one attempt. Unless that
    // began after the end of the recorded one, and its first look could not be recorded.
    return before.state().isOver() && news.chain().first().isAfter(before.changed())
        ? Relation.LATER
        : Relation.SAME;
  }

  /** The first look of the job that a call enqueued is that of its message, also without an id. */
  private static boolean isSameMessage(JobRecord before, News news) {
    String message = before.chain().message();
    return news.look() <= 1
        && (message == null
            ? before.looks() == 0 && news.look() == 1
            : message.equals(news.chain().message()));
  }

  private static boolean isNews(JobRecord before, News news) {
    boolean last = news instanceof Looked looked && looked.isLast();
    if (before.state().isOver()) {
      return last && before.state() == RecordState.FAILED && news.look() >= before.looks();
    }
    if (last || news.look() > before.looks()) {
      return true;
    }
    if (news.look() < before.looks() || news instanceof Enqueued) {
      return false;
    }
    return before.state() == RecordState.COPYING || news instanceof Looked;
  }

  private static JobRecord again(JobRecord before, News news) {
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
        before.service(),
        0,
        null,
        null,
        before.videos(),
        null,
        null,
        before.correlationId(),
        earlier);
  }

  private static JobRecord apply(JobRecord before, News news) {
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
          before.earlier());
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
        before.earlier());
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
        before.earlier());
  }

  /** The first look's time, as soon as it is known. */
  private static JobRecord.Chain chain(JobRecord before, News news) {
    return isSameMessage(before, news) ? news.chain() : before.chain();
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

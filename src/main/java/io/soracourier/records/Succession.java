package io.soracourier.records;

import io.soracourier.records.News.Enqueued;
import io.soracourier.records.News.Looked;
import java.time.Duration;
import java.util.Optional;

/**
 * What is recorded after what. Messages are delivered more than once, and writes arrive late: news
 * of an earlier attempt, or of an earlier moment of the same one, changes nothing.
 */
final class Succession {
  /** A job that waits as before is not written more often. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** How much later a look may be than recorded before it counts as overdue. */
  private static final Duration SLACK = JobRecord.OVERDUE.dividedBy(2);

  private Succession() {}

  /** The record after the news; empty where it is no news. */
  static Optional<JobRecord> after(JobRecord before, News news) {
    return switch (relation(before, news)) {
      case EARLIER -> Optional.empty();
      case LATER -> Optional.of(NextRecord.of(NextRecord.again(before, news), news));
      case SAME ->
          isNews(before, news) ? Optional.of(NextRecord.of(before, news)) : Optional.empty();
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
        && after.nextLook() != null
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
    if (isOfTheEnqueued(before, news) || news.chain().first().equals(before.chain().first())) {
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

  /**
   * Whether the news makes known which chain of looks the recorded attempt is: the message's id
   * tells, and where only a call has recorded it, any look after the end of the attempt before it.
   */
  static boolean isOfTheEnqueued(JobRecord before, News news) {
    String message = before.chain().message();
    if (news.look() <= 1 && message != null && message.equals(news.chain().message())) {
      return true;
    }
    return before.looks() == 0
        && before.state() == RecordState.WAITING
        && news.look() > 0
        && before.earlier().stream()
            .noneMatch(attempt -> !news.chain().first().isAfter(attempt.changed()));
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
}

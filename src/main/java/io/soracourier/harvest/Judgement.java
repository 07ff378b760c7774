package io.soracourier.harvest;

import io.soracourier.courier.FailureReason;
import io.soracourier.records.KnownJobs.Known;
import io.soracourier.records.RecordState;
import io.soracourier.sora.JobState;
import io.soracourier.sora.ListedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What is done about a listed job. */
enum Judgement {
  /** Its videos are stored, or were. */
  STORED,
  /** It is enqueued already, and its next look is not long overdue. */
  WAITING,
  /** It has ended without a video, finally or for the rest of a day. */
  ENDED,
  /** The server made no video of it. */
  FAILED,
  /** The filter leaves it out, or its videos have expired. */
  SKIPPED,
  /** It is missing. */
  MISSING;

  /**
   * Reasons that somebody may have removed since: a role, a key, a setting; and those that the list
   * itself proves wrong, because the server has the job.
   */
  private static final Set<String> FIXABLE =
      Set.of(
          FailureReason.STORAGE_DENIED.code(),
          FailureReason.ACCESS_DENIED.code(),
          FailureReason.WRONG_ENDPOINT.code(),
          FailureReason.JOB_NOT_FOUND.code(),
          FailureReason.GAVE_UP.code());

  /** How often such a job is enqueued again. */
  private static final Duration FIXED_AFTER = Duration.ofDays(1);

  /**
   * Judges a job. What this calls missing may still be stored without a record.
   *
   * @param expires when its videos are deleted; empty where that is not known
   * @param known its record, in short; empty where there is none
   */
  static Judgement of(
      ListedJob job,
      Optional<Instant> expires,
      Optional<Known> known,
      HarvestFilter filter,
      Instant now) {
    if (!filter.accepts(job, now) || job.state() == JobState.EXPIRED || isPast(expires, now)) {
      return SKIPPED;
    }
    return switch (job.state()) {
      case FAILED, CANCELLED -> FAILED;
      case UNFINISHED, SUCCEEDED, UNKNOWN, EXPIRED -> of(known, now);
    };
  }

  static boolean isPast(Optional<Instant> expires, Instant now) {
    return expires.filter(time -> !now.isBefore(time)).isPresent();
  }

  /** Judges a job that the server has, or is making, by its record alone. */
  static Judgement of(Optional<Known> known, Instant now) {
    return known.map(record -> of(record, now)).orElse(MISSING);
  }

  private static Judgement of(Known record, Instant now) {
    if (!record.state().isOver()) {
      return record.isOverdue(now) ? MISSING : WAITING;
    }
    if (record.state() == RecordState.COPIED) {
      return STORED;
    }
    boolean again =
        record.reason() != null
            && FIXABLE.contains(record.reason())
            && now.isAfter(record.changed().plus(FIXED_AFTER));
    return again ? MISSING : ENDED;
  }
}

package io.soracourier.sora;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a job was created, when it ended, and when the service deletes it with its content; each
 * empty where the service gives none, or an implausible one.
 */
public record JobTimes(
    Optional<Instant> created, Optional<Instant> finished, Optional<Instant> expires) {
  public static final JobTimes NONE =
      new JobTimes(Optional.empty(), Optional.empty(), Optional.empty());

  /** Clocks and time zones that were left out. */
  private static final Duration AHEAD = Duration.ofDays(1);

  static JobTimes of(JobFields fields, Instant now) {
    Optional<Instant> created = fields.time("created_at").filter(time -> isPast(time, now));
    Optional<Instant> finished =
        fields.time("finished_at", "completed_at").filter(time -> isPast(time, now));
    Optional<Instant> expires =
        fields
            .time("expires_at")
            .filter(end -> created.filter(begin -> !end.isAfter(begin)).isEmpty());
    return new JobTimes(created, finished, expires);
  }

  private static boolean isPast(Instant time, Instant now) {
    return time.isBefore(now.plus(AHEAD));
  }
}

package io.soracourier.courier;

import io.soracourier.sora.Endpoint;
import io.soracourier.sora.JobId;
import io.soracourier.sora.JobState;
import io.soracourier.sora.VideoJob;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Until when a job's content is available. */
final class Deadline {
  private final Duration unknown;
  private final Endpoint endpoint;

  /**
   * @param unknown from the first look on, where nothing else is known
   */
  Deadline(Duration unknown, Endpoint endpoint) {
    this.unknown = unknown;
    this.endpoint = endpoint;
  }

  /**
   * What the service reports or has reported, else 24 hours from the creation, else a time from the
   * first look.
   *
   * @param note of this look, with what the service reports
   */
  Instant of(JobId id, Optional<VideoJob> job, LookNote note) {
    return known(id, job, note).orElseGet(() -> note.firstLook().plus(unknown));
  }

  private Optional<Instant> known(JobId id, Optional<VideoJob> job, LookNote note) {
    return Optional.ofNullable(note.until())
        .or(() -> ofId(id, note).filter(end -> isPossible(job, end, note.firstLook())));
  }

  /** The same for people, continuing "retried until". */
  String words(JobId id, Optional<VideoJob> job, LookNote note) {
    String words =
        known(id, job, note).isPresent()
            ? "the content expired, or was about to, at %s"
            : "courier.deadline was over, or about to be, at %s; enqueue the job again if the server may still have it";
    return words.formatted(of(id, job, note).truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * The time of a response: the expiry, or else the creation, where it is known how long a service
   * keeps what it made, unless an earlier one had more.
   *
   * @param earlier what was reported before
   */
  Optional<Instant> ofResponse(VideoJob job, @Nullable Instant earlier, Instant now) {
    Optional<VideoJob> reported = Optional.of(job);
    return job.expiresAt()
        .filter(end -> isPossible(reported, end, now))
        .or(() -> Optional.ofNullable(earlier))
        .or(
            () ->
                job.createdAt()
                    .filter(created -> endpoint.keepsJobsForADay())
                    .map(created -> created.plus(JobId.LIFETIME))
                    .filter(end -> isPossible(reported, end, now)));
  }

  /** A job that the service is still making cannot be over: such a time is wrong. */
  private static boolean isPossible(Optional<VideoJob> job, Instant end, Instant now) {
    return end.isAfter(now) || job.filter(Deadline::isMade).isEmpty();
  }

  private static boolean isMade(VideoJob job) {
    return job.state() == JobState.UNFINISHED || job.state() == JobState.UNKNOWN;
  }

  /** By the id, while nothing else has it. */
  Optional<Instant> ofId(JobId id, LookNote note) {
    return endpoint.createdAt(id, note.firstLook()).map(created -> created.plus(JobId.LIFETIME));
  }
}

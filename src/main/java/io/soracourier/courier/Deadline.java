package io.soracourier.courier;

import io.soracourier.sora.JobId;
import io.soracourier.sora.VideoJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Until when a job's content is available. */
final class Deadline {
  private final Duration unknown;

  Deadline(Duration unknown) {
    this.unknown = unknown;
  }

  /**
   * What the service says or has said, else 24 hours from the creation, else a time from the first
   * look.
   */
  Instant of(JobId id, Optional<VideoJob> job, LookNote note) {
    Optional<Instant> told = Optional.ofNullable(note.until());
    return job.map(answered -> told(answered, note.until()))
        .orElse(told)
        .or(() -> ofId(id, note))
        .orElseGet(() -> note.first().plus(unknown));
  }

  /**
   * What a response says: the expiry, or else the creation, unless an earlier one said more.
   *
   * @param earlier what was said before, or null
   */
  static Optional<Instant> told(VideoJob job, Instant earlier) {
    return job.expiresAt()
        .or(() -> Optional.ofNullable(earlier))
        .or(() -> job.createdAt().map(created -> created.plus(JobId.LIFETIME)));
  }

  /** What the id says, while nothing else does. */
  static Optional<Instant> ofId(JobId id, LookNote note) {
    return id.createdAt(note.first()).map(created -> created.plus(JobId.LIFETIME));
  }
}

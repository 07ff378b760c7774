package io.soracourier.courier;

import io.soracourier.sora.JobId;
import io.soracourier.sora.VideoJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Until when a job's content can be had. */
final class Deadline {
  private final Duration unknown;

  Deadline(Duration unknown) {
    this.unknown = unknown;
  }

  /** What the service says, else 24 hours from the creation, else a time from the first look. */
  Instant of(JobId id, Optional<VideoJob> job, LookNote note) {
    return job.flatMap(VideoJob::expiresAt)
        .or(() -> created(id, job, note).map(created -> created.plus(JobId.LIFETIME)))
        .orElseGet(() -> note.first().plus(unknown));
  }

  private static Optional<Instant> created(JobId id, Optional<VideoJob> job, LookNote note) {
    return job.flatMap(VideoJob::createdAt).or(() -> id.createdAt(note.first()));
  }
}

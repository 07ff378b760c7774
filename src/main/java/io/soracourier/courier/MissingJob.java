package io.soracourier.courier;

import io.soracourier.sora.JobId;
import io.soracourier.sora.SoraException;
import java.time.Instant;
import java.util.Optional;

/** Decides on a job that the service does not know. */
final class MissingJob {
  private static final String GENERATION_INSTEAD =
      "gen_… is the id of a generation: enqueue the id of its job, task_…; ";

  private final Deadline deadline;

  MissingJob(Deadline deadline) {
    this.deadline = deadline;
  }

  /** It is over where its time is; else it may be late, at another replica, or forgotten. */
  Decision decide(JobId id, SoraException e, LookNote note, Decisions verdicts) {
    Optional<Instant> reported = Optional.ofNullable(note.until());
    Optional<Instant> expiry = reported.or(() -> deadline.ofId(id, note));
    if (expiry.filter(end -> !verdicts.now().isBefore(end)).isPresent()) {
      String why =
          reported.isPresent()
              ? "job %s expired at %s".formatted(id, reported.get())
              : "job %s was created at %s, and jobs and videos are kept for 24 hours, so until about %s"
                  .formatted(id, expiry.get().minus(JobId.LIFETIME), expiry.get());
      return verdicts.failed(
          FailureReason.EXPIRED,
          why + "; it is no longer available. " + e.getMessage(),
          e.attempts());
    }
    String why =
        note.isSeen()
            ? "job %s was known to this server and is not any more; many servers keep jobs in memory and forget them when they restart. %s"
                .formatted(id, e.getMessage())
            : "there is no job %s at this server; %scheck the id, and that AZURE_OPENAI_ENDPOINT is the server that made it. %s"
                .formatted(id, id.isOfGeneration() ? GENERATION_INSTEAD : "", e.getMessage());
    return verdicts.missed(FailureReason.JOB_NOT_FOUND, why, e.attempts());
  }
}

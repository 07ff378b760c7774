package io.soracourier.function;

import io.soracourier.harvest.HarvestQueue;
import io.soracourier.sora.JobId;
import io.soracourier.storage.JobQueue;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Messages of jobs that the harvest has found, which say so, as do their outcomes. */
@ApplicationScoped
class HarvestMessages implements HarvestQueue {
  static final String SOURCE = "source";
  static final String HARVEST = "harvest";

  private final JobQueue queue;

  HarvestMessages(JobQueue queue) {
    this.queue = queue;
  }

  @Override
  public void enqueue(JobId id) {
    queue.send(CopyVideo.JOBS, message(id), Duration.ZERO);
  }

  /** An id has no character that JSON escapes. */
  static String message(JobId id) {
    return "{\"jobId\":\"%s\",\"%s\":\"%s\"}".formatted(id.value(), SOURCE, HARVEST);
  }

  /** Whether a job was enqueued so. */
  static boolean isHarvested(JobMessage job) {
    return ('"' + HARVEST + '"').equals(job.members().get(SOURCE));
  }
}

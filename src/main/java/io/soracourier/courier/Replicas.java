package io.soracourier.courier;

import io.soracourier.sora.JobId;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.sora.VideoJob;
import io.soracourier.sora.VideoJobs;

/**
 * Requests a job from a server that may have replicas, each with jobs of its own in memory: only
 * one of them knows the job, and each request may reach another.
 */
final class Replicas {
  private static final int MAX_REQUESTS = 8;

  private final VideoJobs jobs;

  Replicas(VideoJobs jobs) {
    this.jobs = jobs;
  }

  /**
   * A job that is not known is requested some times more, unless this is the first look that does
   * not find it and none has ever found it.
   *
   * @throws SoraException as {@link VideoJobs#find}
   */
  VideoJob find(JobId id, LookNote earlier) {
    boolean again = earlier.isSeen() || earlier.missing() != null;
    for (int request = 1; ; request++) {
      try {
        return jobs.find(id, earlier.api());
      } catch (SoraException e) {
        if (e.kind() != Kind.NOT_FOUND || !again || request == MAX_REQUESTS) {
          throw e;
        }
      }
    }
  }
}

package io.soracourier.api;

import io.soracourier.records.JobRecord;
import io.soracourier.sora.JobId;
import jakarta.ws.rs.core.Response.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Where a job is, when to request it again, and what is not a job id. */
final class JobLinks {
  private static final long MIN_PAUSE = 1;
  private static final long MAX_PAUSE = 60;

  private JobLinks() {}

  /** Where the call is for one job: in the path, or in the query where a path would change it. */
  static String location(String jobId) {
    String encoded = URLEncoder.encode(jobId, StandardCharsets.UTF_8);
    return ForwardedPath.carries(jobId) ? "/api/jobs/" + encoded : "/api/jobs?id=" + encoded;
  }

  /** Seconds until it may have changed. */
  static long pause(Optional<JobRecord> job, Instant now) {
    return job.map(JobRecord::nextLook)
        .map(next -> Duration.between(now, next).toSeconds() + 1)
        .map(seconds -> Math.max(MIN_PAUSE, Math.min(MAX_PAUSE, seconds)))
        .orElse(MIN_PAUSE);
  }

  /**
   * @throws Problem when the text is not a job id
   */
  static void check(String id) {
    if (!JobId.isId(id)) {
      throw Problem.of(
          Status.BAD_REQUEST,
          "This is not a job id; send the id that the video service returned for the new job,"
              + " percent-encoded.");
    }
  }
}

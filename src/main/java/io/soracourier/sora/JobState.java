package io.soracourier.sora;

import java.util.Locale;

/** What a service says of a job, over both APIs. */
public enum JobState {
  QUEUED,
  PREPROCESSING,
  RUNNING,
  PROCESSING,
  IN_PROGRESS,
  SUCCEEDED,
  FAILED,
  CANCELLED,
  /** A word this version does not know: not an end state, so the job is looked at again. */
  UNKNOWN;

  static JobState of(String status) {
    return switch (status == null ? "" : status.toLowerCase(Locale.ROOT)) {
      case "queued" -> QUEUED;
      case "preprocessing" -> PREPROCESSING;
      case "running" -> RUNNING;
      case "processing" -> PROCESSING;
      case "in_progress" -> IN_PROGRESS;
      case "succeeded", "completed" -> SUCCEEDED;
      case "failed" -> FAILED;
      case "cancelled", "canceled" -> CANCELLED;
      default -> UNKNOWN;
    };
  }
}

package io.soracourier.sora;

import java.util.Locale;

/** What a service says of a job, whatever the shape of its API. */
public enum JobState {
  /**
   * Queued, or being made, or a word that this version does not know: not an end state, so the job
   * is checked again later.
   */
  UNFINISHED,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  static JobState of(String status) {
    return switch (status == null ? "" : status.toLowerCase(Locale.ROOT)) {
      case "succeeded", "completed" -> SUCCEEDED;
      case "failed" -> FAILED;
      case "cancelled", "canceled" -> CANCELLED;
      default -> UNFINISHED;
    };
  }
}

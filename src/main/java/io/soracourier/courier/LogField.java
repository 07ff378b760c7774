package io.soracourier.courier;

/**
 * The fields of a log line, named once: the queries of alerts and the workbook use the same names.
 */
public enum LogField {
  INVOCATION_ID("invocationId"),
  JOB_ID("jobId"),
  GENERATION_ID("generationId"),
  CORRELATION_ID("correlationId"),
  LOOK("look"),
  STATE("state"),
  EXPIRES_AT("expiresAt"),
  FINISHED_AT("finishedAt"),
  DELAY_SECONDS("delaySeconds"),
  REASON("reason"),
  MESSAGE("message"),
  REQUEST("request"),
  BYTES("bytes"),
  SECONDS("seconds"),
  CUTS("cuts"),
  BLOB_URL("blobUrl"),
  LIST_REQUESTS("listRequests"),
  LISTED_JOBS("listedJobs"),
  STORED_JOBS("storedJobs"),
  WAITING_JOBS("waitingJobs"),
  ENQUEUED_JOBS("enqueuedJobs"),
  ENDED_JOBS("endedJobs"),
  FAILED_JOBS("failedJobs"),
  SKIPPED_JOBS("skippedJobs"),
  LEFT_JOBS("leftJobs"),
  OLDEST_JOB("oldestJob"),
  HOURS_TO_EXPIRY("hoursToExpiry");

  private final String key;

  LogField(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }

  /** Whether its values are ids, or made by the courier of ids: they are written as they are. */
  boolean isVerbatim() {
    return switch (this) {
      case INVOCATION_ID, JOB_ID, GENERATION_ID, CORRELATION_ID, REQUEST, BLOB_URL -> true;
      case LOOK,
          STATE,
          EXPIRES_AT,
          FINISHED_AT,
          DELAY_SECONDS,
          REASON,
          MESSAGE,
          BYTES,
          SECONDS,
          CUTS,
          LIST_REQUESTS,
          LISTED_JOBS,
          STORED_JOBS,
          WAITING_JOBS,
          ENQUEUED_JOBS,
          ENDED_JOBS,
          FAILED_JOBS,
          SKIPPED_JOBS,
          LEFT_JOBS,
          OLDEST_JOB,
          HOURS_TO_EXPIRY ->
          false;
    };
  }
}

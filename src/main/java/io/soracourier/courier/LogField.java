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
  STATUS("status"),
  BYTES("bytes"),
  SECONDS("seconds"),
  CUTS("cuts"),
  BLOB_URL("blobUrl");

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
          STATUS,
          BYTES,
          SECONDS,
          CUTS ->
          false;
    };
  }
}

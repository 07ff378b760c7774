package io.soracourier.courier;

/** Why a job or a generation ended without a blob: the closed set of the output message. */
public enum FailureReason {
  INVALID_MESSAGE("invalid-message"),
  JOB_NOT_FOUND("job-not-found"),
  JOB_FAILED("job-failed"),
  MODERATED("moderated"),
  CANCELLED("cancelled"),
  EXPIRED("expired"),
  NO_GENERATIONS("no-generations"),
  CONTENT_NOT_FOUND("content-not-found"),
  CONTENT_INVALID("content-invalid"),
  TOO_LARGE("too-large"),
  DEPLOYMENT_RETIRED("deployment-retired"),
  ACCESS_DENIED("access-denied"),
  STORAGE_DENIED("storage-denied"),
  WRONG_ENDPOINT("wrong-endpoint"),
  GAVE_UP("gave-up");

  private final String code;

  FailureReason(String code) {
    this.code = code;
  }

  /** As it is in messages and logs. */
  public String code() {
    return code;
  }
}

package io.soracourier.handler;

/**
 * A function failed, and has logged why. The invocation fails as with any exception, and the log
 * has nothing more to say.
 */
public class ReportedFailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ReportedFailureException(RuntimeException cause) {
    super(cause.getMessage(), cause);
  }
}

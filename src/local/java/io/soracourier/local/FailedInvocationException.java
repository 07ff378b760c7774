package io.soracourier.local;

/** The function failed, by the host's rules. */
final class FailedInvocationException extends Exception {
  FailedInvocationException(String message) {
    super(message);
  }

  FailedInvocationException(String message, Throwable cause) {
    super(message, cause);
  }
}

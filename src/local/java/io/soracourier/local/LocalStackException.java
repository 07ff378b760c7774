package io.soracourier.local;

/** Why the local stack did not start or could not go on, in one line that says what to do. */
public class LocalStackException extends RuntimeException {
  public LocalStackException(String message) {
    super(message);
  }

  public LocalStackException(String message, Throwable cause) {
    super(message, cause);
  }
}

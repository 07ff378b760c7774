package io.soracourier.local;

import java.util.List;

/** The handler's process ended, or stayed silent, before it was ready. */
public final class HandlerStartException extends LocalStackException {
  private final int exitCode;
  private final transient List<String> output;

  HandlerStartException(int exitCode, List<String> output, String message) {
    super(message);
    this.exitCode = exitCode;
    this.output = output;
  }

  /** −1 when it was still running. */
  public int exitCode() {
    return exitCode;
  }

  /** What it wrote, line by line. */
  public List<String> output() {
    return output;
  }
}

package io.soracourier.local;

/** What became of an invocation, and of its message. */
public enum Outcome {
  /** Outputs written, message deleted. */
  SUCCEEDED,
  /** The message is back on its queue, after the visibility timeout of {@code host.json}. */
  FAILED,
  /** Failed for the last time: the message is on the poison queue. */
  POISONED,
  /**
   * Answered with 2xx and nothing in it: the real host never completes such an invocation, until
   * {@code functionTimeout} fails it and takes the whole process down. A mistake of the handler.
   */
  HUNG,
  /** The host was stopped while it ran: the message comes back when its lease ends. */
  ABANDONED
}

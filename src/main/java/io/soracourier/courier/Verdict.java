package io.soracourier.courier;

import java.time.Duration;

/** What a look made of a job or of one of its generations. */
sealed interface Verdict {
  /** It is over. */
  record Done(Outcome outcome) implements Verdict {}

  /**
   * It is not over.
   *
   * @param why one line for the log
   * @param atLeast what the service asked for
   * @param ifNoTimeIsLeft the outcome when there is no time for another look
   */
  record Later(String why, Duration atLeast, Outcome.Failed ifNoTimeIsLeft) implements Verdict {}
}

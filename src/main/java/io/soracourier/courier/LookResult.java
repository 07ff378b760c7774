package io.soracourier.courier;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one look came to.
 *
 * @param outcomes to be reported now
 * @param again whether the job is to be put back, because some of it is not done
 * @param looks how many looks there have been, with this one
 */
public record LookResult(List<Outcome> outcomes, Optional<LookAgain> again, int looks) {
  public LookResult {
    outcomes = List.copyOf(outcomes);
  }

  /**
   * A job to be checked again.
   *
   * @param delay time until then
   * @param why one line for the log
   * @param note to go with the job
   */
  public record LookAgain(Duration delay, String why, LookNote note) {}
}

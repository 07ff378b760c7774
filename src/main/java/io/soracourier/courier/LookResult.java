package io.soracourier.courier;

import io.soracourier.sora.VideoJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one look came to.
 *
 * @param outcomes that are reported now
 * @param again whether the job is to be put back, because some of it is not done
 * @param looks how many looks there have been, with this one
 * @param first when the first of them was
 * @param job as the service described it; empty where it did not
 */
public record LookResult(
    List<Outcome> outcomes,
    Optional<LookAgain> again,
    int looks,
    Instant first,
    Optional<VideoJob> job) {
  public LookResult {
    outcomes = List.copyOf(outcomes);
  }

  /**
   * A job that is checked again.
   *
   * @param delay time until then
   * @param cause what it waits for
   * @param why one line for the log
   * @param message the same as a sentence for people
   * @param note to go with the job
   */
  public record LookAgain(
      Duration delay, Waiting cause, String why, String message, LookNote note) {}
}

package io.soracourier.content;

import java.util.function.BooleanSupplier;

/**
 * How much a diagnosis requests of a video service. What the service itself points to is requested
 * for longer than guesses are.
 *
 * @param timeLeft whether there is time for another location
 * @param made requests that were made before, for other videos of the job
 */
public record SearchBudget(BooleanSupplier timeLeft, int made) {
  /** Azure makes five videos at most, with 13 requests for each. */
  static final int MAX_GUESSED = 100;

  static final int MAX_REQUESTS = 250;
  static final String SKIPPED = "left out: time limit reached, or too many requests";

  /**
   * Whether another location may be requested.
   *
   * @param known whether the service itself points there
   * @param more requests that were made for this video
   */
  boolean allows(boolean known, int more) {
    return made + more < (known ? MAX_REQUESTS : MAX_GUESSED) && timeLeft.getAsBoolean();
  }
}

package io.soracourier.records;

import java.time.Instant;

/**
 * What last kept a job from going on.
 *
 * @param source whose trouble it is
 * @param message a sentence: what was asked, what was answered
 */
public record Trouble(Source source, String message, Instant at) {
  /** Who did not do what it was asked. */
  public enum Source {
    SERVICE,
    STORAGE,
    COURIER
  }
}

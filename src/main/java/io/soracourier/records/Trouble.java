package io.soracourier.records;

import java.time.Instant;

/**
 * What last kept a job from going on.
 *
 * @param source whose trouble it is
 * @param message a sentence: the request and the response
 */
public record Trouble(Source source, String message, Instant at) {
  /** The service that failed. */
  public enum Source {
    SERVICE,
    STORAGE,
    COURIER
  }
}

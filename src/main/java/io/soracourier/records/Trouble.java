package io.soracourier.records;

import java.time.Instant;

/**
 * What last delayed a job, or ended it.
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

  /** Characters that are kept of a sentence. */
  static final int MAX_MESSAGE = 4_000;

  public Trouble {
    message = cut(message);
  }

  /** As much of a sentence as is kept, without half of a character at its end. */
  static String cut(String message) {
    if (message.length() <= MAX_MESSAGE) {
      return message;
    }
    boolean half = Character.isHighSurrogate(message.charAt(MAX_MESSAGE - 1));
    return message.substring(0, half ? MAX_MESSAGE - 1 : MAX_MESSAGE);
  }
}

package io.soracourier.sora;

import io.soracourier.text.Excerpt;
import java.time.Instant;
import java.util.Optional;

/** Fields of a job that all shapes of the API read alike. */
final class JobField {
  private static final int MAX_WORDS = 500;

  /** The year 9999: what is later was not given in seconds. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private JobField() {}

  static String words(String text) {
    return Excerpt.of(text, MAX_WORDS);
  }

  static Optional<Instant> time(Long seconds) {
    return Optional.ofNullable(seconds)
        .filter(value -> value > 0 && value <= LAST_SECOND)
        .map(Instant::ofEpochSecond);
  }

  static Integer number(String text) {
    return text != null && text.matches("\\d{1,6}") ? Integer.valueOf(text) : null;
  }
}

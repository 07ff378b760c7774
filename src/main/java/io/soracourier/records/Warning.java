package io.soracourier.records;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The latest reason why something was not recorded, given out at most once a minute. */
final class Warning {
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Clock clock;
  private Instant given = Instant.MIN;
  private @Nullable String reason;

  Warning(Clock clock) {
    this.clock = clock;
  }

  synchronized void about(String why) {
    reason = why;
  }

  /** Empty where nothing failed since the last one, or that was less than a minute ago. */
  synchronized Optional<String> due() {
    Instant now = clock.instant();
    if (reason == null || now.isBefore(given.plus(EVERY))) {
      return Optional.empty();
    }
    String due = reason;
    reason = null;
    given = now;
    return Optional.of(due);
  }
}

package io.soracourier.setting;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The waits between the tries of one call: each twice as long as the one before, and half of each
 * at random, so that calls that failed together do not come back together.
 */
public final class Backoff {
  private static final int MAX_DOUBLINGS = 10;

  private final Duration first;
  private int waits;

  public Backoff(Duration first) {
    this.first = first;
  }

  /** The wait before the next try. */
  public Duration next() {
    long millis = first.toMillis() << Math.min(waits++, MAX_DOUBLINGS);
    return Duration.ofMillis(
        millis / 2 + ThreadLocalRandom.current().nextLong(millis - millis / 2 + 1));
  }
}

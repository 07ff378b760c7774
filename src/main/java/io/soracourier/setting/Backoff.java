package io.soracourier.setting;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The waits between the attempts of one call: each twice as long as the one before, and half of
 * each at random.
 */
public final class Backoff {
  private final Duration first;
  private int waits;

  public Backoff(Duration first) {
    this.first = first;
  }

  /** The wait before the next attempt, in milliseconds. */
  public long nextMillis() {
    return (long) Jitter.half(Jitter.doubled(first, waits++)).chosen(ThreadLocalRandom.current());
  }
}

package io.soracourier.setting;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A time of which a part is at random, so that those who began to wait together do not come back
 * together.
 *
 * @param low in milliseconds, the shortest
 * @param high the same, the longest
 */
public record Jitter(double low, double high) {
  private static final int MAX_DOUBLINGS = 30;

  /** A time that has doubled so many times, in milliseconds. */
  public static double doubled(Duration first, int times) {
    return (double) first.toMillis() * (1L << Math.min(times, MAX_DOUBLINGS));
  }

  /** A time, in milliseconds, of which half is at random. */
  public static Jitter half(double time) {
    return new Jitter(time / 2, time);
  }

  public Jitter atMost(Duration time) {
    return new Jitter(Math.min(low, time.toMillis()), Math.min(high, time.toMillis()));
  }

  public Jitter atLeast(Duration time) {
    return new Jitter(Math.max(low, time.toMillis()), Math.max(high, time.toMillis()));
  }

  /** In milliseconds. */
  public double chosen(RandomGenerator random) {
    return low + (high - low) * random.nextDouble();
  }
}

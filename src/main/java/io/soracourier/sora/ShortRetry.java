package io.soracourier.sora;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which failures are worth a retry within the invocation, and after how long: transient ones, after
 * a delay that doubles, with jitter, or after the service's own {@code Retry-After} when that is
 * short. A longer wait is left to the queue, where it holds no compute.
 */
final class ShortRetry {
  private static final int MOST_DOUBLINGS = 10;

  private final RetryConfig config;
  private int retries;

  ShortRetry(RetryConfig config) {
    this.config = config;
  }

  boolean isWorthIt(Throwable failure) {
    Duration longest = config.longestRetryAfter();
    return failure instanceof SoraException e
        && e.isTransient()
        && e.retryAfter().map(after -> after.compareTo(longest) <= 0).orElse(true);
  }

  long nextDelayInMillis(Throwable failure) {
    long backoff = config.delay().toMillis() << Math.min(retries++, MOST_DOUBLINGS);
    long jittered = backoff / 2 + ThreadLocalRandom.current().nextLong(backoff / 2 + 1);
    if (failure instanceof SoraException e && e.retryAfter().isPresent()) {
      return Math.max(jittered, e.retryAfter().get().toMillis());
    }
    return jittered;
  }
}

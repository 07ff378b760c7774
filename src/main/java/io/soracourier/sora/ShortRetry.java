package io.soracourier.sora;

import io.soracourier.setting.Backoff;
import java.time.Duration;

/**
 * Which failures are worth a retry within the invocation, and after how long: transient ones, after
 * a delay that doubles, with jitter, or after the service's own {@code Retry-After} when that is
 * short. A longer wait is left to the queue, where it uses no compute.
 */
final class ShortRetry {
  private final RetryConfig config;
  private final Backoff backoff;

  ShortRetry(RetryConfig config) {
    this.config = config;
    this.backoff = new Backoff(config.delay());
  }

  boolean isWorthIt(Throwable failure) {
    Duration longest = config.longestRetryAfter();
    return failure instanceof SoraException e
        && e.isTransient()
        && e.retryAfter().map(after -> after.compareTo(longest) <= 0).orElse(true);
  }

  long nextDelayInMillis(Throwable failure) {
    long millis = backoff.nextMillis();
    if (failure instanceof SoraException e && e.retryAfter().isPresent()) {
      return Math.max(millis, e.retryAfter().get().toMillis());
    }
    return millis;
  }
}

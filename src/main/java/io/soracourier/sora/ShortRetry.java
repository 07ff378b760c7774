package io.soracourier.sora;

import io.smallrye.faulttolerance.api.CustomBackoffStrategy;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/**
 * Which failures are worth a retry within the invocation, and after how long: transient ones, after
 * half a second and then one, with jitter, or after the service's own {@code Retry-After} when that
 * is as short. A longer wait is left to the queue, where it holds no compute.
 */
public final class ShortRetry implements Predicate<Throwable>, CustomBackoffStrategy {
  static final Duration LONGEST = Duration.ofSeconds(3);
  private static final long FIRST_MILLIS = 500;

  private int retries;

  @Override
  public boolean test(Throwable failure) {
    return failure instanceof SoraException e
        && e.isTransient()
        && e.retryAfter().map(after -> after.compareTo(LONGEST) <= 0).orElse(true);
  }

  @Override
  public void init(long initialDelayInMillis) {
    retries = 0;
  }

  @Override
  public long nextDelayInMillis(Throwable failure) {
    long backoff = FIRST_MILLIS << retries++;
    long jittered = backoff / 2 + ThreadLocalRandom.current().nextLong(backoff / 2 + 1);
    if (failure instanceof SoraException e && e.retryAfter().isPresent()) {
      return Math.max(jittered, e.retryAfter().get().toMillis());
    }
    return jittered;
  }
}

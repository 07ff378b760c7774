package io.soracourier.setting;

import io.smallrye.faulttolerance.api.CustomBackoffStrategy;
import io.smallrye.faulttolerance.api.Guard;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Guards that repeat a call within an invocation. */
public final class RetryGuard {
  private RetryGuard() {}

  /**
   * @param count of retries
   * @param within no retry begins later than this after the first attempt
   * @param worthIt which failures are retried
   * @param waits supplies the waits before the retries of one call, such as a {@link Backoff};
   *     nothing is added to them
   */
  public static Guard.Builder of(
      int count,
      Duration within,
      Predicate<Throwable> worthIt,
      Supplier<CustomBackoffStrategy> waits) {
    return Guard.create()
        .withRetry()
        .maxRetries(count)
        .maxDuration(within.toMillis(), ChronoUnit.MILLIS)
        .jitter(0, ChronoUnit.MILLIS)
        .whenException(worthIt)
        .withCustomBackoff()
        .strategy(waits)
        .done()
        .done();
  }
}

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
   * @param count of tries after the first
   * @param within no further try begins so long after the first
   * @param worthIt which failures are followed by another try
   * @param waits makes what says, for one call, how long to wait before each further try, such as
   *     by a {@link Backoff}; nothing is added to that
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

package io.soracourier.local;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for something outside this process, which can only be asked again and again. */
public final class Waiting {
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private Waiting() {}

  /**
   * @param state what to say of the state of things when it has not come true in time
   * @throws AssertionError then
   */
  public static void until(BooleanSupplier condition, Duration timeout, Supplier<String> state) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("after %s: %s".formatted(timeout, state.get()));
      }
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }
}

package io.soracourier.lifecycle;

import io.soracourier.simulator.MutableClock;
import jakarta.enterprise.inject.Vetoed;
import java.time.Duration;

/** A shutdown that begins, and becomes due, when a test says so. */
@Vetoed
public final class ScriptedShutdown extends Shutdown {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final MutableClock clock;

  public ScriptedShutdown() {
    this(MutableClock.at("2026-11-22T10:00:00Z"));
  }

  private ScriptedShutdown(MutableClock clock) {
    super(clock, TIMEOUT);
    this.clock = clock;
  }

  public void begin() {
    begin(null);
  }

  public void becomeDue() {
    begin();
    clock.advance(TIMEOUT);
  }
}

package io.soracourier.lifecycle;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Whether the process is ending. Quarkus finishes the requests in progress for {@code
 * quarkus.shutdown.timeout} after SIGTERM, and still takes new requests meanwhile; what to do with
 * either is decided by the caller.
 */
@ApplicationScoped
public class Shutdown {
  /** What is not done in this part of the time is put back in the rest. */
  private static final double TIME_TO_FINISH = 0.6;

  private final Clock clock;
  private final Duration timeToFinish;
  private volatile @Nullable Instant begun;

  Shutdown(Clock clock, @ConfigProperty(name = "quarkus.shutdown.timeout") Duration timeout) {
    this.clock = clock;
    this.timeToFinish = Duration.ofMillis((long) (timeout.toMillis() * TIME_TO_FINISH));
  }

  void begin(@Observes ShutdownDelayInitiatedEvent event) {
    begun = clock.instant();
  }

  /** Whether no new work is to be begun. */
  public boolean hasBegun() {
    return begun != null;
  }

  /** Whether even the work in progress must stop, while there is time to report it. */
  public boolean isImminent() {
    Instant since = begun;
    return since != null && !clock.instant().isBefore(since.plus(timeToFinish));
  }
}

package io.soracourier.blob;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The key that signs links, kept until a link could outlive it. While one thread requests the next
 * one, the others wait for it instead of requesting too.
 */
@ApplicationScoped
class DelegationKeys {
  /** Azure gives up to seven days; somebody who steals it has it for as long. */
  static final Duration LIFETIME = Duration.ofHours(6);

  private final DelegationKeyRequest requests;
  private final Clock clock;
  private @Nullable DelegationKey kept;

  DelegationKeys(DelegationKeyRequest requests, Clock clock) {
    this.requests = requests;
    this.clock = clock;
  }

  /** A key that signs from the one time to the other. */
  synchronized DelegationKey covering(Instant start, Instant expiry) {
    if (kept == null || !kept.covers(start, expiry)) {
      Instant end = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(LIFETIME);
      kept = requests.getUserDelegationKey(start, end);
    }
    return kept;
  }
}

package io.soracourier.harvest;

import io.soracourier.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** A run's right to be the only one, and its time. */
final class Turn {
  private static final int RELEASES = 3;
  private static final Duration RENEWED_EVERY = Duration.ofSeconds(30);

  private final String owner = UUID.randomUUID().toString();
  private final HarvestRows rows;
  private final Clock clock;
  private final BooleanSupplier ending;
  private final Instant began;
  private Instant renewed;
  private boolean lost;

  /**
   * @param ending whether the process is
   */
  Turn(HarvestRows rows, Clock clock, BooleanSupplier ending) {
    this.rows = rows;
    this.clock = clock;
    this.ending = ending;
    this.began = clock.instant();
    this.renewed = began;
  }

  Instant began() {
    return began;
  }

  /**
   * Whether no other run has it.
   *
   * @throws StorageException when that is not known
   */
  boolean isTaken() {
    return rows.lease(owner, began);
  }

  /**
   * Whether there is time, and no other run has begun because this one seemed to have ended.
   *
   * @param within since the beginning
   * @throws StorageException when that is not known
   */
  boolean goesOn(Duration within) {
    Instant now = clock.instant();
    if (!now.isBefore(began.plus(within)) || ending.getAsBoolean()) {
      return false;
    }
    if (!lost && now.isAfter(renewed.plus(RENEWED_EVERY))) {
      lost = !rows.lease(owner, now);
      renewed = now;
    }
    return !lost;
  }

  /** Whether another run has begun meanwhile, which goes its own way now. */
  boolean isLost() {
    return lost;
  }

  /**
   * @throws StorageException when it is not known that this was kept
   */
  void end(HarvestSummary summary) {
    try {
      rows.add(summary, owner);
    } finally {
      release();
    }
  }

  /** Requests to the table are sent once each, and an unlucky one would delay the next run. */
  private void release() {
    for (int attempt = 1; ; attempt++) {
      try {
        rows.release(owner);
        return;
      } catch (StorageException e) {
        if (attempt == RELEASES) {
          throw e;
        }
      }
    }
  }
}

package io.soracourier.records;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.faulttolerance.api.Guard;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Retries and circuit for requests to the table. */
final class RecordPolicies {
  /**
   * For what is recorded while a look is made: one failure, and the table is not called for a
   * while.
   */
  static final String WRITE = "record-write";

  /** How long then. */
  static final Duration PAUSE = Duration.ofSeconds(30);

  @Produces
  @Singleton
  @Identifier(WRITE)
  Guard write() {
    return Guard.create()
        .withCircuitBreaker()
        .name(WRITE)
        .requestVolumeThreshold(1)
        .failureRatio(1)
        .delay(PAUSE.toSeconds(), ChronoUnit.SECONDS)
        .when(RecordPolicies::isOfTheTable)
        .done()
        .build();
  }

  /**
   * One record that could not be written between others does not mean that the table is
   * unavailable.
   */
  static boolean isOfTheTable(Throwable failure) {
    return !isOfTheRecord(failure)
        && !(failure instanceof StorageException storage && storage.kind() == Kind.CONFLICT);
  }

  /** Such a record cannot be written later either. */
  static boolean isOfTheRecord(Throwable failure) {
    return failure instanceof StorageException storage
        && (storage.kind() == Kind.TOO_LARGE || storage.kind() == Kind.REJECTED);
  }
}

package io.soracourier.faults;

import io.soracourier.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * A {@code Retry-After} whose date lies that far ahead when it is sent, not when it is scripted.
 */
final class RetryAfterDate {
  private final Duration ahead;
  private volatile Instant told;

  RetryAfterDate(Duration ahead) {
    this.ahead = ahead;
  }

  Fault fault() {
    return Fault.changing(
        reply -> {
          told = Instant.now().plus(ahead).truncatedTo(ChronoUnit.SECONDS);
          return reply.with(
              "Retry-After",
              DateTimeFormatter.RFC_1123_DATE_TIME.format(told.atOffset(ZoneOffset.UTC)));
        });
  }

  Instant told() {
    return told;
  }
}

package io.soracourier.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The states a job goes through: one further with every look, or one further whenever {@code each}
 * has passed by the clock. The last one stays.
 */
final class Lifecycle {
  private static final Set<String> SUCCESS = Set.of("succeeded", "completed", "done");
  private static final Set<String> ENDED = Set.of("failed", "cancelled", "expired");

  private final Clock clock;
  private final Instant createdAt;
  private List<String> statuses;
  private Duration each;
  private int looks;
  private int index;
  private Instant finishedAt;

  /**
   * @param each null to advance by looks
   * @param finishedAt null to take the time at which the last state begins
   */
  Lifecycle(
      Clock clock, Instant createdAt, List<String> statuses, Duration each, Instant finishedAt) {
    this.clock = clock;
    this.createdAt = createdAt;
    this.statuses = List.copyOf(statuses);
    this.each = each;
    this.finishedAt = finishedAt;
    if (isTerminal(statuses.get(0))) {
      finish(createdAt);
    }
  }

  /** The state a look is answered with. */
  synchronized String look() {
    looks++;
    if (each == null) {
      index = Math.min(looks - 1, statuses.size() - 1);
      if (isTerminal(statuses.get(index))) {
        finish(clock.instant());
      }
    }
    return current();
  }

  /** The state as it is, without a look. */
  synchronized String current() {
    if (each != null) {
      long passed = Duration.between(createdAt, clock.instant()).dividedBy(each);
      index = (int) Math.max(0, Math.min(passed, statuses.size() - 1));
      if (isTerminal(statuses.get(index))) {
        finish(createdAt.plus(each.multipliedBy(index)));
      }
    }
    return statuses.get(index);
  }

  synchronized void moveTo(String status) {
    statuses = List.of(status);
    each = null;
    index = 0;
    finishedAt = null;
    if (isTerminal(status)) {
      finish(clock.instant());
    }
  }

  synchronized int looks() {
    return looks;
  }

  /**
   * How much of the time until the last state is over, in percent below 100, and 0 while the job
   * waits; empty where looks count.
   */
  synchronized OptionalInt percentOver() {
    if (each == null || statuses.size() == 1) {
      return OptionalInt.empty();
    }
    String first = statuses.get(0);
    if (current().equals(first) && !statuses.get(1).equals(first)) {
      return OptionalInt.of(0);
    }
    long whole = each.multipliedBy(statuses.size() - 1L).toMillis();
    long over = Duration.between(createdAt, clock.instant()).toMillis();
    return OptionalInt.of((int) Math.max(0, Math.min(99, 100 * over / Math.max(1, whole))));
  }

  Optional<Instant> finishedAt() {
    return isTerminal(current()) ? Optional.of(finishedAt) : Optional.empty();
  }

  boolean succeeded() {
    return isSuccess(current());
  }

  static boolean isSuccess(String status) {
    return SUCCESS.contains(status);
  }

  private static boolean isTerminal(String status) {
    return SUCCESS.contains(status) || ENDED.contains(status);
  }

  private void finish(Instant at) {
    if (finishedAt == null) {
      finishedAt = at;
    }
  }
}

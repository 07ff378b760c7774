package io.soracourier.courier;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a job that is never done is looked at, by the schedule of the courier itself and with its
 * default delays: for anyone who calculates what waiting costs.
 */
public final class LookTimes {
  private static final Instant ENQUEUED = Instant.EPOCH;
  private static final Instant DEADLINE = ENQUEUED.plus(Duration.ofHours(24));

  private final LookSchedule schedule;

  public LookTimes(RandomGenerator random) {
    this.schedule = new LookSchedule(Configs.DEFAULTS, random);
  }

  /** From the moment at which it was enqueued, with the first look at once. */
  public List<Duration> within(Duration window) {
    List<Duration> looks = new ArrayList<>();
    Optional<Duration> next = Optional.of(Duration.ZERO);
    Duration at = Duration.ZERO;
    while (next.isPresent() && at.plus(next.get()).compareTo(window) < 0) {
      at = at.plus(next.get());
      looks.add(at);
      next = schedule.next(looks.size(), Duration.ZERO, ENQUEUED.plus(at), DEADLINE);
    }
    return looks;
  }
}

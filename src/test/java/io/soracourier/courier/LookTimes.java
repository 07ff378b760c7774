package io.soracourier.courier;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When a job is looked at, by the schedule of the courier itself and with its default delays: for
 * anyone who calculates what waiting costs.
 */
public final class LookTimes {
  private static final Instant BEGIN = Instant.EPOCH;
  private static final Instant DEADLINE = BEGIN.plus(Duration.ofDays(2));

  private final LookSchedule schedule;

  public LookTimes(RandomGenerator random) {
    this.schedule = new LookSchedule(Configs.DEFAULTS, random);
  }

  /**
   * The delay after a look that found the job still being made.
   *
   * @param look its number, from 1
   * @param seconds when it ended
   */
  public double afterLook(int look, double seconds) {
    Instant now = at(seconds);
    return schedule.next(look, Duration.ZERO, now, DEADLINE).orElseThrow().toSeconds();
  }

  /**
   * The delay after a try that found no slot for a copy.
   *
   * @param attempts in a row, from 1
   */
  public double afterTry(int tries, double seconds) {
    return schedule.nextCopyAttempt(tries, at(seconds), DEADLINE).orElseThrow().toSeconds();
  }

  private static Instant at(double seconds) {
    return BEGIN.plusMillis(Math.round(seconds * 1000));
  }
}

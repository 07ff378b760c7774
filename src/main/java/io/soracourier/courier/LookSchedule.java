package io.soracourier.courier;

import io.soracourier.setting.Jitter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to look again: the delay doubles from look to look, up to the longest, with half of it at
 * random, so that jobs that were enqueued together do not stay together. Later looks, of which
 * there are most, come at moments that all jobs have in common, one every {@value #MOMENT_MILLIS}
 * ms: an instance is billed by the time in which it runs anything, a second at least, and so is
 * idle in between. It is never shorter than the service's {@code Retry-After}, up to a bound, so
 * that no single response costs a job its chance; and it never reaches past the deadline: a look
 * comes {@link #MARGIN} before it, time enough for a copy, and, since a video may still come then,
 * others until {@link #LAST} before it.
 */
final class LookSchedule {
  static final Duration MARGIN = Duration.ofSeconds(30);

  /** A small video is still copied then. */
  static final Duration LAST = Duration.ofSeconds(5);

  private static final Duration MIN_DELAY = Duration.ofSeconds(1);

  /**
   * The maximum of a pause that the service requests, or half of the time left where that is less.
   */
  static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

  /** By the clock. A job has several to choose from, or else has none in common with others. */
  private static final long MOMENT_MILLIS = 5_000;

  /** Shorter ones would only burn requests: a copy takes a second or more. */
  private static final Duration SLOT_DELAY = Duration.ofSeconds(3);

  private static final long MAX_SLOT_SECONDS = 15;

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;

  LookSchedule(CourierConfig.LookDelays delays, RandomGenerator random) {
    this.first = delays.firstDelay();
    this.longest = delays.maxDelay();
    this.random = random;
    CourierSettingChecks.delays(delays).forEach(Runnable::run);
  }

  /**
   * The delay after a look.
   *
   * @param look the number of that look, from 1
   * @param atLeast what the service requested
   * @return empty when there is no time for another look
   */
  Optional<Duration> next(int look, Duration atLeast, Instant now, Instant deadline) {
    return left(now, deadline).map(left -> next(look, atLeast, left, now, deadline));
  }

  private Duration next(int look, Duration atLeast, Duration left, Instant now, Instant deadline) {
    double high = Math.min(longest.toMillis(), Jitter.doubled(first, Math.max(look, 1)));
    Jitter jitter = Jitter.half(high).atLeast(first);
    Duration backoff = Duration.ofMillis(inCommon(jitter, now.toEpochMilli()));
    Duration halfOfTheTime = Duration.between(now, deadline).dividedBy(2);
    Duration obeyed = min(atLeast, min(MAX_RETRY_AFTER, halfOfTheTime));
    return wholeSeconds(min(max(backoff, obeyed), left));
  }

  /** Each moment within the bounds is as likely as any other, or else one would draw most jobs. */
  private long inCommon(Jitter jitter, long now) {
    if (jitter.high() - jitter.low() < 2 * MOMENT_MILLIS) {
      return (long) jitter.chosen(random);
    }
    long earliest = (long) Math.ceil((now + jitter.low()) / MOMENT_MILLIS);
    long latest = (long) Math.floor((now + jitter.high()) / MOMENT_MILLIS);
    long moments = latest - earliest + 1;
    return (earliest + (long) (moments * random.nextDouble())) * MOMENT_MILLIS - now;
  }

  /** The time in which there may be another look; empty where there is none. */
  private static Optional<Duration> left(Instant now, Instant deadline) {
    Duration untilMargin = Duration.between(now, deadline.minus(MARGIN));
    Duration left =
        untilMargin.compareTo(MIN_DELAY) < 0
            ? Duration.between(now, deadline.minus(LAST))
            : untilMargin;
    return left.compareTo(MIN_DELAY) < 0 ? Optional.empty() : Optional.of(left);
  }

  /**
   * The delay after an attempt that found no slot for a copy: some seconds, more with each attempt,
   * because then many wait; few where the content expires soon.
   *
   * @param attempts in a row, from 1
   * @return empty when there is no time for another one
   */
  Optional<Duration> nextCopyAttempt(int attempts, Instant now, Instant deadline) {
    return left(now, deadline)
        .map(
            left -> {
              boolean urgent = Duration.between(now, deadline).compareTo(CopySlots.URGENT) < 0;
              long seconds =
                  urgent ? 1 : Math.min((attempts + 1L) * SLOT_DELAY.toSeconds(), MAX_SLOT_SECONDS);
              Jitter jitter = Jitter.half(seconds * 1000.0).atMost(longest);
              Duration delay = Duration.ofMillis((long) jitter.chosen(random));
              return wholeSeconds(min(max(delay, MIN_DELAY), left));
            });
  }

  /** The queue counts in seconds, and an early look would break a promise. */
  private static Duration wholeSeconds(Duration delay) {
    return Duration.ofSeconds(delay.plusNanos(999_999_999).toSeconds());
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}

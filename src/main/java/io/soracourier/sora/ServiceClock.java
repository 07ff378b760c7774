package io.soracourier.sora;

import io.soracourier.http.HttpDate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The time by the video service's clock, from the {@code Date} of its latest response. When a job
 * was created, finished or expires is given by that clock, and so are the times in ids and in
 * {@code Retry-After}: judged by a clock that is minutes off, a job that has just finished would be
 * long done, or one that still has its video expired.
 *
 * <p>Clocks that agree within the time that the response took need no correction and get none.
 */
@ApplicationScoped
@Typed(ServiceClock.class)
public class ServiceClock extends Clock {
  /** {@code Date} has no parts of a second. */
  private static final Duration RESOLUTION = Duration.ofSeconds(1);

  /** A clock that is further off was never set and is ignored. */
  public static final Duration MAX_DIFFERENCE = Duration.ofDays(1);

  private final Clock clock;
  private volatile Duration ahead = Duration.ZERO;

  public ServiceClock(Clock clock) {
    this.clock = clock;
  }

  /** A request is sent. Pass the {@code Date} of its response to the returned consumer. */
  Consumer<String> requesting() {
    Instant sent = clock.instant();
    return date -> observe(sent, date);
  }

  /**
   * Learns from a response that has just arrived.
   *
   * @param sent when its request was sent, by our clock
   * @param date its {@code Date}; what cannot be read, or differs by more than a day, teaches
   *     nothing
   */
  void observe(Instant sent, @Nullable String date) {
    HttpDate.parse(date).ifPresent(made -> observe(sent, made));
  }

  private void observe(Instant sent, Instant made) {
    Duration atLeast = Duration.between(clock.instant(), made);
    Duration atMost = Duration.between(sent, made.plus(RESOLUTION));
    Duration difference =
        !atLeast.isNegative() ? atLeast : atMost.isNegative() ? atMost : Duration.ZERO;
    if (difference.abs().compareTo(MAX_DIFFERENCE) <= 0) {
      ahead = difference;
    }
  }

  @Override
  public Instant instant() {
    return clock.instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return clock.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("only instants are supported");
  }
}

package io.soracourier.courier;

import io.soracourier.lifecycle.TimeLimits;
import io.soracourier.lifecycle.TimeLimits.Limit;
import io.soracourier.setting.Bounds;
import io.soracourier.setting.InvalidSettingException;
import io.soracourier.storage.JobQueue;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * How long a look may take: as long as is set, but so that its job can still be put back well
 * before the Functions host ends the invocation. Two invocations that reach the host's limit
 * together end the host itself.
 */
@Singleton
class LookTime {
  /** The app setting that overrides the host's limit. */
  static final String FUNCTION_TIMEOUT_SETTING = "AzureFunctionsJobHost__functionTimeout";

  /** {@code functionTimeout} in {@code host.json}. */
  static final Duration FUNCTION_TIMEOUT = Duration.ofHours(1);

  /** Between the end of an invocation, at worst, and the host's limit. */
  static final Duration MARGIN = Duration.ofMinutes(5);

  private static final Logger LOG = Logger.getLogger(LookTime.class);
  private static final String SETTING = "courier.look.time-limit";
  private static final Duration MIN = Duration.ofSeconds(1);
  private static final Duration MAX = Duration.ofDays(1);

  /** {@code [d.]hh:mm[:ss[.f]]}, as .NET reads a time span. */
  private static final Pattern TIME_SPAN =
      Pattern.compile("(?:(\\d{1,3})\\.)?(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.\\d+)?)?");

  private final TimeLimits limits;
  private final Duration allowed;

  @Inject
  LookTime(
      TimeLimits limits,
      CourierConfig config,
      JobQueue queue,
      @ConfigProperty(name = FUNCTION_TIMEOUT_SETTING) Optional<String> functionTimeout) {
    this(limits, allowed(config.look().timeLimit(), queue.maxSendTime(), functionTimeout));
  }

  LookTime(TimeLimits limits, Duration allowed) {
    this.limits = limits;
    this.allowed = allowed;
  }

  /** Begins the time of a look that the calling thread makes. */
  Limit begin() {
    return limits.begin(allowed);
  }

  /**
   * @param set as configured
   * @param putBack how long putting the job back may take after it
   * @param functionTimeout the app setting that overrides the one of {@code host.json}: a time
   *     span, or -1 for none
   */
  static Duration allowed(Duration set, Duration putBack, Optional<String> functionTimeout) {
    Bounds.check(SETTING, set, MIN, MAX);
    Optional<Duration> hosts =
        functionTimeout.map(LookTime::timeSpan).orElse(Optional.of(FUNCTION_TIMEOUT));
    if (hosts.isEmpty()) {
      return set;
    }
    Duration possible = hosts.get().minus(putBack).minus(MARGIN);
    if (possible.compareTo(MIN) < 0) {
      throw new InvalidSettingException(
          "courier.storage",
          "settings let a job take up to %s to be put back, which leaves no time for a look before the host's functionTimeout of %s: lower courier.storage.read-timeout or courier.storage.retry.count"
              .formatted(putBack, hosts.get()));
    }
    if (possible.compareTo(set) < 0) {
      LOG.warnf(
          "%s is %s, but putting a job back may take %s more, and the host ends an invocation after"
              + " %s: a look ends after %s",
          SETTING, set, putBack, hosts.get(), possible);
      return possible;
    }
    return set;
  }

  /** Empty for an unlimited one; one that cannot be read is as good as the one of host.json. */
  private static Optional<Duration> timeSpan(String text) {
    Matcher parts = TIME_SPAN.matcher(text.strip());
    if (parts.matches()) {
      return Optional.of(
          Duration.ofDays(parts.group(1) == null ? 0 : Long.parseLong(parts.group(1)))
              .plusHours(Long.parseLong(parts.group(2)))
              .plusMinutes(Long.parseLong(parts.group(3)))
              .plusSeconds(parts.group(4) == null ? 0 : Long.parseLong(parts.group(4))));
    }
    return text.strip().equals("-1") ? Optional.empty() : Optional.of(FUNCTION_TIMEOUT);
  }
}

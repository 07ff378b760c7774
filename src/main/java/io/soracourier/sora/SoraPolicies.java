package io.soracourier.sora;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.faulttolerance.api.Guard;
import io.soracourier.setting.Bounds;
import io.soracourier.setting.InvalidSettingException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * What is done within an invocation about a video service that does not answer. Everything that
 * takes longer than an invocation should is done by the queue.
 */
public final class SoraPolicies {
  /** For questions about a job: retries, and a circuit. */
  public static final String JOB = "sora-job";

  /** For content: retries alone, since every copy follows a question that the circuit let pass. */
  public static final String CONTENT = "sora-content";

  private static final int MOST_RETRIES = 10;
  private static final int MOST_CALLS = 10_000;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** The last look begins so long before a job's deadline: a longer wait would miss that. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(30);

  SoraPolicies() {}

  /**
   * A few short retries ride out a hiccup, which is cheaper than another look. When most of the
   * latest calls found the service unavailable, retries included, the circuit opens: a service that
   * is down is left alone while messages keep coming, and an invocation ends at once.
   */
  @Produces
  @Singleton
  @Identifier(JOB)
  Guard job(RetryConfig retry, CircuitConfig circuit) {
    Bounds.check("courier.circuit.calls", circuit.calls(), 1, MOST_CALLS);
    Bounds.check("courier.circuit.delay", circuit.delay(), Duration.ofMillis(1), LONGEST);
    if (!(circuit.failureRatio() > 0 && circuit.failureRatio() <= 1)) {
      throw new InvalidSettingException(
          "courier.circuit.failure-ratio", "must be more than 0 and at most 1, for example 0.75");
    }
    return retrying(retry)
        .withCircuitBreaker()
        .name(JOB)
        .requestVolumeThreshold(circuit.calls())
        .failureRatio(circuit.failureRatio())
        .delay(circuit.delay().toMillis(), ChronoUnit.MILLIS)
        .failOn(SoraUnavailableException.class)
        .done()
        .build();
  }

  @Produces
  @Singleton
  @Identifier(CONTENT)
  Guard content(RetryConfig retry) {
    return retrying(retry).build();
  }

  private static Guard.Builder retrying(RetryConfig config) {
    Bounds.check("courier.retry.count", config.count(), 0, MOST_RETRIES);
    Bounds.check("courier.retry.delay", config.delay(), Duration.ofMillis(1), LONGEST);
    Bounds.check("courier.retry.within", config.within(), Duration.ofMillis(1), LONGEST);
    Bounds.check(
        "courier.retry.longest-retry-after", config.longestRetryAfter(), Duration.ZERO, MAX_WAIT);
    return Guard.create()
        .withRetry()
        .maxRetries(config.count())
        .maxDuration(config.within().toMillis(), ChronoUnit.MILLIS)
        .jitter(0, ChronoUnit.MILLIS)
        .whenException(new ShortRetry(config)::isWorthIt)
        .withCustomBackoff()
        .strategy(() -> new ShortRetry(config)::nextDelayInMillis)
        .done()
        .done();
  }
}

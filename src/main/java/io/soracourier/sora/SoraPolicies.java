package io.soracourier.sora;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.faulttolerance.api.Guard;
import io.soracourier.setting.RetryGuard;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.temporal.ChronoUnit;

/**
 * Retries and circuits within an invocation for a video service that fails. Everything that takes
 * longer than an invocation should is done by the queue.
 */
public final class SoraPolicies {
  /** For questions about a job: retries, and a circuit. */
  public static final String JOB = "sora-job";

  /** For content: retries alone, since every copy follows a question that the circuit let pass. */
  public static final String CONTENT = "sora-content";

  SoraPolicies() {}

  /**
   * A few short retries bridge a short failure, which is cheaper than another look. When most of
   * the latest calls found the service unavailable, retries included, the circuit opens: a service
   * that is down is not called while messages keep coming, and an invocation ends immediately.
   */
  @Produces
  @Singleton
  @Identifier(JOB)
  Guard job(RetryConfig retry, CircuitConfig circuit) {
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
    return RetryGuard.of(
        config.count(),
        config.within(),
        new ShortRetry(config)::isWorthIt,
        () -> new ShortRetry(config)::nextDelayInMillis);
  }
}

package io.soracourier.courier;

import io.quarkus.runtime.Startup;
import io.soracourier.courier.CopyResult.Deferred;
import io.soracourier.courier.CopySlots.Turn;
import io.soracourier.courier.JobJudge.Judgement;
import io.soracourier.lifecycle.TimeLimits.Limit;
import io.soracourier.sora.CircuitConfig;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.JobId;
import io.soracourier.sora.ServiceClock;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.sora.VideoJob;
import io.soracourier.sora.VideoJobs;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * The use case: one look at a job, and what follows from it. A look never waits for a job; one that
 * is not ready is checked again later.
 */
@Startup
@ApplicationScoped
public class Courier {
  private final Replicas replicas;
  private final Clock clock;
  private final Deadline deadline;
  private final JobJudge judge;
  private final GenerationDelivery delivery;
  private final Conclusion conclusion;
  private final Duration circuitDelay;
  private final LookTime time;

  Courier(
      VideoJobs jobs,
      GenerationDelivery delivery,
      CourierConfig config,
      CircuitConfig circuit,
      LookTime time,
      Endpoint endpoint,
      ServiceClock clock,
      RandomGenerator random) {
    this.replicas = new Replicas(jobs);
    this.clock = clock;
    LookSchedule schedule = new LookSchedule(config.look(), random);
    CourierSettingChecks.times(config).forEach(Runnable::run);
    this.deadline = new Deadline(config.deadline(), endpoint);
    this.delivery = delivery;
    this.conclusion = new Conclusion(schedule, deadline, clock);
    this.judge = new JobJudge(delivery, deadline, config.grace());
    this.circuitDelay = circuit.delay();
    this.time = time;
  }

  /**
   * Looks at a job, for as long as {@code courier.look.time-limit} allows.
   *
   * @param earlier the note of the look before, or {@link LookNote#NONE}
   * @param log writes this look's events
   */
  public LookResult look(JobId id, LookNote earlier, LookLog log) {
    try (Limit limit = time.begin();
        Turn turn = delivery.turn()) {
      return earlier.copyTries() == 0 || turn.take(timeLeft(id, earlier))
          ? look(id, earlier, new Means(limit, turn), log)
          : noSlot(id, earlier, log);
    }
  }

  private Duration timeLeft(JobId id, LookNote earlier) {
    Instant now = clock.instant();
    return Duration.between(now, deadline.of(id, Optional.empty(), earlier.notLooked(now)));
  }

  /** The job is done, as the look before has seen: the service is not called again in vain. */
  private LookResult noSlot(JobId id, LookNote earlier, LookLog log) {
    Instant now = clock.instant();
    LookNote note = earlier.notLooked(now);
    Deferred noSlot = Deferred.NO_SLOT;
    Judgement judgement =
        judge.unseen(noSlot.cause(), noSlot.why(), Duration.ZERO, noSlot.message(), note, now);
    return conclusion.of(
        judgement, id, Optional.empty(), log.with(LogField.LOOK, earlier.number()));
  }

  /** The time of a look is that of the service's response, which may have set the clock right. */
  private LookResult look(JobId id, LookNote earlier, Means means, LookLog log) {
    LookLog lookLog = log.with(LogField.LOOK, earlier.number() + 1);
    VideoJob job;
    try {
      job = replicas.find(id, earlier);
    } catch (SoraException e) {
      lookLog
          .with(LogField.STATE, "unknown")
          .with(LogField.MESSAGE, e.getMessage())
          .write(isOfASetting(e) ? LogEvent.DENIED : LogEvent.LOOK);
      Instant now = clock.instant();
      Judgement judgement = judge.callFailed(id, e, earlier.begin(now), now, lookLog);
      return conclusion.of(judgement, id, Optional.empty(), lookLog);
    } catch (CircuitBreakerOpenException e) {
      String message = "GET of job %s was not sent: the circuit is open after repeated failures";
      return unseen(
          id,
          earlier,
          Waiting.SERVICE,
          "service known to be down",
          circuitDelay,
          message.formatted(id),
          lookLog);
    } catch (RuntimeException e) {
      if (means.limit().reached()) {
        String message = "the status of job %s took longer than courier.look.time-limit";
        return unseen(
            id,
            earlier,
            Waiting.SERVICE,
            "look took too long",
            Duration.ZERO,
            message.formatted(id),
            lookLog);
      }
      lookLog.writeError(e);
      String message = "looking at job %s failed: %s".formatted(id, LookLog.words(e));
      return unseen(id, earlier, Waiting.COURIER, "error", Duration.ZERO, message, lookLog);
    }
    lookLog
        .with(LogField.STATE, job.status())
        .with(LogField.FINISHED_AT, job.finishedAt().orElse(null))
        .with(LogField.EXPIRES_AT, job.expiresAt().orElse(null))
        .write(LogEvent.LOOK);
    Instant now = clock.instant();
    LookNote note = earlier.begin(now).saw(job, deadline, now);
    return conclusion.of(
        judge.judge(job, note, now, means, lookLog), id, Optional.of(job), lookLog);
  }

  private static boolean isOfASetting(SoraException e) {
    return e.kind() == Kind.DENIED || e.kind() == Kind.WRONG_ENDPOINT;
  }

  private LookResult unseen(
      JobId id,
      LookNote earlier,
      Waiting cause,
      String why,
      Duration atLeast,
      String message,
      LookLog log) {
    Instant now = clock.instant();
    Judgement judgement = judge.unseen(cause, why, atLeast, message, earlier.begin(now), now);
    return conclusion.of(judgement, id, Optional.empty(), log);
  }
}

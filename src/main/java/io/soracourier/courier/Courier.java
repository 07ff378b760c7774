package io.soracourier.courier;

import io.quarkus.runtime.Startup;
import io.soracourier.courier.LookResult.LookAgain;
import io.soracourier.courier.Verdict.Done;
import io.soracourier.courier.Verdict.Later;
import io.soracourier.sora.Generation;
import io.soracourier.sora.JobId;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.sora.VideoJob;
import io.soracourier.sora.VideoJobs;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * The use case: one look at a job, and what follows from it. A look never waits for a job; one that
 * is not ready is looked at again later.
 */
@Startup
@ApplicationScoped
public class Courier {
  private static final Duration CIRCUIT_DELAY = Duration.ofSeconds(10);

  private final VideoJobs jobs;
  private final GenerationDelivery delivery;
  private final Clock clock;
  private final LookSchedule schedule;
  private final Deadline deadline;
  private final Duration grace;

  Courier(
      VideoJobs jobs,
      GenerationDelivery delivery,
      CourierConfig config,
      Clock clock,
      RandomGenerator random) {
    this.jobs = jobs;
    this.delivery = delivery;
    this.clock = clock;
    this.schedule = new LookSchedule(config.look(), random);
    this.deadline = new Deadline(config.deadline());
    this.grace = config.grace();
  }

  /**
   * Looks at a job.
   *
   * @param earlier the note of the look before, or {@link LookNote#NONE}
   * @param log writes this look's events
   */
  public LookResult look(JobId id, LookNote earlier, LookLog log) {
    Instant now = clock.instant();
    LookNote note = earlier.begin(now);
    LookLog lookLog = log.with(LogField.LOOK, note.number());
    Verdicts verdicts = new Verdicts(null, now);
    try {
      VideoJob job = jobs.find(id);
      lookLog
          .with(LogField.STATE, job.status())
          .with(LogField.FINISHED_AT, job.finishedAt().orElse(null))
          .with(LogField.EXPIRES_AT, job.expiresAt().orElse(null))
          .write(LogEvent.LOOK);
      return conclude(
          judge(job, note, verdicts, lookLog), note(job, note, now), id, Optional.of(job), lookLog);
    } catch (SoraException e) {
      lookLog
          .with(LogField.STATE, "unknown")
          .with(LogField.MESSAGE, e.getMessage())
          .write(e.kind() == Kind.DENIED ? LogEvent.DENIED : LogEvent.LOOK);
      return conclude(List.of(judge(id, e, note, verdicts)), note, id, Optional.empty(), lookLog);
    } catch (CircuitBreakerOpenException e) {
      Later later =
          verdicts.later(
              "service known to be down",
              CIRCUIT_DELAY,
              FailureReason.GAVE_UP,
              "GET of job " + id + " was not sent, because the calls before it got no answer",
              List.of());
      return conclude(List.of(later), note, id, Optional.empty(), lookLog);
    }
  }

  private static LookNote note(VideoJob job, LookNote note, Instant now) {
    return switch (job.state()) {
      case SUCCEEDED -> note.sawSuccess(now);
      case QUEUED, PREPROCESSING, RUNNING, PROCESSING, IN_PROGRESS, FAILED, CANCELLED, UNKNOWN ->
          note;
    };
  }

  private List<Verdict> judge(VideoJob job, LookNote note, Verdicts verdicts, LookLog log) {
    return switch (job.state()) {
      case QUEUED, PREPROCESSING, RUNNING, PROCESSING, IN_PROGRESS, UNKNOWN ->
          List.of(
              verdicts.later(
                  job.status(),
                  Duration.ZERO,
                  FailureReason.GAVE_UP,
                  "job %s is still '%s'".formatted(job.id(), job.status()),
                  List.of()));
      case FAILED, CANCELLED -> List.of(ended(job, verdicts));
      case SUCCEEDED ->
          job.generations().isEmpty()
              ? List.of(
                  verdicts.graced(
                      successOf(job, note, verdicts.now()).plus(grace),
                      FailureReason.NO_GENERATIONS,
                      "job %s has succeeded, but names no generation; there is nothing to fetch"
                          .formatted(job.id()),
                      List.of()))
              : deliver(job, note, verdicts.now(), log);
    };
  }

  private Verdict ended(VideoJob job, Verdicts verdicts) {
    String why =
        job.failureReason()
            .map(reason -> ": " + reason + job.failureMessage().map(text -> ", " + text).orElse(""))
            .orElse(", without a reason");
    String message = "job %s ended as '%s'%s".formatted(job.id(), job.status(), why);
    FailureReason reason =
        switch (job.state()) {
          case CANCELLED -> FailureReason.CANCELLED;
          default -> FailureReason.JOB_FAILED;
        };
    return job.moderated()
        ? verdicts.failed(
            FailureReason.MODERATED, message + "; change the prompt or the input", List.of())
        : verdicts.failed(reason, message, List.of());
  }

  private List<Verdict> deliver(VideoJob job, LookNote note, Instant now, LookLog log) {
    Instant graceEnd = successOf(job, note, now).plus(grace);
    Instant expiry = deadline.of(job.id(), Optional.of(job), note);
    List<Verdict> verdicts = new ArrayList<>();
    int number = 0;
    for (Generation generation : job.generations()) {
      number++;
      if (!note.reported().contains(generation.id())) {
        verdicts.add(delivery.deliver(job, generation, number, graceEnd, expiry, log));
      }
    }
    return verdicts;
  }

  private static Instant successOf(VideoJob job, LookNote note, Instant now) {
    Instant seen = note.succeeded() == null ? now : note.succeeded();
    return job.finishedAt().orElse(seen);
  }

  private Verdict judge(JobId id, SoraException e, LookNote note, Verdicts verdicts) {
    Optional<Instant> known = id.createdAt(note.first());
    Instant created = known.orElse(note.first());
    if (e.kind() != Kind.NOT_FOUND) {
      return verdicts.unanswered(e, note.first().plus(grace));
    }
    Instant expiry = created.plus(JobId.LIFETIME);
    if (known.isPresent() && !verdicts.now().isBefore(expiry)) {
      return verdicts.failed(
          FailureReason.EXPIRED,
          "job %s was created at %s, and jobs and videos are kept for 24 hours, so until about %s; it cannot be had any more. %s"
              .formatted(id, created, expiry, e.getMessage()),
          e.attempts());
    }
    return verdicts.graced(
        created.plus(grace),
        FailureReason.JOB_NOT_FOUND,
        "there is no job %s at this resource; check the id, and that AZURE_OPENAI_ENDPOINT is the resource that made it. %s"
            .formatted(id, e.getMessage()),
        e.attempts());
  }

  private LookResult conclude(
      List<Verdict> verdicts, LookNote note, JobId id, Optional<VideoJob> job, LookLog log) {
    List<Outcome> outcomes = new ArrayList<>();
    List<Later> laters = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      if (verdict instanceof Done done) {
        outcomes.add(done.outcome());
      } else if (verdict instanceof Later later) {
        laters.add(later);
      }
    }
    Optional<LookAgain> again = Optional.empty();
    if (!laters.isEmpty()) {
      Duration atLeast = laters.stream().map(Later::atLeast).max(Duration::compareTo).get();
      String why = laters.get(0).why();
      again =
          schedule
              .next(note.number(), atLeast, clock.instant(), deadline.of(id, job, note))
              .map(delay -> new LookAgain(delay, why, note.plusReported(outcomes)));
      if (again.isEmpty()) {
        laters.forEach(later -> outcomes.add(later.ifNoTimeIsLeft()));
      }
    }
    outcomes.forEach(outcome -> logFailure(outcome, log));
    again.ifPresent(
        look ->
            log.with(LogField.DELAY_SECONDS, look.delay().toSeconds())
                .with(LogField.REASON, look.why())
                .write(LogEvent.LOOK_AGAIN));
    return new LookResult(outcomes, again, note.number());
  }

  private static void logFailure(Outcome outcome, LookLog log) {
    if (outcome instanceof Outcome.Failed failed) {
      log.with(LogField.GENERATION_ID, failed.generationId())
          .with(LogField.REASON, failed.reason().code())
          .with(LogField.MESSAGE, failed.message())
          .write(LogEvent.FAILED);
    }
  }
}

package io.soracourier.courier;

import io.soracourier.courier.Verdict.Done;
import io.soracourier.lifecycle.TimeLimits.Limit;
import io.soracourier.sora.Generation;
import io.soracourier.sora.JobId;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.sora.VideoJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides what follows from what the service says of a job. */
final class JobJudge {
  private static final String GENERATION_INSTEAD =
      "gen_… is the id of a generation: enqueue the id of its job, task_…; ";

  private final GenerationDelivery delivery;
  private final Deadline deadline;
  private final Duration grace;

  JobJudge(GenerationDelivery delivery, Deadline deadline, Duration grace) {
    this.delivery = delivery;
    this.deadline = deadline;
    this.grace = grace;
  }

  /** On a job that was answered; those of its generations that can be delivered now are. */
  List<Verdict> judge(VideoJob job, LookNote note, Verdicts verdicts, Limit limit, LookLog log) {
    return switch (job.state()) {
      case QUEUED, PREPROCESSING, RUNNING, PROCESSING, IN_PROGRESS, UNKNOWN ->
          List.of(
              verdicts.later(
                  job.status(),
                  Duration.ZERO,
                  FailureReason.GAVE_UP,
                  "job %s is still '%s'".formatted(job.id(), job.status()),
                  List.of()));
      case FAILED -> List.of(ended(job, FailureReason.JOB_FAILED, verdicts));
      case CANCELLED -> List.of(ended(job, FailureReason.CANCELLED, verdicts));
      case SUCCEEDED ->
          job.generations().isEmpty()
              ? List.of(
                  verdicts.graced(
                      graceEnd(job, note, verdicts),
                      FailureReason.NO_GENERATIONS,
                      "job %s has succeeded, but names no generation; there is nothing to fetch"
                          .formatted(job.id()),
                      List.of()))
              : deliver(job, note, verdicts, limit, log);
    };
  }

  private static Done ended(VideoJob job, FailureReason reason, Verdicts verdicts) {
    String why =
        Stream.of(job.failureReason(), job.failureMessage())
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    String message =
        "job %s ended as '%s'%s"
            .formatted(job.id(), job.status(), why.isEmpty() ? ", without a reason" : ": " + why);
    return job.moderated()
        ? verdicts.failed(
            FailureReason.MODERATED, message + "; change the prompt or the input", List.of())
        : verdicts.failed(reason, message, List.of());
  }

  private List<Verdict> deliver(
      VideoJob job, LookNote note, Verdicts verdicts, Limit limit, LookLog log) {
    Instant graceEnd = graceEnd(job, note, verdicts);
    Instant expiry = deadline.of(job.id(), Optional.of(job), note);
    List<Verdict> delivered = new ArrayList<>();
    int number = 0;
    for (Generation generation : job.generations()) {
      number++;
      if (!note.reported().contains(generation.id())) {
        delivered.add(delivery.deliver(job, generation, number, graceEnd, expiry, limit, log));
      }
    }
    return delivered;
  }

  private Instant graceEnd(VideoJob job, LookNote note, Verdicts verdicts) {
    Instant seen = note.succeeded() == null ? verdicts.now() : note.succeeded();
    return job.finishedAt().orElse(seen).plus(grace);
  }

  /** On a job that was not. */
  Verdict unanswered(JobId id, SoraException e, LookNote note, Verdicts verdicts) {
    if (e.kind() != Kind.NOT_FOUND) {
      return verdicts.unanswered(e, note.first().plus(grace));
    }
    Optional<Instant> known = id.createdAt(note.first());
    Instant created = known.orElse(note.first());
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
        "there is no job %s at this resource; %scheck the id, and that AZURE_OPENAI_ENDPOINT is the resource that made it. %s"
            .formatted(id, id.isOfGeneration() ? GENERATION_INSTEAD : "", e.getMessage()),
        e.attempts());
  }
}

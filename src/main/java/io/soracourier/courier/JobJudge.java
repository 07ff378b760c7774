package io.soracourier.courier;

import io.soracourier.courier.Announced.Awaited;
import io.soracourier.courier.Decision.Done;
import io.soracourier.courier.Decision.Later;
import io.soracourier.lifecycle.TimeLimits.Limit;
import io.soracourier.sora.Generation;
import io.soracourier.sora.JobId;
import io.soracourier.sora.JobState;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.sora.VideoJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * What one look came to.
   *
   * @param note with what it has found out
   */
  record Judgement(List<Decision> verdicts, LookNote note) {}

  /** On a job that was answered; those of its generations that can be delivered now are. */
  Judgement judge(VideoJob job, LookNote note, Instant now, Limit limit, LookLog log) {
    Decisions verdicts = new Decisions(null, now, note.unlisted(), grace);
    return switch (job.state()) {
      case UNFINISHED ->
          note.announced().awaited().isEmpty()
              ? ofJob(
                  verdicts.later(
                      job.status(),
                      Duration.ZERO,
                      FailureReason.GAVE_UP,
                      "job %s is still '%s'".formatted(job.id(), job.status()),
                      List.of()),
                  note.withUnlisted(null))
              : deliver(job, note.withUnlisted(null), limit, log);
      case FAILED -> ofJob(ended(job, FailureReason.JOB_FAILED, verdicts), note);
      case CANCELLED -> ofJob(ended(job, FailureReason.CANCELLED, verdicts), note);
      case SUCCEEDED -> succeeded(job, note, verdicts, limit, log);
    };
  }

  /** On a job of which nothing was learned. */
  Judgement unseen(String why, Duration atLeast, String message, LookNote note, Instant now) {
    Decisions verdicts = new Decisions(null, now, null, grace);
    return ofJob(verdicts.later(why, atLeast, FailureReason.GAVE_UP, message, List.of()), note);
  }

  /** What is so of a job is so of each of the generations that it has announced. */
  private static Judgement ofJob(Decision verdict, LookNote note) {
    List<Awaited> awaited = note.announced().awaited();
    return new Judgement(
        awaited.isEmpty()
            ? List.of(verdict)
            : awaited.stream().map(video -> verdict.about(video.id())).toList(),
        note);
  }

  private static Done ended(VideoJob job, FailureReason reason, Decisions verdicts) {
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

  private Judgement succeeded(
      VideoJob job, LookNote note, Decisions verdicts, Limit limit, LookLog log) {
    Announced before = note.announced();
    Announced all = before.plus(job.generations().stream().map(Generation::id).toList());
    if (!all.awaited().isEmpty() || all.beyond() > before.beyond()) {
      Judgement delivered = deliver(job, note.withUnlisted(null).with(all), limit, log);
      if (all.beyond() == before.beyond()) {
        return delivered;
      }
      List<Decision> withThoseBeyond = new ArrayList<>(delivered.verdicts());
      withThoseBeyond.add(verdicts.failed(FailureReason.GAVE_UP, tooMany(job, all), List.of()));
      return new Judgement(withThoseBeyond, delivered.note());
    }
    Decision verdict =
        all.reported().isEmpty()
            ? verdicts.missed(
                FailureReason.NO_GENERATIONS,
                "job %s has succeeded, but names no generation; there is nothing to fetch"
                    .formatted(job.id()),
                List.of())
            : verdicts.missed(
                FailureReason.CONTENT_NOT_FOUND,
                "job %s does not list a generation any more that it had announced"
                    .formatted(job.id()),
                List.of());
    return ofJob(verdict, note.withUnlisted(misses(verdict)));
  }

  private static String tooMany(VideoJob job, Announced all) {
    return "job %s lists %d generations, and %d of one job are delivered: the other %d were not copied, from '%s' on; fetch them from the service before they expire"
        .formatted(job.id(), all.count(), all.ids().size(), all.beyond(), firstBeyond(job, all));
  }

  private static String firstBeyond(VideoJob job, Announced all) {
    return job.generations().stream()
        .map(Generation::id)
        .filter(id -> !all.ids().contains(id))
        .findFirst()
        .orElseThrow();
  }

  private Judgement deliver(VideoJob job, LookNote note, Limit limit, LookLog log) {
    Announced announced = note.announced();
    VideoJob whole = delivery.whole(job, announced);
    Instant expiry = deadline.of(job.id(), Optional.of(job), note);
    List<Decision> verdicts = new ArrayList<>();
    Map<String, Misses> misses = new HashMap<>();
    for (Awaited video : announced.awaited()) {
      Decision verdict = delivery.deliver(whole, video, announced.count(), expiry, limit, log);
      verdicts.add(verdict);
      misses.put(video.id(), job.state() == JobState.SUCCEEDED ? misses(verdict) : null);
    }
    return new Judgement(verdicts, note.with(announced.withMisses(misses)));
  }

  /** On a job that was not. */
  Judgement unanswered(JobId id, SoraException e, LookNote note, Instant now) {
    Decisions verdicts = new Decisions(null, now, note.missing(), grace);
    Decision verdict =
        e.kind() == Kind.NOT_FOUND ? missing(id, e, note, verdicts) : verdicts.unanswered(e);
    return ofJob(verdict, note.withMissing(misses(verdict)));
  }

  private static Decision missing(JobId id, SoraException e, LookNote note, Decisions verdicts) {
    Optional<Instant> told = Optional.ofNullable(note.until());
    Optional<Instant> expiry = told.or(() -> Deadline.ofId(id, note));
    if (expiry.filter(end -> !verdicts.now().isBefore(end)).isPresent()) {
      String why =
          told.isPresent()
              ? "job %s expired at %s".formatted(id, told.get())
              : "job %s was created at %s, and jobs and videos are kept for 24 hours, so until about %s"
                  .formatted(id, expiry.get().minus(JobId.LIFETIME), expiry.get());
      return verdicts.failed(
          FailureReason.EXPIRED,
          why + "; it cannot be had any more. " + e.getMessage(),
          e.attempts());
    }
    return verdicts.missed(
        FailureReason.JOB_NOT_FOUND,
        "there is no job %s at this resource; %scheck the id, and that AZURE_OPENAI_ENDPOINT is the resource that made it. %s"
            .formatted(id, id.isOfGeneration() ? GENERATION_INSTEAD : "", e.getMessage()),
        e.attempts());
  }

  private static Misses misses(Decision verdict) {
    return verdict instanceof Later later ? later.misses() : null;
  }
}

package io.soracourier.courier;

import io.soracourier.courier.Announced.Awaited;
import io.soracourier.courier.Decision.Done;
import io.soracourier.courier.Decision.Later;
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
import org.jspecify.annotations.Nullable;

/** Decides what follows from the service's response for a job. */
final class JobJudge {
  private final GenerationDelivery delivery;
  private final Deadline deadline;
  private final MissingJob missing;
  private final GoneJob gone;
  private final Duration grace;

  JobJudge(GenerationDelivery delivery, Deadline deadline, Duration grace) {
    this.delivery = delivery;
    this.deadline = deadline;
    this.missing = new MissingJob(deadline);
    this.gone = new GoneJob(delivery);
    this.grace = grace;
  }

  /**
   * What one look came to.
   *
   * @param note with what it has found out
   */
  record Judgement(List<Decision> verdicts, LookNote note) {}

  /** On a job that the service returned; those of its generations that can be delivered now are. */
  Judgement judge(VideoJob job, LookNote note, Instant now, Means means, LookLog log) {
    Decisions verdicts = new Decisions(null, now, note.unlisted(), grace);
    return switch (job.state()) {
      case UNFINISHED, UNKNOWN -> unfinished(job, note.withUnlisted(null), verdicts, means, log);
      case EXPIRED -> gone(job.id(), expired(job, verdicts), note, log);
      case FAILED -> ofJob(ended(job, FailureReason.JOB_FAILED, verdicts), note);
      case CANCELLED -> ofJob(ended(job, FailureReason.CANCELLED, verdicts), note);
      case SUCCEEDED -> succeeded(job, note, verdicts, means, log);
    };
  }

  /**
   * Videos that were announced before may be there. So may those of a job of which an unknown word
   * leaves open whether it is done.
   */
  private Judgement unfinished(
      VideoJob job, LookNote note, Decisions verdicts, Means means, LookLog log) {
    LookNote with = note.with(note.announced().plus(ids(job)));
    String message = "job %s is still '%s'".formatted(job.id(), job.status());
    if (job.state() == JobState.UNKNOWN) {
      message += ", a status that this version of the courier does not know";
    }
    if (with.announced().awaited().isEmpty()) {
      return ofJob(
          verdicts.later(
              Waiting.VIDEO,
              job.status(),
              Duration.ZERO,
              FailureReason.GAVE_UP,
              message,
              List.of()),
          with);
    }
    Judgement delivered = deliver(job, with, means, log);
    String still = message;
    return new Judgement(
        delivered.verdicts().stream().map(verdict -> verdict.after(still)).toList(),
        delivered.note());
  }

  private static Decision expired(VideoJob job, Decisions verdicts) {
    return verdicts.failed(
        FailureReason.EXPIRED,
        "the service says that job %s is '%s': it is no longer available"
            .formatted(job.id(), job.status()),
        List.of());
  }

  private static List<String> ids(VideoJob job) {
    return job.generations().stream().map(Generation::id).toList();
  }

  /** On a job of which nothing was learned. */
  Judgement unseen(
      Waiting cause, String why, Duration atLeast, String message, LookNote note, Instant now) {
    Decisions verdicts = new Decisions(null, now, null, grace);
    return ofJob(
        verdicts.later(cause, why, atLeast, FailureReason.GAVE_UP, message, List.of()), note);
  }

  /** What is so of a job is so of each of the generations that it has announced. */
  private static Judgement ofJob(Decision verdict, LookNote note) {
    return new Judgement(note.announced().each(verdict), note);
  }

  private static Done ended(VideoJob job, FailureReason reason, Decisions verdicts) {
    String message =
        "job %s ended as '%s'%s"
            .formatted(
                job.id(),
                job.status(),
                job.failure().map(why -> ": " + why).orElse(", without a reason"));
    return job.moderated()
        ? verdicts.failed(
            FailureReason.MODERATED,
            message.replaceFirst("[.\\s]+$", "") + "; change the prompt or the input",
            List.of())
        : verdicts.failed(reason, message, List.of());
  }

  private Judgement succeeded(
      VideoJob job, LookNote note, Decisions verdicts, Means means, LookLog log) {
    Announced before = note.announced();
    Announced all = before.plus(ids(job));
    VideoCount.warnOfFewer(job, note, log);
    if (!all.awaited().isEmpty() || all.beyond() > before.beyond()) {
      Judgement delivered = deliver(job, note.withUnlisted(null).with(all), means, log);
      if (all.beyond() == before.beyond()) {
        return delivered;
      }
      List<Decision> withThoseBeyond = new ArrayList<>(delivered.verdicts());
      withThoseBeyond.add(
          verdicts.failed(FailureReason.GAVE_UP, VideoCount.tooMany(job, all), List.of()));
      return new Judgement(withThoseBeyond, delivered.note());
    }
    Decision verdict =
        all.reported().isEmpty()
            ? verdicts.missed(
                FailureReason.NO_GENERATIONS,
                "job %s has succeeded, but lists no generation; there is nothing to fetch"
                    .formatted(job.id()),
                List.of())
            : verdicts.missed(
                FailureReason.CONTENT_NOT_FOUND,
                "job %s does not list a generation any more that it had announced"
                    .formatted(job.id()),
                List.of());
    return ofJob(verdict, note.withUnlisted(misses(verdict)));
  }

  private Judgement deliver(VideoJob job, LookNote note, Means means, LookLog log) {
    Announced announced = note.announced();
    VideoJob whole = delivery.whole(job, announced);
    Instant expiry = deadline.of(job.id(), Optional.of(job), note);
    List<Decision> verdicts = new ArrayList<>();
    Map<String, @Nullable Misses> misses = new HashMap<>();
    for (Awaited video : announced.awaited()) {
      Decision verdict =
          delivery
              .waiting(whole, video, verdicts, note.succeeded(), expiry)
              .orElseGet(
                  () -> delivery.deliver(whole, video, announced.count(), expiry, means, log));
      verdicts.add(verdict);
      misses.put(video.id(), job.state() == JobState.SUCCEEDED ? misses(verdict) : null);
    }
    return new Judgement(verdicts, note.with(announced.withMisses(misses)));
  }

  /** On a job that was not. */
  Judgement callFailed(JobId id, SoraException e, LookNote note, Instant now, LookLog log) {
    Decisions verdicts = new Decisions(null, now, note.missing(), grace);
    Decision verdict =
        e.kind() == Kind.NOT_FOUND ? missing.decide(id, e, note, verdicts) : verdicts.callFailed(e);
    LookNote with = note.withMissing(misses(verdict));
    return switch (e.kind()) {
      case NOT_FOUND, EXPIRED, RETIRED -> gone(id, verdict, with, log);
      case MODERATED, DENIED, THROTTLED, UNAVAILABLE, UNREADABLE, WRONG_ENDPOINT, REJECTED ->
          ofJob(verdict, with);
    };
  }

  private Judgement gone(JobId id, Decision verdict, LookNote note, LookLog log) {
    return new Judgement(gone.decide(id, verdict, note.announced(), log), note);
  }

  private static @Nullable Misses misses(Decision verdict) {
    return verdict instanceof Later later ? later.misses() : null;
  }
}

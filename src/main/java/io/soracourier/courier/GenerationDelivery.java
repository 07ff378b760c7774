package io.soracourier.courier;

import io.soracourier.content.ContentConfig;
import io.soracourier.courier.Announced.Awaited;
import io.soracourier.courier.CopyResult.Copied;
import io.soracourier.courier.CopyResult.Failed;
import io.soracourier.courier.CopySlots.Turn;
import io.soracourier.lifecycle.TimeLimits.Limit;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.Generation;
import io.soracourier.sora.JobId;
import io.soracourier.sora.JobState;
import io.soracourier.sora.ServiceClock;
import io.soracourier.sora.VideoJob;
import io.soracourier.storage.VideoRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Delivers one generation of a job, or returns why not. */
@ApplicationScoped
class GenerationDelivery {
  private final VideoCopy copy;
  private final Endpoint endpoint;
  private final Duration grace;
  private final Clock clock;

  GenerationDelivery(VideoCopy copy, Endpoint endpoint, ContentConfig config, ServiceClock clock) {
    this.copy = copy;
    this.endpoint = endpoint;
    this.grace = config.grace();
    this.clock = clock;
  }

  /** For a look that may copy. */
  Turn turn() {
    return copy.turn();
  }

  /**
   * The job with every generation that it has announced, each once, so that none is taken for the
   * only one. Those that this response does not list are where the API documents them.
   */
  VideoJob whole(VideoJob job, Announced announced) {
    Map<String, Generation> listed = new LinkedHashMap<>();
    job.generations().forEach(generation -> listed.putIfAbsent(generation.id(), generation));
    List<Generation> all =
        announced.ids().stream()
            .map(
                id ->
                    listed.containsKey(id)
                        ? listed.get(id)
                        : Generation.unlisted(id, job.api(), endpoint))
            .toList();
    return job.with(all);
  }

  /**
   * Each generation succeeds or fails on its own, so nothing that is wrong with one is thrown.
   *
   * @param job as {@link #whole} gives it; where it is being made again, its content may be missing
   *     for as long as that takes
   * @param count how many generations the job has announced so far
   * @param expiry when the service deletes it
   * @param means of the look: a failure after its time is over does not concern the generation
   */
  Decision deliver(
      VideoJob job, Awaited video, int count, Instant expiry, Means means, LookLog log) {
    Limit limit = means.limit();
    Generation generation =
        job.generations().stream()
            .filter(candidate -> candidate.id().equals(video.id()))
            .findFirst()
            .orElseThrow();
    URI content = generation.content();
    if (content == null) {
      return verdicts(job, video, video.misses())
          .failed(
              FailureReason.CONTENT_INVALID,
              "job %s contains a generation with an invalid id; it was skipped".formatted(job.id()),
              List.of());
    }
    AtomicBoolean opened = new AtomicBoolean();
    LookLog generationLog = log.with(LogField.GENERATION_ID, generation.id());
    CopyResult result =
        limit.reached()
            ? null
            : copy(job, generation, means.turn(), expiry, generationLog, () -> opened.set(true));
    if (result instanceof Copied copied) {
      return new Decision.Done(Outcome.Copied.of(generation, copied, video.number(), count));
    }
    if (result == null || limit.reached()) {
      return verdicts(job, video, opened.get() ? null : video.misses())
          .later(
              Waiting.COURIER,
              "look took too long",
              Duration.ZERO,
              FailureReason.GAVE_UP,
              "copying %s took longer than courier.look.time-limit".formatted(generation.id()),
              List.of());
    }
    boolean found = opened.get() && !result.isInvalid();
    Decisions decisions = verdicts(job, video, found ? null : video.misses());
    return new ContentFailure(generation.id(), content, decisions, expiry, generationLog)
        .decision(result);
  }

  /**
   * The outcome of a video that an earlier delivery stored, of a job that the service does not have
   * any more.
   *
   * @throws io.soracourier.storage.StorageException when it is not known whether it is stored
   */
  Optional<Outcome.Copied> stored(JobId job, Awaited video, int count, LookLog log) {
    Generation generation = new Generation(video.id(), null, null, null, null);
    return copy.earlier(
            new VideoRef(job.value(), video.id()), log.with(LogField.GENERATION_ID, video.id()))
        .filter(Copied.class::isInstance)
        .map(Copied.class::cast)
        .map(copied -> Outcome.Copied.of(generation, copied, video.number(), count));
  }

  private CopyResult copy(
      VideoJob job,
      Generation generation,
      Turn turn,
      Instant expiry,
      LookLog log,
      Runnable opened) {
    Duration left = Duration.between(clock.instant(), expiry);
    try {
      return copy.copy(job, generation, turn, left, log, opened);
    } catch (RuntimeException e) {
      return new Failed(e);
    }
  }

  /**
   * That a further video waits for the first one, where it does: a server may ignore which one is
   * requested, and would give the first one under another's name. Not for longer than content may
   * be missing, so that one that is there is not lost with one that is not.
   *
   * @param before of those in front of it
   * @param done when the job was first seen done
   */
  Optional<Decision> waiting(
      VideoJob job, Awaited video, List<Decision> before, @Nullable Instant done, Instant expiry) {
    Instant now = clock.instant();
    String first = job.id().value();
    boolean mayWait =
        Generation.index(video.id()) > 0
            && done != null
            && now.isBefore(done.plus(grace))
            && now.plus(grace).isBefore(expiry)
            && before.stream()
                .anyMatch(
                    verdict ->
                        verdict instanceof Decision.Later later
                            && first.equals(later.ifNoTimeIsLeft().generationId()));
    return mayWait
        ? Optional.of(
            verdicts(job, video, video.misses())
                .later(
                    Waiting.VIDEO,
                    "the first video is missing",
                    Duration.ZERO,
                    FailureReason.GAVE_UP,
                    "%s was not requested before %s was copied".formatted(video.id(), first),
                    List.of()))
        : Optional.empty();
  }

  private Decisions verdicts(VideoJob job, Awaited video, @Nullable Misses misses) {
    boolean done = job.state() == JobState.SUCCEEDED;
    return new Decisions(
        video.id(),
        clock.instant(),
        done ? misses : null,
        done ? grace : ChronoUnit.FOREVER.getDuration());
  }
}

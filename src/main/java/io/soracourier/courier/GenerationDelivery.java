package io.soracourier.courier;

import io.soracourier.content.CutContentException;
import io.soracourier.content.InvalidContentException;
import io.soracourier.content.RefusedUrlException;
import io.soracourier.content.TooLargeException;
import io.soracourier.lifecycle.TimeLimits.Limit;
import io.soracourier.sora.Attempt;
import io.soracourier.sora.Generation;
import io.soracourier.sora.ServiceClock;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.VideoJob;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StoredVideo;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Delivers one generation of a finished job, or says why not. */
@ApplicationScoped
class GenerationDelivery {
  private final VideoCopy copy;
  private final Clock clock;

  GenerationDelivery(VideoCopy copy, ServiceClock clock) {
    this.copy = copy;
    this.clock = clock;
  }

  /**
   * Each generation succeeds or fails on its own, so nothing that is wrong with one is thrown.
   *
   * @param number which of the job's generations it is, from 1
   * @param graceEnd until when a missing or broken content may only be late
   * @param expiry when the service deletes it
   * @param limit of the look: what fails once that is reached says nothing of the generation
   */
  Verdict deliver(
      VideoJob job,
      Generation generation,
      int number,
      Instant graceEnd,
      Instant expiry,
      Limit limit,
      LookLog log) {
    if (!limit.reached()) {
      Verdict verdict = attempt(job, generation, number, graceEnd, expiry, limit, log);
      if (isCopied(verdict) || !limit.reached()) {
        return verdict;
      }
    }
    return later(
        generation,
        "look took too long",
        FailureReason.GAVE_UP,
        "copying %s took longer than courier.look.time-limit".formatted(generation.id()),
        List.of());
  }

  private static boolean isCopied(Verdict verdict) {
    return verdict instanceof Verdict.Done done && done.outcome() instanceof Outcome.Copied;
  }

  private Verdict attempt(
      VideoJob job,
      Generation generation,
      int number,
      Instant graceEnd,
      Instant expiry,
      Limit limit,
      LookLog log) {
    LookLog generationLog = log.with(LogField.GENERATION_ID, generation.id());
    if (generation.content() == null) {
      return verdicts(generation)
          .failed(
              FailureReason.CONTENT_INVALID,
              "job %s names a generation whose id is none; it was not asked for"
                  .formatted(job.id()),
              List.of());
    }
    try {
      StoredVideo video = copy.copy(job, generation, generationLog);
      return new Verdict.Done(
          new Outcome.Copied(
              generation,
              video.url(),
              video.bytes(),
              video.contentMd5(),
              number,
              job.generations().size(),
              video.lastModified()));
    } catch (SoraException e) {
      return missing(generation, e, graceEnd, expiry, generationLog);
    } catch (StorageException e) {
      return notStored(generation, e, generationLog);
    } catch (CutContentException e) {
      return later(
          generation,
          "download cut",
          FailureReason.GAVE_UP,
          e.cut().getMessage(),
          e.cut().attempts());
    } catch (PutOffException e) {
      return later(generation, "put off", FailureReason.GAVE_UP, e.getMessage(), List.of());
    } catch (InvalidContentException e) {
      return verdicts(generation)
          .graced(
              graceEnd,
              FailureReason.CONTENT_INVALID,
              "GET %s gave no video: %s"
                  .formatted(generation.content().getRawPath(), e.getMessage()),
              e.attempts().isEmpty()
                  ? List.of(Attempt.get(generation.content(), 200, e.getMessage()))
                  : e.attempts());
    } catch (TooLargeException e) {
      return failed(generation, FailureReason.TOO_LARGE, e);
    } catch (RefusedUrlException e) {
      return failed(generation, FailureReason.CONTENT_NOT_FOUND, e);
    } catch (DifferentBlobException e) {
      return failed(generation, FailureReason.STORAGE_DENIED, e);
    } catch (RuntimeException e) {
      if (!limit.reached()) {
        generationLog.writeError(e);
      }
      return later(
          generation,
          "error",
          FailureReason.GAVE_UP,
          "copying %s failed: %s".formatted(generation.id(), LookLog.words(e)),
          List.of());
    }
  }

  private Verdict missing(
      Generation generation, SoraException e, Instant graceEnd, Instant expiry, LookLog log) {
    Verdicts verdicts = verdicts(generation);
    return switch (e.kind()) {
      case NOT_FOUND ->
          verdicts.now().isBefore(expiry)
              ? verdicts.graced(
                  graceEnd, FailureReason.CONTENT_NOT_FOUND, e.getMessage(), e.attempts())
              : verdicts.failed(
                  FailureReason.EXPIRED,
                  "the content expired at %s and cannot be had any more. %s"
                      .formatted(expiry, e.getMessage()),
                  e.attempts());
      case DENIED -> {
        log.with(LogField.MESSAGE, e.getMessage()).write(LogEvent.DENIED);
        yield verdicts.unanswered(e, graceEnd);
      }
      case RETIRED, MODERATED, THROTTLED, UNAVAILABLE, REJECTED -> verdicts.unanswered(e, graceEnd);
    };
  }

  private Verdict notStored(Generation generation, StorageException e, LookLog log) {
    if (e.kind() == StorageException.Kind.OCCUPIED) {
      return verdicts(generation).failed(FailureReason.STORAGE_DENIED, e.getMessage(), List.of());
    }
    boolean denied = e.kind() == StorageException.Kind.DENIED;
    log.with(LogField.MESSAGE, e.getMessage()).write(denied ? LogEvent.DENIED : LogEvent.LOOK);
    return later(
        generation,
        denied ? "storage denied" : "storage failed",
        denied ? FailureReason.STORAGE_DENIED : FailureReason.GAVE_UP,
        e.getMessage(),
        List.of());
  }

  private Verdict later(
      Generation generation,
      String why,
      FailureReason atDeadline,
      String message,
      List<Attempt> attempts) {
    return verdicts(generation).later(why, Duration.ZERO, atDeadline, message, attempts);
  }

  private Verdict failed(Generation generation, FailureReason reason, RuntimeException e) {
    return verdicts(generation)
        .failed(
            reason,
            e.getMessage(),
            List.of(Attempt.get(generation.content(), null, e.getMessage())));
  }

  private Verdicts verdicts(Generation generation) {
    return new Verdicts(generation.id(), clock.instant());
  }
}

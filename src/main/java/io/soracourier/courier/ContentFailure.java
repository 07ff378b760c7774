package io.soracourier.courier;

import io.soracourier.content.InterruptedDownloadException;
import io.soracourier.content.TooLargeException;
import io.soracourier.sora.Attempt;
import io.soracourier.sora.Generation;
import io.soracourier.sora.SoraException;
import io.soracourier.storage.StorageException;
import io.soracourier.url.RefusedUrlException;
import io.soracourier.video.InvalidContentException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What follows from the failure of one copy.
 *
 * @param expiry when the service deletes the content
 */
record ContentFailure(Generation generation, Decisions verdicts, Instant expiry, LookLog log) {
  Decision verdict(RuntimeException failure) {
    try {
      throw failure;
    } catch (SoraException e) {
      return notGiven(e);
    } catch (StorageException e) {
      return notStored(e);
    } catch (InterruptedDownloadException e) {
      return later(
          Waiting.SERVICE,
          "download cut",
          FailureReason.GAVE_UP,
          e.cut().getMessage(),
          e.cut().attempts());
    } catch (NoSlotException e) {
      return later(
          Waiting.COPY, NoSlotException.WHY, FailureReason.GAVE_UP, e.getMessage(), List.of());
    } catch (DeferredException e) {
      return later(Waiting.COURIER, "deferred", FailureReason.GAVE_UP, e.getMessage(), List.of());
    } catch (InvalidContentException e) {
      return invalid(e);
    } catch (TooLargeException e) {
      return failed(FailureReason.TOO_LARGE, e);
    } catch (RefusedUrlException e) {
      return e.attempts().isEmpty()
          ? failed(FailureReason.CONTENT_NOT_FOUND, e)
          : verdicts.failed(FailureReason.CONTENT_NOT_FOUND, e.getMessage(), e.attempts());
    } catch (SameVideoException e) {
      return failed(FailureReason.CONTENT_NOT_FOUND, e);
    } catch (DifferentBlobException e) {
      return failed(FailureReason.STORAGE_DENIED, e);
    } catch (RuntimeException e) {
      log.writeError(e);
      return later(
          Waiting.COURIER,
          "error",
          FailureReason.GAVE_UP,
          "copying %s failed: %s".formatted(generation.id(), LookLog.words(e)),
          List.of());
    }
  }

  private Decision invalid(InvalidContentException e) {
    String message =
        "GET %s gave no video: %s".formatted(generation.content().getRawPath(), e.getMessage());
    List<Attempt> attempts =
        e.attempts().isEmpty()
            ? List.of(Attempt.get(generation.content(), 200, e.getMessage()))
            : e.attempts();
    return e.isLasting()
        ? verdicts.failed(FailureReason.CONTENT_INVALID, message, attempts)
        : verdicts.missed(FailureReason.CONTENT_INVALID, message, attempts);
  }

  private Decision notGiven(SoraException e) {
    return switch (e.kind()) {
      case NOT_FOUND ->
          verdicts.now().isBefore(expiry)
              ? verdicts.missed(
                  FailureReason.CONTENT_NOT_FOUND,
                  e.retryAfter().orElse(Duration.ZERO),
                  e.getMessage(),
                  e.attempts())
              : verdicts.failed(
                  FailureReason.EXPIRED,
                  "the content expired at %s and cannot be had any more. %s"
                      .formatted(expiry, e.getMessage()),
                  e.attempts());
      case DENIED -> {
        log.with(LogField.MESSAGE, e.getMessage()).write(LogEvent.DENIED);
        yield verdicts.unanswered(e);
      }
      case RETIRED,
          EXPIRED,
          MODERATED,
          THROTTLED,
          UNAVAILABLE,
          UNREADABLE,
          WRONG_ENDPOINT,
          REJECTED ->
          verdicts.unanswered(e);
    };
  }

  private Decision notStored(StorageException e) {
    if (e.kind() == StorageException.Kind.OCCUPIED) {
      return verdicts.failed(FailureReason.STORAGE_DENIED, e.getMessage(), List.of());
    }
    boolean denied = e.kind() == StorageException.Kind.DENIED;
    log.with(LogField.MESSAGE, e.getMessage()).write(denied ? LogEvent.DENIED : LogEvent.LOOK);
    return later(
        Waiting.STORAGE,
        denied ? "storage denied" : "storage failed",
        denied ? FailureReason.STORAGE_DENIED : FailureReason.GAVE_UP,
        e.getMessage(),
        List.of());
  }

  private Decision later(
      Waiting cause, String why, FailureReason atDeadline, String message, List<Attempt> attempts) {
    return verdicts.later(cause, why, Duration.ZERO, atDeadline, message, attempts);
  }

  private Decision failed(FailureReason reason, RuntimeException e) {
    return verdicts.failed(
        reason, e.getMessage(), List.of(Attempt.get(generation.content(), null, e.getMessage())));
  }
}

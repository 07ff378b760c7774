package io.soracourier.courier;

import static java.util.Objects.requireNonNull;

import io.soracourier.courier.CopyResult.Deferred;
import io.soracourier.courier.CopyResult.Failed;
import io.soracourier.courier.CopyResult.Refused;
import io.soracourier.sora.Attempt;
import io.soracourier.sora.SoraException;
import io.soracourier.storage.StorageException;
import io.soracourier.url.RefusedUrlException;
import io.soracourier.video.InvalidContentException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What follows from a copy that was not made.
 *
 * @param content the documented address of the generation's content
 * @param expiry when the service deletes the content
 */
record ContentFailure(
    String generationId, URI content, Decisions verdicts, Instant expiry, LookLog log) {
  Decision decision(CopyResult result) {
    if (result instanceof Deferred it) {
      return later(it.cause(), it.why(), FailureReason.GAVE_UP, it.message());
    }
    if (result instanceof Refused it) {
      return failed(it.reason(), it.message());
    }
    RuntimeException failure = ((Failed) result).cause();
    if (failure instanceof SoraException e) {
      return notGiven(e);
    }
    if (failure instanceof StorageException e) {
      return notStored(e);
    }
    if (failure instanceof InvalidContentException e) {
      return invalid(e);
    }
    if (failure instanceof RefusedUrlException e) {
      return e.attempts().isEmpty()
          ? failed(FailureReason.CONTENT_NOT_FOUND, e.getMessage())
          : verdicts.failed(FailureReason.CONTENT_NOT_FOUND, e.getMessage(), e.attempts());
    }
    log.writeError(failure);
    return later(
        Waiting.COURIER,
        "error",
        FailureReason.GAVE_UP,
        "copying %s failed: %s".formatted(generationId, LookLog.words(failure)));
  }

  private Decision invalid(InvalidContentException e) {
    boolean downloaded = e.attempts().isEmpty();
    String message =
        downloaded
            ? "GET %s returned no video: %s".formatted(content.getRawPath(), e.getMessage())
            : e.getMessage();
    List<Attempt> attempts =
        downloaded ? List.of(Attempt.get(content, 200, e.getMessage())) : e.attempts();
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
                  "the content expired at %s and is no longer available. %s"
                      .formatted(expiry, e.getMessage()),
                  e.attempts());
      case DENIED -> {
        log.with(LogField.MESSAGE, e.getMessage()).write(LogEvent.DENIED);
        yield verdicts.callFailed(e);
      }
      case RETIRED,
          EXPIRED,
          MODERATED,
          THROTTLED,
          UNAVAILABLE,
          UNREADABLE,
          WRONG_ENDPOINT,
          REJECTED ->
          verdicts.callFailed(e);
    };
  }

  private Decision notStored(StorageException e) {
    String message = requireNonNull(e.getMessage(), "each has a message");
    if (e.kind() == StorageException.Kind.OCCUPIED) {
      return verdicts.failed(FailureReason.STORAGE_DENIED, message, List.of());
    }
    boolean denied = e.kind() == StorageException.Kind.DENIED;
    log.with(LogField.MESSAGE, message).write(denied ? LogEvent.DENIED : LogEvent.LOOK);
    return later(
        Waiting.STORAGE,
        denied ? "storage denied" : "storage failed",
        denied ? FailureReason.STORAGE_DENIED : FailureReason.GAVE_UP,
        message);
  }

  private Decision later(Waiting cause, String why, FailureReason atDeadline, String message) {
    return verdicts.later(cause, why, Duration.ZERO, atDeadline, message, List.of());
  }

  private Decision failed(FailureReason reason, String message) {
    return verdicts.failed(reason, message, List.of(Attempt.get(content, null, message)));
  }
}

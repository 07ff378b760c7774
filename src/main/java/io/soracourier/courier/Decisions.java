package io.soracourier.courier;

import io.soracourier.courier.Decision.Done;
import io.soracourier.courier.Decision.Later;
import io.soracourier.courier.Outcome.Failed;
import io.soracourier.sora.Attempt;
import io.soracourier.sora.SoraException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the verdicts on one subject, a job or one of its generations, at the time of one look.
 *
 * @param generationId null for the job itself
 * @param misses looks in a row before this one that did not find it
 * @param grace how long it may be missing, from the first of them
 */
record Decisions(
    @Nullable String generationId, Instant now, @Nullable Misses misses, Duration grace) {
  Done failed(FailureReason reason, String message, List<Attempt> attempts) {
    return new Done(failure(reason, message, attempts));
  }

  /** Is checked again until the deadline. The look did not show whether it is there. */
  Later later(
      Waiting cause,
      String why,
      Duration atLeast,
      FailureReason atDeadline,
      String message,
      List<Attempt> attempts) {
    return new Later(cause, why, message, atLeast, failure(atDeadline, message, attempts), misses);
  }

  Decision missed(FailureReason reason, String message, List<Attempt> attempts) {
    return missed(reason, Duration.ZERO, message, attempts);
  }

  /**
   * It was not found. It may be late, so it is checked again for a while.
   *
   * @param atLeast what the service requested
   */
  Decision missed(FailureReason reason, Duration atLeast, String message, List<Attempt> attempts) {
    Misses all = Misses.next(misses, now);
    Failed failure = failure(reason, message + "; " + all.words(), attempts);
    return all.outlast(grace, now)
        ? new Done(failure)
        : new Later(
            Waiting.SERVICE, reason.code() + " so far", failure.message(), atLeast, failure, all);
  }

  /** What follows from a failure of the request, which does not concern its subject. */
  Decision callFailed(SoraException e) {
    return switch (e.kind()) {
      case EXPIRED -> failed(FailureReason.EXPIRED, e.getMessage(), e.attempts());
      case RETIRED -> failed(FailureReason.DEPLOYMENT_RETIRED, e.getMessage(), e.attempts());
      case MODERATED -> failed(FailureReason.MODERATED, e.getMessage(), e.attempts());
      case DENIED -> later(e, "access denied", FailureReason.ACCESS_DENIED);
      case THROTTLED -> later(e, "too many requests", FailureReason.GAVE_UP);
      case UNAVAILABLE -> later(e, "service unavailable", FailureReason.GAVE_UP);
      case WRONG_ENDPOINT -> later(e, "wrong endpoint", FailureReason.WRONG_ENDPOINT);
      case UNREADABLE -> later(e, "unreadable response", FailureReason.GAVE_UP);
      case REJECTED, NOT_FOUND -> missed(FailureReason.GAVE_UP, e.getMessage(), e.attempts());
    };
  }

  private Later later(SoraException e, String why, FailureReason atDeadline) {
    Duration atLeast = e.retryAfter().orElse(Duration.ZERO);
    return later(Waiting.SERVICE, why, atLeast, atDeadline, e.getMessage(), e.attempts());
  }

  private Failed failure(FailureReason reason, String message, List<Attempt> attempts) {
    return new Failed(generationId, reason, message, attempts, now);
  }
}

package io.soracourier.content;

import io.soracourier.sora.SoraErrors;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import java.util.Set;

/**
 * What the documented address failed with, where that is no word on where the content is: a service
 * that refuses, is retired or is down says nothing of it, and one that says "not ready" has said
 * it. Nothing is guessed then. Only URLs that the job itself names are requested, since a server
 * may have its videos there and no content route that works; else this failure stands.
 */
final class StandingFailure {
  private static final Set<Integer> PAUSES = Set.of(429, 503);

  private StandingFailure() {}

  static boolean isOne(SoraException failure) {
    return failure.kind() != Kind.NOT_FOUND && failure.kind() != Kind.REJECTED
        || SoraErrors.isNotReady(status(failure));
  }

  /**
   * Whether nothing at all is to be requested after it: the video is deleted, or was refused for
   * what is in it, or the service asks for a pause of a length that it says.
   */
  static boolean isLastWord(SoraException failure) {
    return failure.kind() == Kind.EXPIRED
        || failure.kind() == Kind.MODERATED
        || failure.retryAfter().isPresent()
            && status(failure) != null
            && PAUSES.contains(status(failure));
  }

  private static Integer status(SoraException failure) {
    return failure.attempts().get(0).status();
  }
}

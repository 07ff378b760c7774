package io.soracourier.sora;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link SoraException.Kind#UNAVAILABLE} service: what opens the circuit. */
public class SoraUnavailableException extends SoraException {
  private static final long serialVersionUID = 1L;

  SoraUnavailableException(
      Attempt attempt, @Nullable Duration retryAfter, String message, @Nullable Throwable cause) {
    super(Kind.UNAVAILABLE, List.of(attempt), retryAfter, message, cause);
  }
}

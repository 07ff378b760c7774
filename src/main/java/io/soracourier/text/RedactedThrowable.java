package io.soracourier.text;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Replaces an exception in the log, with its stack, causes and words, but without secrets. */
final class RedactedThrowable extends Throwable {
  private static final long serialVersionUID = 1L;
  private static final int MAX_MESSAGE = 8 * 1024;

  private final String text;

  private RedactedThrowable(Throwable original, @Nullable Throwable cause) {
    super(null, cause, true, true);
    this.text = Redaction.of(original.toString(), MAX_MESSAGE);
    setStackTrace(original.getStackTrace());
  }

  static Throwable of(Throwable original) {
    return of(original, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static Throwable of(Throwable original, Set<Throwable> seen) {
    seen.add(original);
    Throwable cause = original.getCause();
    RedactedThrowable redacted =
        new RedactedThrowable(
            original, cause == null || seen.contains(cause) ? null : of(cause, seen));
    for (Throwable suppressed : original.getSuppressed()) {
      if (!seen.contains(suppressed)) {
        redacted.addSuppressed(of(suppressed, seen));
      }
    }
    return redacted;
  }

  @Override
  public String getMessage() {
    return text;
  }

  /** The name of the original's class, and its message. */
  @Override
  public String toString() {
    return text;
  }
}

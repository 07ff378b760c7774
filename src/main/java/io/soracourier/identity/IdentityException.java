package io.soracourier.identity;

import java.util.Optional;

/** There is no managed identity, or it did not give a token. The message says what to do. */
public class IdentityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a caller may do about it. */
  public enum Kind {
    /** The process has no managed identity: a setting is wrong. */
    ABSENT,
    /** The identity endpoint will not give this token: a setting is wrong. */
    REFUSED,
    /** No answer, or one that says to try again later. */
    UNAVAILABLE
  }

  private static final int MAX_CAUSES = 20;

  private final Kind kind;

  IdentityException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /**
   * The one that is behind a failure, if any. A client throws what a filter of its requests threw
   * as it is or as a cause, as its version likes.
   */
  public static Optional<IdentityException> behind(Throwable failure) {
    int depth = 0;
    for (Throwable e = failure; e != null && depth < MAX_CAUSES; e = e.getCause()) {
      if (e instanceof IdentityException identity) {
        return Optional.of(identity);
      }
      depth++;
    }
    return Optional.empty();
  }

  public Kind kind() {
    return kind;
  }
}

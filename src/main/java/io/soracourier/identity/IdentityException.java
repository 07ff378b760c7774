package io.soracourier.identity;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** There is no managed identity, or it did not give a token. The message says what to do. */
public class IdentityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a caller may do about it. */
  public enum Kind {
    /** The process has no managed identity: a setting is wrong. */
    ABSENT,
    /** The identity endpoint will not give this token: a setting is wrong. */
    REFUSED,
    /** No response, or one that says to retry later. */
    UNAVAILABLE
  }

  private final Kind kind;

  IdentityException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Each has one. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }
}

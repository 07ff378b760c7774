package io.soracourier.storage;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to the store or the queue failed. The message contains the operation, the object, the
 * response, and what to do; it contains no key, signature or token.
 */
public class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why, and so what a caller may do about it. */
  public enum Kind {
    /** No response, or one that says to retry later. */
    TRANSIENT,
    /** Something that is not the store sent the response: the result of the request is unknown. */
    FOREIGN,
    /** A credential, a role, a firewall rule or a lock forbids it: somebody must change that. */
    DENIED,
    /** What the operation is about does not exist. */
    NOT_FOUND,
    /** The object's present state forbids it. */
    CONFLICT,
    /** Under the video's name is something that is not a video of the courier's. It is kept. */
    OCCUPIED,
    /** Larger than the store or the queue takes. */
    TOO_LARGE,
    /** What arrived is not what was sent: its MD5 differs. */
    CORRUPT,
    /** Anything else: the request itself is wrong. */
    REJECTED
  }

  private final Kind kind;

  public StorageException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Every one has a message. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  public final Kind kind() {
    return kind;
  }
}

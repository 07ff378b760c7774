package io.soracourier.storage;

/**
 * Blob or Queue storage did not do what it was asked. The message names the operation, the object,
 * the answer, and what to do; it holds no key, signature or token.
 */
public class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a caller may do about it. */
  public enum Kind {
    /** No answer, or one that says to try again: 408, 429, 5xx. */
    TRANSIENT,
    /** 401, 403: a credential, a role or a firewall rule. */
    DENIED,
    /** 404. */
    NOT_FOUND,
    /** 409, 412: the object's state forbids it. */
    CONFLICT,
    /** 413, or a message over 64 KiB. */
    TOO_LARGE,
    /** What arrived is not what was sent: its MD5 differs. */
    CORRUPT,
    /** Anything else: the request itself is wrong. */
    REJECTED
  }

  private final Kind kind;
  private final int status;
  private final String errorCode;

  StorageException(Kind kind, int status, String errorCode, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = status;
    this.errorCode = errorCode;
  }

  public Kind kind() {
    return kind;
  }

  /** The HTTP status, or 0 where there was no answer. */
  public int status() {
    return status;
  }

  /** {@code x-ms-error-code}, e.g. {@code ContainerNotFound}, or the empty string. */
  public String errorCode() {
    return errorCode;
  }
}

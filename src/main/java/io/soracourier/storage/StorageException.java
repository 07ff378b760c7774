package io.soracourier.storage;

import io.soracourier.identity.IdentityException;
import io.soracourier.text.Excerpt;

/**
 * Blob or Queue storage did not do what it was asked. The message names the operation, the object,
 * the answer, and what to do; it holds no key, signature or token.
 */
public class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a caller may do about it. */
  public enum Kind {
    /** No answer, or one that says to try again: 408, 429, 5xx. */
    TRANSIENT("try again later"),
    /** 401, 403, or no token: a credential, a role or a firewall rule. */
    DENIED(
        "the identity needs the roles Storage Blob Data Contributor and Storage Queue Data"
            + " Contributor; a key or SAS in VideoStorage must be current and allow this; the"
            + " account's firewall must let the function app in"),
    /** 404. */
    NOT_FOUND("create it, or correct the setting that names it"),
    /** 409, 412: the object's state forbids it. */
    CONFLICT("the object's present state forbids it"),
    /** 413, or a message over 64 KiB. */
    TOO_LARGE("make it smaller"),
    /** What arrived is not what was sent: its MD5 differs. */
    CORRUPT("what arrived is not what was sent; send it again"),
    /** Anything else: the request itself is wrong. */
    REJECTED("the storage does not accept such a request");

    private final String advice;

    Kind(String advice) {
      this.advice = advice;
    }
  }

  private static final int LONGEST_WORDS = 300;

  private final Kind kind;
  private final int status;
  private final String errorCode;
  private final boolean retryable;

  private StorageException(
      Kind kind,
      int status,
      String errorCode,
      boolean retryable,
      String request,
      String answer,
      Throwable cause) {
    super(request + " failed: " + answer + "; " + kind.advice, cause);
    this.kind = kind;
    this.status = status;
    this.errorCode = errorCode;
    this.retryable = retryable;
  }

  /**
   * @param request operation and object, e.g. {@code Put Block videos/gen_1.mp4}
   */
  static StorageException refused(String request, StorageRefusal refusal) {
    Kind kind = kind(refusal.status(), refusal.errorCode());
    return new StorageException(
        kind,
        refusal.status(),
        refusal.errorCode(),
        kind == Kind.TRANSIENT || kind == Kind.CORRUPT || refusal.forStaleToken(),
        request,
        refusal.status()
            + (refusal.errorCode().isEmpty() ? "" : " " + refusal.errorCode())
            + (refusal.requestId().isEmpty() ? "" : " (request id " + refusal.requestId() + ")"),
        refusal);
  }

  /** Without its cause, whose message may hold the request's URI and in that a signature. */
  static StorageException unanswered(String request, Throwable cause) {
    Throwable root = root(cause);
    boolean wanted = !(root instanceof InterruptedException);
    String answer = "no answer (" + describe(root) + ")";
    return new StorageException(Kind.TRANSIENT, 0, "", wanted, request, answer, null);
  }

  static StorageException withoutToken(String request, IdentityException cause) {
    boolean passing = cause.kind() == IdentityException.Kind.UNAVAILABLE;
    return new StorageException(
        passing ? Kind.TRANSIENT : Kind.DENIED, 0, "", passing, request, cause.getMessage(), cause);
  }

  /** Not sent at all. */
  static StorageException unsendable(Kind kind, String request, String why) {
    return new StorageException(kind, 0, "", false, request, why, null);
  }

  private static Kind kind(int status, String errorCode) {
    if (errorCode.equals("Md5Mismatch")) {
      return Kind.CORRUPT;
    }
    if (errorCode.equals("ContainerBeingDeleted") || errorCode.equals("QueueBeingDeleted")) {
      return Kind.TRANSIENT;
    }
    return switch (status) {
      case 401, 403 -> Kind.DENIED;
      case 404 -> Kind.NOT_FOUND;
      case 409, 412 -> Kind.CONFLICT;
      case 413 -> Kind.TOO_LARGE;
      case 408, 429 -> Kind.TRANSIENT;
      default -> status >= 500 ? Kind.TRANSIENT : Kind.REJECTED;
    };
  }

  private static Throwable root(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** "Failed to resolve 'host'" is what one needs to know; a query is what nobody may. */
  private static String describe(Throwable root) {
    String message = root.getMessage();
    boolean safe = message != null && !message.contains("?") && !message.contains("=");
    return root.getClass().getSimpleName()
        + (safe ? ": " + Excerpt.of(message, LONGEST_WORDS) : "");
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

  /** Whether the very same request may succeed within seconds. */
  boolean isRetryable() {
    return retryable;
  }
}

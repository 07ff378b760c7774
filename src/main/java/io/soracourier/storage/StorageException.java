package io.soracourier.storage;

import io.soracourier.identity.IdentityException;
import io.soracourier.storage.StorageErrors.Meaning;
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
    /** Something that is not storage sent the response: nothing is known of what was asked. */
    FOREIGN("is a proxy or a captive portal in between?"),
    /** 401, 403, or no token: a credential, a role or a firewall rule; an API version; a lease. */
    DENIED(
        "the identity needs the roles Storage Blob Data Contributor and Storage Queue Data"
            + " Contributor; a key or SAS in VideoStorage must be current and allow this; the"
            + " account's firewall must let the function app in"),
    /** 404. */
    NOT_FOUND("create it, or correct the setting that names it"),
    /** 409, 412: the object's state forbids it. */
    CONFLICT("the object's present state forbids it"),
    /** The blob's name has something that is not a video of the courier's, and keeps it. */
    OCCUPIED("it was kept; move it away, then enqueue the job again"),
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

    String advice() {
      return advice;
    }
  }

  private static final int LONGEST_WORDS = 300;

  private final Kind kind;
  private final int status;
  private final String errorCode;
  private final boolean retryable;

  private StorageException(
      Kind kind, int status, String errorCode, boolean retryable, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = status;
    this.errorCode = errorCode;
    this.retryable = retryable;
  }

  /**
   * @param request operation and object, e.g. {@code Put Block videos/gen_1.mp4}
   */
  static StorageException refused(String request, StorageRefusal refusal) {
    Meaning meaning =
        refusal.isForeign()
            ? new Meaning(Kind.FOREIGN, Kind.FOREIGN.advice())
            : StorageErrors.of(refusal.status(), refusal.errorCode());
    Kind kind = meaning.kind();
    boolean retryable =
        kind == Kind.TRANSIENT
            || kind == Kind.FOREIGN
            || kind == Kind.CORRUPT
            || refusal.forStaleToken();
    return new StorageException(
        kind,
        refusal.status(),
        refusal.errorCode(),
        retryable,
        message(request, refusal.description(), meaning.advice()),
        refusal);
  }

  /**
   * The blob's name has something else.
   *
   * @param what is there
   * @param advice what to do about it
   */
  static StorageException occupied(String request, String what, String advice) {
    return new StorageException(Kind.OCCUPIED, 0, "", false, message(request, what, advice), null);
  }

  /** Without its cause, whose message may hold the request's URI and in that a signature. */
  static StorageException unanswered(String request, Throwable cause) {
    Throwable root = root(cause);
    boolean wanted = !(root instanceof InterruptedException);
    String answer = "no answer (" + describe(root) + ")";
    return new StorageException(
        Kind.TRANSIENT, 0, "", wanted, message(request, answer, Kind.TRANSIENT.advice()), null);
  }

  static StorageException withoutToken(String request, IdentityException cause) {
    boolean passing = cause.kind() == IdentityException.Kind.UNAVAILABLE;
    Kind kind = passing ? Kind.TRANSIENT : Kind.DENIED;
    return new StorageException(
        kind, 0, "", passing, message(request, cause.getMessage(), kind.advice()), cause);
  }

  /** Not sent at all. */
  static StorageException unsendable(Kind kind, String request, String why) {
    return new StorageException(kind, 0, "", false, message(request, why, kind.advice()), null);
  }

  private static String message(String request, String answer, String advice) {
    return request + " failed: " + answer + "; " + advice;
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

package io.soracourier.azure;

import io.soracourier.azure.StorageErrors.Meaning;
import io.soracourier.http.Causes;
import io.soracourier.identity.IdentityException;
import io.soracourier.storage.StorageException;
import io.soracourier.text.Excerpt;
import org.jspecify.annotations.Nullable;

/** A request to Blob, Queue or Table storage failed. */
public final class AzureStorageException extends StorageException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_WORDS = 300;

  private final String errorCode;
  private final boolean retryable;

  private AzureStorageException(
      Kind kind, String errorCode, boolean retryable, String message, @Nullable Throwable cause) {
    super(kind, message, cause);
    this.errorCode = errorCode;
    this.retryable = retryable;
  }

  /**
   * @param request operation and object, e.g. {@code Put Block videos/gen_1.mp4}
   */
  static AzureStorageException refused(String request, StorageResponseException refusal) {
    Meaning meaning =
        refusal.isForeign()
            ? new Meaning(Kind.FOREIGN)
            : StorageErrors.of(refusal.status(), refusal.errorCode());
    Kind kind = meaning.kind();
    boolean retryable =
        kind == Kind.TRANSIENT
            || kind == Kind.FOREIGN
            || kind == Kind.CORRUPT
            || refusal.forStaleToken();
    return new AzureStorageException(
        kind,
        refusal.errorCode(),
        retryable,
        message(request, refusal.description(), meaning.advice()),
        refusal);
  }

  /**
   * The blob's name has something else.
   *
   * @param what is there
   */
  public static AzureStorageException occupied(String request, String what) {
    return occupied(request, what, StorageErrors.advice(Kind.OCCUPIED));
  }

  /**
   * @param what is there
   * @param advice what to do about it
   */
  public static AzureStorageException occupied(String request, String what, String advice) {
    return new AzureStorageException(
        Kind.OCCUPIED, "", false, message(request, what, advice), null);
  }

  /** Without its cause, whose message may contain the request's URI and in that a signature. */
  static AzureStorageException withoutResponse(String request, Throwable cause) {
    Throwable root = Causes.root(cause);
    boolean wanted = !(root instanceof InterruptedException);
    String response = "no response (" + describe(root) + ")";
    return new AzureStorageException(
        Kind.TRANSIENT,
        "",
        wanted,
        message(request, response, StorageErrors.advice(Kind.TRANSIENT)),
        null);
  }

  static AzureStorageException withoutToken(String request, IdentityException cause) {
    boolean passing = cause.kind() == IdentityException.Kind.UNAVAILABLE;
    Kind kind = passing ? Kind.TRANSIENT : Kind.DENIED;
    return new AzureStorageException(
        kind,
        "",
        passing,
        message(request, String.valueOf(cause.getMessage()), StorageErrors.advice(kind)),
        cause);
  }

  /** Not sent at all. */
  public static AzureStorageException unsendable(Kind kind, String request, String why) {
    return new AzureStorageException(
        kind, "", false, message(request, why, StorageErrors.advice(kind)), null);
  }

  private static String message(String request, String response, String advice) {
    return request + " failed: " + response + "; " + advice;
  }

  /** "Failed to resolve 'host'" is what one needs to know; a query is what nobody may. */
  private static String describe(Throwable root) {
    String message = root.getMessage();
    String name = root.getClass().getSimpleName();
    return message == null || message.contains("?") || message.contains("=")
        ? name
        : name + ": " + Excerpt.of(message, MAX_WORDS);
  }

  /** {@code x-ms-error-code}, e.g. {@code ContainerNotFound}, or the empty string. */
  public String errorCode() {
    return errorCode;
  }

  /**
   * Whether it is storage's own 403: it knows the caller, and a role or a permission is missing.
   */
  public boolean isForbidden() {
    return kind() == Kind.DENIED
        && getCause() instanceof StorageResponseException response
        && response.status() == 403;
  }

  /** Whether the very same request may succeed within seconds. */
  boolean isRetryable() {
    return retryable;
  }
}

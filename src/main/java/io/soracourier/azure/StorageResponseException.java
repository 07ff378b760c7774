package io.soracourier.azure;

import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A response that is not the success of its operation, before it is known of which. */
public final class StorageResponseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String errorCode;
  private final String description;
  private final boolean foreign;
  private final boolean forStaleToken;

  private StorageResponseException(
      StorageResponse response, String description, boolean foreign, boolean forStaleToken) {
    super(null, null, false, false);
    this.status = response.status();
    this.errorCode = foreign ? "" : response.errorCode();
    this.description = description;
    this.foreign = foreign;
    this.forStaleToken = forStaleToken;
  }

  public static StorageResponseException of(
      Response response, @Nullable Map<String, Object> properties) {
    boolean cachedToken =
        properties != null && properties.containsKey(AuthenticationFilter.WITH_CACHED_TOKEN);
    return new StorageResponse(response.getStatus(), response.getStringHeaders())
        .refusal(cachedToken);
  }

  /** Storage's own error. */
  static StorageResponseException refused(StorageResponse response, boolean cachedToken) {
    String errorCode = response.errorCode();
    return new StorageResponseException(
        response,
        response.status()
            + (errorCode.isEmpty() ? "" : " " + errorCode)
            + (" (request id " + response.requestId() + ")"),
        false,
        response.status() == 401 && cachedToken);
  }

  /** The response is not from storage; its content is ignored. */
  static StorageResponseException foreign(StorageResponse response, String description) {
    return new StorageResponseException(response, description, true, false);
  }

  int status() {
    return status;
  }

  /** {@code x-ms-error-code}, or the empty string. */
  String errorCode() {
    return errorCode;
  }

  String description() {
    return description;
  }

  boolean isForeign() {
    return foreign;
  }

  /** Whether the same request may do with a token that was not in the cache. */
  boolean forStaleToken() {
    return forStaleToken;
  }
}

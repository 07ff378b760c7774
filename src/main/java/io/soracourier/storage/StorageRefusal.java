package io.soracourier.storage;

import io.soracourier.text.Excerpt;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An answer of 400 or above, before it is known to what. */
class StorageRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST_HEADER = 200;

  private final int status;
  private final String errorCode;
  private final String requestId;
  private final boolean forStaleToken;

  private StorageRefusal(int status, String errorCode, String requestId, boolean forStaleToken) {
    super(null, null, false, false);
    this.status = status;
    this.errorCode = errorCode;
    this.requestId = requestId;
    this.forStaleToken = forStaleToken;
  }

  static StorageRefusal of(Response response, Map<String, Object> properties) {
    boolean cachedToken =
        properties != null && properties.containsKey(AuthenticationFilter.WITH_CACHED_TOKEN);
    return of(response.getStatus(), response::getHeaderString, cachedToken);
  }

  /**
   * @param header gives the value of a header, or null
   * @param cachedToken whether what proved who asks was a token from a cache
   */
  static StorageRefusal of(int status, UnaryOperator<String> header, boolean cachedToken) {
    return new StorageRefusal(
        status,
        excerpt(header.apply("x-ms-error-code")),
        excerpt(header.apply("x-ms-request-id")),
        status == 401 && cachedToken);
  }

  private static String excerpt(String header) {
    return header == null ? "" : Excerpt.of(header, LONGEST_HEADER);
  }

  int status() {
    return status;
  }

  String errorCode() {
    return errorCode;
  }

  String requestId() {
    return requestId;
  }

  /** Whether the same request may do with a token that was not in the cache. */
  boolean forStaleToken() {
    return forStaleToken;
  }
}

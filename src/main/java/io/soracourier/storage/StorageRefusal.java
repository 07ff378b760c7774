package io.soracourier.storage;

import jakarta.ws.rs.core.Response;
import java.util.Map;

/** An answer of 400 or above, before it is known to what. */
class StorageRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

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
    boolean cachedToken = properties != null && properties.containsKey(TokenBearer.FROM_CACHE);
    return new StorageRefusal(
        response.getStatus(),
        header(response, "x-ms-error-code"),
        header(response, "x-ms-request-id"),
        response.getStatus() == 401 && cachedToken);
  }

  private static String header(Response response, String name) {
    String value = response.getHeaderString(name);
    return value == null ? "" : value;
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

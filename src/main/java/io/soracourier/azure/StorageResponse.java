package io.soracourier.azure;

import io.soracourier.http.HttpDate;
import io.soracourier.text.ReceivedText;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * The head of a response to a storage request. It counts only when storage itself sent it: a proxy,
 * a captive portal or a cache in between sends any status that it likes.
 *
 * <p>Source: Microsoft's REST reference gives {@code x-ms-request-id} among the headers of every
 * response, and one status for the success of each operation. Azurite 3.35.0 sends the header with
 * HEAD, with refused authentication and with unknown versions too.
 */
public final class StorageResponse {
  private static final String REQUEST_ID = "x-ms-request-id";
  private static final String ERROR_CODE_HEADER = "x-ms-error-code";
  private static final String LAST_MODIFIED = "Last-Modified";
  private static final int MD5_BYTES = 16;

  private final int status;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  StorageResponse(int status, Map<String, List<String>> headers) {
    this.status = status;
    ReceivedText.registerHeaders(headers);
    headers.forEach((name, values) -> this.headers.put(name, String.join(",", values)));
  }

  /** Of an operation whose body is not needed: it is not awaited. */
  public static StorageResponse bodiless(RestResponse<InputStream> response) {
    StorageResponse head = of(response);
    try {
      if (response.getEntity() != null) {
        response.getEntity().close();
      }
    } catch (IOException e) {
      // its head was all that was wanted
    }
    return head;
  }

  public static StorageResponse of(RestResponse<?> response) {
    return new StorageResponse(response.getStatus(), response.getStringHeaders());
  }

  public static StorageResponse of(HttpClientResponse response) {
    Map<String, List<String>> headers = new HashMap<>();
    response.headers().names().forEach(name -> headers.put(name, response.headers().getAll(name)));
    return new StorageResponse(response.statusCode(), headers);
  }

  /**
   * This response.
   *
   * @throws UncheckedIOException when it is to another request
   */
  public StorageResponse to(RequestHead request) {
    ClientRequestId.check(request::header, this::headerOrNull);
    return this;
  }

  public int status() {
    return status;
  }

  /** With the code of the error in this body, if there is none in the head. */
  public StorageResponse withErrorBody(byte[] body) {
    headers.putIfAbsent(ERROR_CODE_HEADER, ErrorBody.code(body));
    return this;
  }

  /** {@code x-ms-error-code}; the empty string where there is none, or something else in it. */
  String errorCode() {
    return ReceivedToken.errorCode(header(ERROR_CODE_HEADER));
  }

  /** {@code x-ms-request-id}; the empty string where it is missing. */
  String requestId() {
    return ReceivedToken.requestId(header(REQUEST_ID));
  }

  public String etag() {
    return header("ETag");
  }

  public String header(String name) {
    return headers.getOrDefault(name, "").strip();
  }

  public @Nullable String headerOrNull(String name) {
    return headers.containsKey(name) ? header(name) : null;
  }

  /**
   * This response, when it is the success that the operation documents.
   *
   * @throws StorageResponseException when it is an error, or storage did not send it
   */
  public StorageResponse expect(int... documented) {
    for (int success : documented) {
      if (status == success && !isForeign()) {
        return this;
      }
    }
    throw refusal(false);
  }

  /**
   * @param cachedToken whether the request was authenticated by a token from a cache
   */
  public StorageResponseException refusal(boolean cachedToken) {
    if (requestId().isEmpty()) {
      return StorageResponseException.foreign(
          this, "status " + status + " without " + REQUEST_ID + ", which no storage service sends");
    }
    if (isCached()) {
      return StorageResponseException.foreign(this, "status " + status + " from a cache");
    }
    if (status < 400) {
      return StorageResponseException.foreign(
          this, "status " + status + ", which is not the one that storage documents");
    }
    return StorageResponseException.refused(this, cachedToken);
  }

  /** Whether it is known not to be storage's own. */
  public boolean isForeign() {
    return requestId().isEmpty() || isCached();
  }

  /** Storage sends no {@code Age}; a cache must (RFC 9111, 5.1). */
  private boolean isCached() {
    return !header("Age").isEmpty() && !header("Age").equals("0");
  }

  /**
   * {@code Content-Length} in bytes.
   *
   * @throws StorageResponseException when it is missing or is not a length
   */
  public long contentLength() {
    return count("Content-Length");
  }

  /**
   * A header that is a number.
   *
   * @throws StorageResponseException when it is missing, not a number, or negative
   */
  public long count(String name) {
    try {
      long count = Long.parseLong(header(name));
      if (count >= 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      // reported below, as a negative one
    }
    throw unreadable(name);
  }

  /**
   * HTTP dates are whole seconds: the same for the commit and for every later look at the blob.
   *
   * @throws StorageResponseException when it is missing or is not a date
   */
  public Instant lastModified() {
    return HttpDate.parse(header(LAST_MODIFIED)).orElseThrow(() -> unreadable(LAST_MODIFIED));
  }

  /** {@code Content-MD5} in Base64; null where there is none that is 16 bytes. */
  public @Nullable String contentMd5() {
    String md5 = header("Content-MD5");
    try {
      return Base64.getDecoder().decode(md5).length == MD5_BYTES ? md5 : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  public StorageResponseException unreadable(String header) {
    return StorageResponseException.foreign(
        this, "status " + status + " without a readable " + header);
  }
}

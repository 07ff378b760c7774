package io.soracourier.table;

import io.soracourier.azure.BodyBytes;
import io.soracourier.azure.StorageResponse;
import io.soracourier.azure.StorageResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * A response of Table storage with its body, which is read only where storage itself sent it.
 *
 * @param body empty where there is none
 */
record TableResponse(StorageResponse head, byte[] body) {
  /** A page of {@code MAX_PAGE} rows has 4 MiB at most, and JSON makes it longer. */
  private static final int MAX_BODY = 16 * 1024 * 1024;

  /** Reads a body. */
  interface Reader<T> {
    /**
     * @throws IOException when the body is something else
     */
    T read(byte[] body) throws IOException;
  }

  /**
   * @param limit how long the body may take
   * @throws UncheckedIOException when the body does not come to its end
   */
  static TableResponse read(RestResponse<InputStream> response, Duration limit) {
    StorageResponse head = StorageResponse.of(response);
    try (InputStream stream = BodyBytes.stream(response)) {
      if (head.isForeign()) {
        return new TableResponse(head, new byte[0]);
      }
      byte[] body = BodyBytes.read(stream, MAX_BODY + 1, limit);
      TableResponse read = new TableResponse(head, body);
      if (body.length > MAX_BODY) {
        throw read.unreadable();
      }
      return head.status() < 400 ? read : new TableResponse(head.withErrorBody(body), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * This response, when it is the success that the operation documents.
   *
   * @throws StorageResponseException when it is an error, or storage did not send it
   */
  TableResponse expect(int... documented) {
    head.expect(documented);
    return this;
  }

  /**
   * The version of the entity, of which there is always one.
   *
   * @throws StorageResponseException when it is missing
   */
  String version() {
    if (head.etag().isEmpty()) {
      throw head.unreadable("ETag");
    }
    return head.etag();
  }

  /**
   * @throws StorageResponseException when the body is something else
   */
  <T> T parse(Reader<T> reader) {
    try {
      return reader.read(body);
    } catch (IOException e) {
      throw unreadable();
    }
  }

  StorageResponseException unreadable() {
    return head.unreadable("body");
  }
}

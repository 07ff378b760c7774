package io.soracourier.azure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * To which request a response is. By a connection that is kept, a server in between that responds
 * to one request twice makes the second response that of the next request: a success of another
 * blob's commit, say.
 *
 * <p>Source: Microsoft's REST reference has {@code x-ms-client-request-id} of a request in the
 * response to it, as it was sent, for blobs, queues and tables. Azurite 3.35.0 does the same.
 */
final class ClientRequestId {
  private static final String HEADER = "x-ms-client-request-id";

  private ClientRequestId() {}

  static void put(RequestHead request) {
    request.header(HEADER, UUID.randomUUID().toString());
  }

  /**
   * A response without it is not storage's own, or a proxy has removed it: that is judged by
   * others.
   *
   * @throws UncheckedIOException when the response has the id of another request
   */
  static void check(Headers sent, Headers received) {
    String id = received.value(HEADER);
    if (id != null && !id.isEmpty() && !id.equals(sent.value(HEADER))) {
      throw new UncheckedIOException(new IOException("the response is to another request"));
    }
  }

  /** Headers of a request or a response, whichever client has them. */
  interface Headers {
    @Nullable String value(String name);
  }
}

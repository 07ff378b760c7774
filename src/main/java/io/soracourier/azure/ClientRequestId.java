package io.soracourier.azure;

import io.soracourier.text.Excerpt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
  private static final int MAX_SHOWN = 80;

  /** Of a query, which no message has. */
  private static final Pattern NO_ID = Pattern.compile("[?=]");

  private ClientRequestId() {}

  static void put(RequestHead request) {
    request.header(HEADER, UUID.randomUUID().toString());
  }

  /**
   * Whether a response is known to be to another request. One without the header is not storage's
   * own, or a proxy has removed it: that is judged by others. Where there are several values,
   * because something in between has added one or joined two, it is enough that one is right.
   */
  static boolean isAnothers(Headers sent, Headers received) {
    String ids = received.value(HEADER);
    return ids != null
        && !ids.isBlank()
        && Stream.of(ids.split(","))
            .map(String::strip)
            .noneMatch(id -> id.equals(sent.value(HEADER)));
  }

  /**
   * @throws UncheckedIOException when the response is to another request
   */
  static void check(Headers sent, Headers received) {
    if (isAnothers(sent, received)) {
      String ids = Excerpt.of(String.valueOf(received.value(HEADER)), MAX_SHOWN);
      throw new UncheckedIOException(
          new IOException(
              "the response has %s %s, which is not the request's: it is to another request, or"
                      .formatted(HEADER, NO_ID.matcher(ids).replaceAll("\uFFFD"))
                  + " something in between changes that header"));
    }
  }

  /** Headers of a request or a response, whichever client has them. */
  interface Headers {
    @Nullable String value(String name);
  }
}

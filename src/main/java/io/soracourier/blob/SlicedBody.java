package io.soracourier.blob;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;

/**
 * Sends bytes as the body of a request: as views of the buffers that they are in, as fast as the
 * socket takes them.
 */
final class SlicedBody {
  /** What the socket takes in one write: more would only be buffered once more, encrypted. */
  private static final int SLICE_BYTES = 64 * 1024;

  private static final int OK = 200;
  private static final int REQUEST_TIMEOUT = 408;

  private SlicedBody() {}

  /**
   * The response, which may come before all of it was sent. On the request's event loop.
   *
   * @param isAnothers whether the response is to another request
   */
  static Future<HttpClientResponse> send(
      HttpClientRequest request,
      List<ByteBuffer> pieces,
      Predicate<HttpClientResponse> isAnothers) {
    ByteBuf rest =
        Unpooled.wrappedBuffer(
            pieces.stream().map(ByteBuffer::duplicate).toArray(ByteBuffer[]::new));
    Future<HttpClientResponse> response =
        request.response().onSuccess(head -> finish(head, rest, isAnothers.test(head)));
    request.exceptionHandler(failure -> {}); // the response fails with it
    // Before the first write: set while waiting, it could miss what it is to wait for.
    request.drainHandler(drained -> write(request, rest));
    write(request, rest);
    return response;
  }

  /**
   * A service that responds before it has read the block may not want the rest of it. Where the
   * response to the request may follow, the next request must not get it.
   */
  private static void finish(HttpClientResponse response, ByteBuf rest, boolean isAnothers) {
    response.exceptionHandler(failure -> {}); // its head was all that was wanted
    if (rest.isReadable() || isAnothers || mayBeFollowedByAnother(response.statusCode())) {
      rest.skipBytes(rest.readableBytes());
      response.request().reset();
    }
  }

  /** Interim responses, and one that may be about an idle connection and not the request. */
  private static boolean mayBeFollowedByAnother(int status) {
    return status < OK || status == REQUEST_TIMEOUT;
  }

  private static void write(HttpClientRequest request, ByteBuf rest) {
    while (rest.isReadable() && !request.writeQueueFull()) {
      Buffer slice = view(rest.readSlice(Math.min(SLICE_BYTES, rest.readableBytes())));
      if (rest.isReadable()) {
        request.write(slice);
      } else {
        request.end(slice);
      }
    }
  }

  /** Of the ways to a Vert.x buffer, the deprecated one is the only one that does not copy. */
  @SuppressWarnings("deprecation")
  private static Buffer view(ByteBuf bytes) {
    return Buffer.buffer(bytes);
  }
}

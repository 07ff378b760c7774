package io.soracourier.blob;

import io.soracourier.azure.Authentication;
import io.soracourier.azure.RequestHead;
import io.soracourier.azure.StorageResponse;
import io.soracourier.azure.StorageResponseException;
import io.soracourier.http.HttpRequests;
import io.soracourier.storage.VideoRef;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.ws.rs.core.UriBuilder;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Put Block, and Put Blob for what is small: the storage requests that carry a video's bytes. It is
 * the Vert.x client under the REST Client, because all the courier's bytes go this way, and the
 * latter would copy them: see {@link SlicedBody}.
 */
final class BlockClient {
  /** The status that Put Block documents. */
  private static final int STORED = 201;

  /** What the timeout is for: two blocks of the usual size; more bytes have more time. */
  private static final long TIMED_BYTES = 8L << 20;

  /** Waiting for a connection and for the response are bounded each; this bounds both together. */
  private static final Duration SPARE = Duration.ofSeconds(1);

  /** Of all requests and so of all connections: a slice never waits for another event loop. */
  private final Context context;

  private final HttpClient http;
  private final URI endpoint;
  private final Authentication authentication;
  private final Duration timeout;

  /**
   * Must be created when the application starts, on a thread that serves no request.
   *
   * @param timeout from the request to its response, and also for a connection to become free; in
   *     proportion longer where more than {@value #TIMED_BYTES} bytes are sent
   */
  BlockClient(
      Vertx vertx,
      HttpClientOptions options,
      URI endpoint,
      Authentication authentication,
      Duration timeout) {
    this.context = vertx.getOrCreateContext();
    this.http = vertx.createHttpClient(options);
    this.endpoint = endpoint;
    this.authentication = authentication;
    this.timeout = timeout;
  }

  void close() {
    http.close();
  }

  /**
   * Sends a block, and blocks until the response is there.
   *
   * @param blockId Base64, of the same length for all blocks of a blob
   * @param block what is between its position and limit, which stay as they are
   * @param md5 of the block, Base64; the service compares
   * @throws StorageResponseException when the response is not the 201 of storage
   * @throws CompletionException when there was none
   * @throws UncheckedIOException when it is to another request
   */
  void putBlock(String container, String blob, String blockId, ByteBuffer block, String md5) {
    RequestHead head =
        new RequestHead("PUT", uri(container, blob, blockId))
            .header("Content-Type", "application/octet-stream")
            .header("Content-MD5", md5);
    put(head, List.of(block));
  }

  /**
   * Sends a whole blob as {@link #putBlock} sends a block, unless there is one of that name.
   *
   * @param type its content type
   * @param md5 of the blob, Base64
   * @param pieces its bytes
   */
  StorageResponse putBlob(
      String container,
      String blob,
      String type,
      String md5,
      VideoRef video,
      List<ByteBuffer> pieces) {
    RequestHead head =
        new RequestHead("PUT", UriBuilder.fromUri(endpoint).segment(container, blob).build())
            .header("Content-Type", "application/octet-stream")
            .header("Content-MD5", md5)
            .header("If-None-Match", "*")
            .header(VideoBlob.TYPE, "BlockBlob")
            .header(VideoBlob.CONTENT_TYPE_HEADER, type)
            .header(VideoBlob.MD5, md5)
            .header(VideoBlob.JOB_ID, video.jobId())
            .header(VideoBlob.GENERATION_ID, video.generationId());
    return put(head, pieces);
  }

  private StorageResponse put(RequestHead head, List<ByteBuffer> pieces) {
    long bytes = pieces.stream().mapToLong(ByteBuffer::remaining).sum();
    head.header("Content-Length", String.valueOf(bytes));
    authentication.sign(head);
    StorageResponse response = StorageResponse.of(await(head, pieces)).to(head);
    if (response.status() == STORED && !response.isForeign()) {
      return response;
    }
    if (response.status() == 401 && !response.isForeign()) {
      authentication.refused(head);
    }
    throw response.refusal(head.mayBeStale());
  }

  private URI uri(String container, String blob, String blockId) {
    URI resource = UriBuilder.fromUri(endpoint).segment(container, blob).build();
    return URI.create(
        resource + "?comp=block&blockid=" + URLEncoder.encode(blockId, StandardCharsets.US_ASCII));
  }

  /** What a request with so many bytes has, from its sending to its response. */
  static Duration time(Duration timeout, long bytes) {
    return timeout.multipliedBy(Math.max(bytes, TIMED_BYTES)).dividedBy(TIMED_BYTES);
  }

  /**
   * @param head with its {@code Content-Length}, by which it has its time
   */
  static RequestOptions options(RequestHead head, Duration timeout) {
    long bytes = Long.parseLong(head.headers().get("Content-Length"));
    RequestOptions options =
        HttpRequests.options(HttpMethod.PUT, head.uri())
            .setTimeout(time(timeout, bytes).toMillis());
    head.headers().forEach(options::putHeader);
    return options;
  }

  private HttpClientResponse await(RequestHead head, List<ByteBuffer> pieces) {
    RequestOptions options = options(head, timeout);
    Duration time = Duration.ofMillis(options.getTimeout());
    Future<HttpClientRequest> request = HttpRequests.open(context, http, options);
    Future<HttpClientResponse> response =
        request.compose(open -> SlicedBody.send(open, pieces, head::isNotThatOf));
    try {
      return HttpRequests.await(response, time.multipliedBy(2).plus(SPARE));
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } catch (TimeoutException | InterruptedException e) {
      context.runOnContext(nothing -> request.onSuccess(open -> giveUp(open, response)));
      throw new CompletionException(e);
    }
  }

  /** After the response the connection may be another request's already: then it stays open. */
  private static void giveUp(HttpClientRequest request, Future<HttpClientResponse> response) {
    if (!response.isComplete()) {
      request.reset();
    }
  }
}

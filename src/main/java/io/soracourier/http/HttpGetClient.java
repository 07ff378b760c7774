package io.soracourier.http;

import static java.util.Objects.requireNonNull;

import io.soracourier.setting.AtOnce;
import io.soracourier.text.ReceivedText;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Sends GET requests to servers that are not trusted to speak good HTTP: to the addresses that the
 * caller resolved, one after the other, until one accepts the connection. A redirect is a response
 * like any other.
 *
 * <p>This is the Vert.x client under the REST Client, because the REST Client connects to one
 * address of a name only, which it resolves itself, and has no timeout for a body.
 */
public final class HttpGetClient implements AutoCloseable {
  /** Bytes: the security policy of a gateway alone can be larger than the usual 8 KiB. */
  public static final int MAX_HEADERS = 64 * 1024;

  private static final int MAX_STATUS_LINE = 16 * 1024;
  private static final int CONNECTIONS_PER_HOST = AtOnce.ALL;

  /** Beyond a timeout of the client itself, whose words are better. */
  private static final Duration SPARE = Duration.ofSeconds(1);

  private final HttpClient http;
  private final Proxies proxies;
  private final HttpTimeouts timeouts;

  private final AddressOrder order = new AddressOrder();

  public HttpGetClient(Vertx vertx, Proxies proxies, HttpTimeouts timeouts) {
    this.proxies = proxies;
    this.timeouts = timeouts;
    HttpClientOptions options =
        new HttpClientOptions()
            .setMaxPoolSize(CONNECTIONS_PER_HOST)
            // What a server sends after a response would be the next request's, which may be about
            // another job; and closing a response that was not read to its end closes the
            // connection, even if it is the next request's already. So it is nobody else's.
            .setKeepAlive(false)
            .setMaxInitialLineLength(MAX_STATUS_LINE)
            .setDecompressionSupported(false)
            .setMaxHeaderSize(MAX_HEADERS)
            // Each piece costs a hop between threads.
            .setMaxChunkSize(StreamedResponse.MAX_PIECE)
            .setConnectTimeout((int) timeouts.connect().toMillis());
    this.http =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(options.getPoolOptions())
            .withConnectHandler(connection -> TolerantHttp.read(connection, options))
            .build();
  }

  @Override
  public void close() {
    http.close();
  }

  /**
   * Sends a request, and waits for the head of the response.
   *
   * @param uri absolute, http or https
   * @param headers in addition to {@code Host} and {@code Accept-Encoding}, which are set here
   * @param addresses of the URI's host, which the caller has resolved and checked; at least one, in
   *     the order in which they are tried; ignored where a {@linkplain Proxies proxy} connects
   * @return the response, whatever its status; must be closed
   * @throws IOException when there was none
   */
  public StreamedResponse get(URI uri, Map<String, String> headers, InetAddress[] addresses)
      throws IOException {
    RequestOptions request = options(uri, headers);
    if (request.getProxyOptions() != null) {
      return send(request);
    }
    IOException refused = null;
    for (InetAddress address : order.of(uri.getHost(), addresses)) {
      request.setServer(
          SocketAddress.inetSocketAddress(new InetSocketAddress(address, request.getPort())));
      try {
        return send(request);
      } catch (IOException e) {
        order.failed(uri.getHost(), address, addresses);
        if (!(e.getCause() instanceof ConnectException) || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        refused = e;
      }
    }
    throw refused == null ? new IOException("the host has no address") : refused;
  }

  private RequestOptions options(URI uri, Map<String, String> headers) {
    RequestOptions options =
        HttpRequests.options(HttpMethod.GET, uri)
            .putHeader("Accept-Encoding", ContentEncoding.NONE);
    headers.forEach(options::putHeader);
    proxies.forUri(uri).ifPresent(options::setProxyOptions);
    return options;
  }

  private StreamedResponse send(RequestOptions options) throws IOException {
    Future<HttpClientRequest> request = connection(options);
    // The response handler is registered before the request leaves, on the event loop, as it
    // arrives:
    // requested afterwards, a short one could be over already.
    Future<StreamedResponse> response = request.compose(this::send);
    try {
      await(request, timeouts.connect().plus(SPARE), "no connection");
      StreamedResponse received = await(response, timeouts.response(), "no response");
      ReceivedText.registerHeaders(received.headers());
      return received;
    } catch (IOException e) {
      request.onSuccess(HttpClientRequest::reset);
      throw e;
    }
  }

  /**
   * An exception that the client throws immediately, for instance because it is closed, fails the
   * future like every other one.
   */
  private Future<HttpClientRequest> connection(RequestOptions options) {
    try {
      return http.request(options);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private Future<StreamedResponse> send(HttpClientRequest request) {
    Future<StreamedResponse> response =
        request.response().map(head -> new StreamedResponse(head, timeouts.stall()));
    request.end();
    return response;
  }

  private static <T> T await(Future<T> future, Duration timeout, String missing)
      throws IOException {
    try {
      return HttpRequests.await(future, timeout);
    } catch (ExecutionException e) {
      throw HttpFailure.of(requireNonNull(e.getCause(), "a future fails with something"));
    } catch (TimeoutException e) {
      throw new HttpFailure(missing + " within " + timeout.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}

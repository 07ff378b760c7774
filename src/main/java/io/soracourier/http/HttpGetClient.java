package io.soracourier.http;

import io.soracourier.setting.AtOnce;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;

/**
 * Sends GET requests to servers that are not trusted to speak good HTTP: to the addresses that the
 * caller resolved, one after the other, until one accepts the connection. A redirect is a response
 * like any other. A connection is kept for a moment after a response was received whole, and serves
 * requests for the same host at the same checked address only.
 *
 * <p>This is the Vert.x client under the REST Client, because the REST Client connects to one
 * address of a name only, which it resolves itself, and has no timeout for a body.
 */
public final class HttpGetClient implements AutoCloseable {
  /** Bytes: the security policy of a gateway alone can be larger than the usual 8 KiB. */
  public static final int MAX_HEADERS = 64 * 1024;

  private static final int MAX_STATUS_LINE = 16 * 1024;
  private static final int CONNECTIONS_PER_HOST = AtOnce.ALL;

  /** Of all requests and so of all connections: what belongs to one is never seen half-way. */
  private final Context context;

  private final HttpClient http;
  private final Proxies proxies;
  private final HttpTimeouts timeouts;
  private final AddressOrder order = new AddressOrder();

  /** Must be created when the application starts, on a thread that serves no request. */
  public HttpGetClient(Vertx vertx, Proxies proxies, HttpTimeouts timeouts) {
    this.context = vertx.getOrCreateContext();
    this.proxies = proxies;
    this.timeouts = timeouts;
    HttpClientOptions options =
        new HttpClientOptions()
            .setMaxPoolSize(CONNECTIONS_PER_HOST)
            .setKeepAliveTimeout(ConnectionUse.KEPT_SECONDS)
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
      request.setServer(server(address, request.getPort()));
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

  /**
   * Without the name, which the client would take for the whole of it: connections to all addresses
   * of a name would be the same.
   */
  private static SocketAddress server(InetAddress address, int port) throws IOException {
    InetAddress nameless = InetAddress.getByAddress(address.getAddress());
    return SocketAddress.inetSocketAddress(new InetSocketAddress(nameless, port));
  }

  private RequestOptions options(URI uri, Map<String, String> headers) {
    RequestOptions options =
        HttpRequests.options(HttpMethod.GET, uri)
            .putHeader("Accept-Encoding", ContentEncoding.NONE);
    headers.forEach(options::putHeader);
    proxies.forUri(uri).ifPresent(options::setProxyOptions);
    return options;
  }

  /**
   * A connection that served requests before may be closed by the server at the moment in which the
   * next one is sent, or have a remainder of the last response in it: such a request is sent again,
   * until it has a connection of its own.
   */
  private StreamedResponse send(RequestOptions options) throws IOException {
    while (true) {
      Exchange exchange =
          new Exchange(context, HttpRequests.open(context, http, options), timeouts);
      try {
        StreamedResponse response = exchange.response();
        if (!exchange.isStale()) {
          return response;
        }
      } catch (IOException e) {
        if (!exchange.isStale()) {
          exchange.giveUp();
          throw e;
        }
      }
      exchange.giveUp();
    }
  }
}

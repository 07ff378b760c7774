package io.soracourier.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.soracourier.local.StorageAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * Stands between the handler and one storage service, passes everything on and keeps what was said,
 * so that tests see messages that nobody can see on their queue yet.
 */
final class StorageTap implements AutoCloseable {
  /** Belong to one connection, or are set by the client that sends on. */
  private static final Set<String> HOP_HEADERS =
      Set.of("connection", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade");

  private final URI service;
  private final HttpServer server;
  private final HttpClient client;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  /**
   * A request that was answered.
   *
   * @param at when it had arrived
   * @param query raw; empty when there is none
   * @param authorization null when there was none
   */
  record Seen(
      Instant at,
      String method,
      String path,
      String query,
      String authorization,
      byte[] body,
      int status) {}

  private StorageTap(String serviceEndpoint, HttpClient client) {
    this.service = URI.create(serviceEndpoint);
    this.client = client;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  /** On the way to the queues of an account. */
  static StorageTap onQueues(StorageAccount account) {
    return new StorageTap(account.queueEndpoint(), HttpClient.newHttpClient());
  }

  /** Before a service that speaks https with a certificate that this context trusts. */
  static StorageTap on(String serviceEndpoint, SSLContext trust) {
    return new StorageTap(serviceEndpoint, HttpClient.newBuilder().sslContext(trust).build());
  }

  /** In place of the service's own, with the account as its path. */
  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + service.getRawPath();
  }

  List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** The messages that were put on a queue so far, in order. */
  List<PutBack> putBacks() {
    return seen.stream()
        .filter(request -> request.method().equals("POST") && request.status() == 201)
        .filter(request -> request.path().endsWith("/messages"))
        .map(PutBack::of)
        .toList();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      Instant at = Instant.now();
      byte[] body = exchange.getRequestBody().readAllBytes();
      URI uri = exchange.getRequestURI();
      HttpResponse<byte[]> answer =
          client.send(request(exchange, uri, body), BodyHandlers.ofByteArray());
      seen.add(
          new Seen(
              at,
              exchange.getRequestMethod(),
              uri.getRawPath(),
              uri.getRawQuery() == null ? "" : uri.getRawQuery(),
              exchange.getRequestHeaders().getFirst("Authorization"),
              body,
              answer.statusCode()));
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!HOP_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      boolean head = exchange.getRequestMethod().equals("HEAD");
      if (head) {
        answer
            .headers()
            .firstValue("Content-Length")
            .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
      }
      exchange.sendResponseHeaders(
          answer.statusCode(), head || answer.body().length == 0 ? -1 : answer.body().length);
      if (!head && answer.body().length > 0) {
        exchange.getResponseBody().write(answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest request(HttpExchange exchange, URI uri, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(service.getScheme() + "://" + service.getRawAuthority() + uri))
            .version(HttpClient.Version.HTTP_1_1)
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!HOP_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

package io.soracourier.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Stands before a real storage service and lets requests through, except where told to fail. */
final class FaultyStorage implements AutoCloseable {
  /** Set by the client, or by the connection to the storage itself. */
  private static final Set<String> HOP_HEADERS =
      Set.of("connection", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI storage;
  private final ConcurrentLinkedQueue<Scripted> script = new ConcurrentLinkedQueue<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** A request as it arrived. */
  record Seen(String method, String path, String query, String authorization) {
    boolean isPutBlock() {
      return query.matches("(.*&)?comp=block(&.*)?");
    }

    boolean isPutBlockList() {
      return query.contains("comp=blocklist");
    }
  }

  /** What happens in place of the answer. */
  interface Fault {
    void strike(HttpExchange exchange, FaultyStorage storage) throws IOException;

    static Fault answer(int status, String errorCode) {
      return (exchange, storage) -> {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("x-ms-error-code", errorCode);
        exchange.getResponseHeaders().set("x-ms-request-id", "request-1");
        exchange.sendResponseHeaders(status, -1);
      };
    }

    /** The connection breaks while the request is still being sent. */
    static Fault breakMidBody() {
      return (exchange, storage) -> exchange.getRequestBody().readNBytes(1000);
    }

    /** The request takes effect, and the connection breaks before the answer. */
    static Fault loseAnswer() {
      return (exchange, storage) -> storage.forward(exchange);
    }

    /** The request takes effect, and the answer never comes. */
    static Fault holdAnswer() {
      return (exchange, storage) -> {
        storage.forward(exchange);
        storage.awaitClose();
      };
    }
  }

  private record Scripted(Predicate<Seen> request, Fault fault) {}

  FaultyStorage(URI storage) {
    this.storage = storage;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where clients find it, with the path of the storage behind it. */
  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + storage.getRawPath());
  }

  /** The next request of this kind fails like this; said twice, the next two do. */
  void fail(Predicate<Seen> request, Fault fault) {
    script.add(new Scripted(request, fault));
  }

  void reset() {
    script.clear();
    seen.clear();
  }

  List<Seen> seen() {
    return seen;
  }

  long seen(Predicate<Seen> request) {
    return seen.stream().filter(request).count();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Seen request =
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
            exchange.getRequestHeaders().getFirst("Authorization"));
    seen.add(request);
    try (exchange) {
      Optional<Scripted> fault =
          script.stream().filter(entry -> entry.request.test(request)).findFirst();
      if (fault.isPresent() && script.remove(fault.get())) {
        fault.get().fault.strike(exchange, this);
      } else {
        answer(exchange, forward(exchange));
      }
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(storage.resolve(uri.getRawPath() + query))
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!HOP_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> response)
      throws IOException {
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!HOP_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    if (exchange.getRequestMethod().equals("HEAD")) {
      response
          .headers()
          .firstValue("Content-Length")
          .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
    }
    byte[] body = response.body();
    exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}

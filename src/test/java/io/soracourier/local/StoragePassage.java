package io.soracourier.local;

import com.sun.net.httpserver.HttpExchange;
import io.soracourier.local.StorageProxy.Seen;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** One request on its way through a {@link StorageProxy}. */
public final class StoragePassage {
  /** Belong to one connection, or are set by the client that sends on. */
  private static final Set<String> HOP_HEADERS =
      Set.of("connection", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade");

  /** A queue message of 64 KiB in XML, with room for what is escaped. */
  private static final int MAX_KEPT = 512 * 1024;

  private final Instant at = Instant.now();
  private final HttpExchange exchange;
  private final URI service;
  private final HttpClient client;
  private final CountDownLatch proxyClosed;
  private Consumer<Seen> changed = nobody -> {};
  private byte[] body;
  private int status;

  StoragePassage(
      HttpExchange exchange, URI service, HttpClient client, CountDownLatch proxyClosed) {
    this.exchange = exchange;
    this.service = service;
    this.client = client;
    this.proxyClosed = proxyClosed;
  }

  /** This is notified of what the storage has responded, also when nobody else learns of it. */
  void onChange(Consumer<Seen> listener) {
    changed = listener;
  }

  Seen asSeen() {
    URI uri = exchange.getRequestURI();
    return new Seen(
        at,
        exchange.getRequestMethod(),
        uri.getRawPath(),
        Optional.ofNullable(uri.getRawQuery()).orElse(""),
        exchange.getRequestHeaders().getFirst("Authorization"),
        body == null || body.length > MAX_KEPT ? new byte[0] : body,
        status);
  }

  /** The whole body of the request. */
  byte[] body() throws IOException {
    if (body == null) {
      body = exchange.getRequestBody().readAllBytes();
    }
    return body;
  }

  /** Reads only the beginning of the body; when the passage ends then, the connection breaks. */
  void readBeginning(int bytes) throws IOException {
    exchange.getRequestBody().readNBytes(bytes);
  }

  HttpResponse<byte[]> forward() throws IOException {
    return forward(body());
  }

  /** Passes the request on with another body. */
  HttpResponse<byte[]> forward(byte[] body) throws IOException {
    URI uri = exchange.getRequestURI();
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
    try {
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      status = answer.statusCode();
      changed.accept(asSeen());
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  void answer(HttpResponse<byte[]> answer) throws IOException {
    answer(answer, answer.headers());
  }

  private void copy(HttpHeaders headers) {
    headers
        .map()
        .forEach(
            (name, values) -> {
              if (!HOP_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    if (String.valueOf(exchange.getRequestURI().getRawQuery()).contains("userdelegationkey")) {
      // The service sends it with every response; Azurite 3.35.0 leaves it out of this one.
      exchange.getResponseHeaders().putIfAbsent("x-ms-request-id", List.of("request-1"));
    }
  }

  private void answer(HttpResponse<byte[]> answer, HttpHeaders headers) throws IOException {
    copy(headers);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      headers
          .firstValue("Content-Length")
          .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
    }
    byte[] answered = answer.body();
    exchange.sendResponseHeaders(
        answer.statusCode(), head || answered.length == 0 ? -1 : answered.length);
    if (!head && answered.length > 0) {
      exchange.getResponseBody().write(answered);
    }
  }

  /** An answer of the storage's kind, which the storage did not give. */
  void answer(int status, String errorCode) throws IOException {
    body();
    exchange.getResponseHeaders().set("x-ms-error-code", errorCode);
    exchange.getResponseHeaders().set("x-ms-request-id", "request-1");
    exchange.sendResponseHeaders(status, -1);
  }

  /** A response by something that is not the storage. */
  void answer(int status, Map<String, String> headers, String text) throws IOException {
    body();
    byte[] answered = text.getBytes(StandardCharsets.UTF_8);
    boolean bodiless = exchange.getRequestMethod().equals("HEAD") || answered.length == 0;
    headers.forEach(exchange.getResponseHeaders()::add);
    exchange.sendResponseHeaders(status, bodiless ? -1 : answered.length);
    if (!bodiless) {
      exchange.getResponseBody().write(answered);
    }
  }

  /** An answer that repeats the request, in all places where an answer has words. */
  void answerWithEcho(int status, String echo) throws IOException {
    body();
    String words =
        echo + " " + exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet();
    for (String name : List.of("x-ms-error-code", "x-ms-request-id", "Server")) {
      exchange.getResponseHeaders().set(name, words.replaceAll("[^ -~]", "?"));
    }
    byte[] answered =
        (words + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : answered.length);
    if (!head) {
      exchange.getResponseBody().write(answered);
    }
  }

  /** Passes the response on with these headers in place of its own; an empty one is left out. */
  void answer(HttpResponse<byte[]> answer, Map<String, String> changed) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(answer.headers().map());
    changed.forEach(
        (name, value) -> {
          headers.remove(name);
          if (!value.isEmpty()) {
            headers.put(name, List.of(value));
          }
        });
    answer(answer, HttpHeaders.of(headers, (name, value) -> true));
  }

  /** The head of the response and half of its body. */
  void answerHalf(HttpResponse<byte[]> answer) throws IOException {
    copy(answer.headers());
    exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
    exchange.getResponseBody().write(answer.body(), 0, answer.body().length / 2);
    exchange.getResponseBody().flush();
  }

  void awaitProxyClosed() {
    try {
      proxyClosed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

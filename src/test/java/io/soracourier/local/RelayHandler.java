package io.soracourier.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * A custom handler in a process of its own that answers what {@link ScriptedHandler} in the test's
 * process tells it to.
 */
final class RelayHandler {
  static final String TARGET = "RELAY_TARGET";
  static final String EXIT_AT_START = "RELAY_EXIT_AT_START";
  static final String EXIT_HEADER = "X-Exit";
  static final String CUT_HEADER = "X-Cut";
  static final String METHOD_HEADER = "X-Method";

  /** Before the name of each header of the request; several values are joined by a bar. */
  static final String RELAYED = "Relayed-";

  private static final Set<String> CONNECTION_HEADERS =
      Set.of("content-length", "transfer-encoding", "date");

  private RelayHandler() {}

  public static void main(String[] args) throws IOException {
    if (System.getenv(EXIT_AT_START) != null) {
      System.err.println("VideoStorage is missing");
      System.exit(Integer.parseInt(System.getenv(EXIT_AT_START)));
    }
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    String target = System.getenv(TARGET);
    int port = Integer.parseInt(System.getenv("FUNCTIONS_CUSTOMHANDLER_PORT"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", exchange -> relay(exchange, client, target));
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    System.out.println("ready in " + System.getProperty("user.dir"));
  }

  private static void relay(HttpExchange exchange, HttpClient client, String target)
      throws IOException {
    try (exchange) {
      if (isProbe(exchange)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()))
              .header(METHOD_HEADER, exchange.getRequestMethod())
              .POST(
                  HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> request.header(RELAYED + name, String.join("|", values)));
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      answer
          .headers()
          .firstValue(EXIT_HEADER)
          .ifPresent(code -> Runtime.getRuntime().halt(Integer.parseInt(code)));
      if (answer.headers().firstValue(CUT_HEADER).isPresent()) {
        return;
      }
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!CONNECTION_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      byte[] body = answer.body();
      exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isProbe(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("GET")
        && exchange.getRequestURI().toString().equals("/")
        && !exchange.getRequestHeaders().containsKey("X-Azure-Functions-InvocationId");
  }
}

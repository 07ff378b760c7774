package io.soracourier.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** What a function app's handler answers, scripted, and what it was asked. */
final class ScriptedHandler implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param target path and query as they arrived
   * @param headers by name in lower case
   * @param body missing where it is not JSON
   */
  record Request(
      String method, String target, Map<String, String> headers, JsonNode body, byte[] bytes) {
    String function() {
      return target.substring(1);
    }
  }

  /**
   * @param headers besides the content type; several values of one name are separated by a bar
   */
  record Answer(
      int status, String contentType, byte[] body, Integer exitCode, Map<String, String> headers) {
    static Answer json(String body) {
      return of(200, "application/json", body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Answer status(int status) {
      return of(status, "application/json", "{}".getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Answer of(int status, String contentType, byte[] body, Map<String, String> headers) {
      return new Answer(status, contentType, body, null, headers);
    }

    /** The handler's process ends with this code instead of answering. */
    static Answer exit(int code) {
      return new Answer(200, null, new byte[0], code, Map.of());
    }

    /** The handler closes the connection instead of answering. */
    static Answer cut() {
      return of(200, null, new byte[0], Map.of(RelayHandler.CUT_HEADER, "1"));
    }
  }

  private final HttpServer server;
  private final Journal<Request> requests = new Journal<>();
  private volatile Function<Request, Answer> script = request -> Answer.json("{\"Outputs\":{}}");

  ScriptedHandler() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }

  void answer(Function<Request, Answer> script) {
    this.script = script;
  }

  Journal<Request> requests() {
    return requests;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new LinkedHashMap<>();
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) -> {
                if (name.startsWith(RelayHandler.RELAYED)) {
                  String relayed = name.substring(RelayHandler.RELAYED.length());
                  headers.put(relayed.toLowerCase(Locale.ROOT), values.get(0));
                }
              });
      byte[] bytes = exchange.getRequestBody().readAllBytes();
      Request request =
          new Request(
              exchange.getRequestHeaders().getFirst(RelayHandler.METHOD_HEADER),
              exchange.getRequestURI().toString(),
              headers,
              json(bytes),
              bytes);
      requests.add(request);
      Answer answer = script.apply(request);
      if (answer.exitCode() != null) {
        exchange.getResponseHeaders().set(RelayHandler.EXIT_HEADER, "" + answer.exitCode());
      }
      if (answer.contentType() != null) {
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      }
      answer
          .headers()
          .forEach(
              (name, values) ->
                  exchange.getResponseHeaders().put(name, List.of(values.split("\\|"))));
      byte[] body = answer.body();
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static JsonNode json(byte[] bytes) throws IOException {
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }

  /** Writes a function app with one function, {@code Work}, and a handler that asks this script. */
  static Path writeApp(Path folder, String functionJson) throws IOException {
    Files.writeString(
        folder.resolve("host.json"),
        """
        {"version":"2.0",
         "customHandler":{"description":{"defaultExecutablePath":"handler"}},
         "extensions":{"queues":{"messageEncoding":"none","maxPollingInterval":"00:00:00.1",
           "batchSize":2,"newBatchThreshold":1,"maxDequeueCount":3}}}
        """);
    Path executable = folder.resolve("handler");
    Files.writeString(
        executable,
        "#!/bin/sh\nexec '%s/bin/java' -XX:TieredStopAtLevel=1 -Xshare:auto -cp '%s' %s\n"
            .formatted(System.getProperty("java.home"), classes(), RelayHandler.class.getName()));
    executable.toFile().setExecutable(true);
    Path function = Files.createDirectory(folder.resolve("Work"));
    Files.writeString(function.resolve("function.json"), functionJson);
    return folder;
  }

  private static Path classes() {
    try {
      return Path.of(
          RelayHandler.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package io.soracourier.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.soracourier.simulator.Mp4;
import io.soracourier.text.Encodings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A video service that repeats everything that it was sent. What it does with a job, where in its
 * words the credential begins, and how that is encoded depends on the job's id, see {@link #id}.
 */
final class EchoServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ID =
      Pattern.compile("echo-([A-Z]+(?:_[A-Z]+)*)-(\\d+)-(\\d+)[^/?]*");
  private static final int LONG = 20_000;

  private final HttpServer server;
  private final Set<String> denied = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** What is done with a job. */
  enum Mode {
    /** The question about it is answered with 410 and the echo as JSON. */
    RETIRED,
    /** The same with 400, as text. */
    REJECTED,
    /** The same with 403, the first time. */
    DENIED,
    /** The same with 404, and JSON without a message. */
    MISSING,
    /** It has failed, for the echo as its reason. */
    FAILED,
    /** Its status is the echo, and it is deleted soon. */
    STATUS,
    /** Its keys are the echo. */
    KEYS,
    /** It has succeeded, its content is answered with 410 and the echo. */
    CONTENT_RETIRED,
    /** Its content is the echo. */
    CONTENT,
    /** Its content is elsewhere: at a URL with the credential in it, which is not followed. */
    REDIRECT,
    /** Its JSON and headers name URLs with the credential in them, which are answered with 404. */
    URLS,
    /** The echo is so long and so full of credentials that what reads it stops inside one. */
    FLOOD,
    /** Its content is an MP4, and it is deleted soon. */
    VIDEO
  }

  EchoServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * The id of a job.
   *
   * @param form number of the encoding
   * @param before how many characters there are before the credential
   */
  static String id(Mode mode, int form, int before) {
    return "echo-%s-%d-%d".formatted(mode, form, before);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Matcher id = ID.matcher(exchange.getRequestURI().getPath());
      if (!id.find()) {
        send(exchange, 404, "no such job");
        return;
      }
      String secret = secret(exchange);
      List<String> forms = List.copyOf(Encodings.of(secret));
      String form = forms.get(Integer.parseInt(id.group(2)) % forms.size());
      String echo = "-".repeat(Integer.parseInt(id.group(3))) + form + " " + all(exchange);
      exchange.getResponseHeaders().set("apim-request-id", header(form));
      boolean content = exchange.getRequestURI().getPath().contains("/content");
      exchange
          .getResponseHeaders()
          .set("Content-Type", content ? header("text/" + form) : "application/json");
      answer(exchange, Mode.valueOf(id.group(1)), content, echo, form, secret);
    }
  }

  private void answer(
      HttpExchange exchange, Mode mode, boolean content, String echo, String form, String secret)
      throws IOException {
    String done = "{\"status\":\"completed\"}";
    switch (mode) {
      case RETIRED -> send(exchange, 410, error(echo));
      case REJECTED -> send(exchange, 400, echo);
      case DENIED ->
          send(exchange, denied.add(exchange.getRequestURI().getPath()) ? 403 : 410, error(echo));
      case MISSING -> send(exchange, 404, JSON.createObjectNode().put("detail", echo).toString());
      case FAILED ->
          send(
              exchange,
              200,
              job(
                  "failed",
                  node -> node.putObject("error").put("code", form).put("message", echo)));
      case STATUS -> send(exchange, 200, job(echo, EchoServer::soon));
      case KEYS -> send(exchange, 200, JSON.createObjectNode().put(echo, 1).toString());
      case CONTENT_RETIRED -> send(exchange, content ? 410 : 200, content ? error(echo) : done);
      case CONTENT -> send(exchange, 200, content ? echo : done);
      case REDIRECT -> {
        if (content) {
          exchange
              .getResponseHeaders()
              .set("Location", "https://u@cdn.example.net/" + url(secret) + "?k=" + url(secret));
        }
        send(exchange, content ? 302 : 200, content ? echo : done);
      }
      case URLS -> {
        String path = "/" + url(secret) + "/" + id(Mode.MISSING, 0, 0) + "?sig=" + url(secret);
        exchange.getResponseHeaders().set("Location", path + "&in=header");
        send(exchange, content ? 404 : 200, job("completed", node -> node.put("video_url", path)));
      }
      case FLOOD -> {
        String flood = (form + " ").repeat(LONG / form.length());
        send(exchange, content ? 410 : 200, content ? flood : done);
      }
      case VIDEO -> {
        if (content) {
          send(exchange, 200, Mp4.small().bytes());
        } else {
          send(exchange, 200, job("completed", EchoServer::soon));
        }
      }
    }
  }

  private static String error(String words) {
    ObjectNode error = JSON.createObjectNode();
    error.putObject("error").put("code", words).put("message", words);
    return error.toString();
  }

  private static String job(String status, java.util.function.Consumer<ObjectNode> more) {
    ObjectNode job = JSON.createObjectNode().put("status", status);
    more.accept(job);
    return job.toString();
  }

  /** Sooner than the courier's last look, which comes 30 s before. */
  private static void soon(ObjectNode job) {
    job.put("expires_at", Instant.now().getEpochSecond() + 5);
  }

  private static String secret(HttpExchange exchange) {
    String key = exchange.getRequestHeaders().getFirst("api-key");
    String bearer = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    // What is fetched without a credential is recognised by the path.
    return key != null ? key : bearer.replaceFirst("^Bearer ", "");
  }

  private static String all(HttpExchange exchange) throws IOException {
    StringBuilder all = new StringBuilder();
    all.append(exchange.getRequestMethod()).append(' ').append(exchange.getRequestURI());
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      all.append(' ').append(header.getKey()).append(": ").append(header.getValue());
    }
    byte[] body = exchange.getRequestBody().readAllBytes();
    return all.append(' ').append(new String(body, StandardCharsets.UTF_8)).toString();
  }

  private static String url(String secret) {
    return java.net.URLEncoder.encode(secret, StandardCharsets.UTF_8);
  }

  private static String header(String value) {
    return value.replaceAll("[^ -~]", "?");
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

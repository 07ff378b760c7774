package io.soracourier.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.soracourier.local.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The token endpoint that an app with a managed identity has on Azure. */
public final class IdentityServer implements AutoCloseable {
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final Pattern RESOURCE = Pattern.compile("(?:^|&)resource=([^&]*)");

  private final HttpServer server;
  private final String header;
  private final Function<String, String> tokens;
  private final List<String> resources = new CopyOnWriteArrayList<>();
  private volatile Scripted scripted;

  /** What is answered in place of a token. */
  private record Scripted(int status, String body) {}

  /**
   * @param tokens makes a token for a resource
   */
  public IdentityServer(Function<String, String> tokens) {
    this(tokens, UUID.randomUUID().toString());
  }

  /**
   * @param header what the app has to prove itself with
   */
  public IdentityServer(Function<String, String> tokens, String header) {
    this.tokens = tokens;
    this.header = header;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/msi/token", this::answer);
    server.start();
  }

  /** Tells the handler where to ask for tokens. */
  public LocalStack.Builder on(LocalStack.Builder builder) {
    return builder
        .setting(
            "IDENTITY_ENDPOINT", "http://127.0.0.1:" + server.getAddress().getPort() + "/msi/token")
        .setting("IDENTITY_HEADER", header);
  }

  /**
   * From now on every request that the platform would answer is answered like this.
   *
   * @param body {@code %s} in it stands for the token
   */
  public void answer(int status, String body) {
    scripted = new Scripted(status, body);
  }

  public String header() {
    return header;
  }

  /** What tokens were asked for, in order. */
  public List<String> resources() {
    return List.copyOf(resources);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Matcher resource = RESOURCE.matcher(String.valueOf(exchange.getRequestURI().getRawQuery()));
      boolean known = header.equals(exchange.getRequestHeaders().getFirst("X-IDENTITY-HEADER"));
      if (!known || !resource.find()) {
        exchange.sendResponseHeaders(known ? 400 : 401, -1);
        return;
      }
      String name = URLDecoder.decode(resource.group(1), StandardCharsets.UTF_8);
      resources.add(name);
      Scripted instead = scripted;
      if (instead != null) {
        send(exchange, instead.status(), instead.body().replace("%s", tokens.apply(name)));
        return;
      }
      String body =
          "{\"access_token\":\"%s\",\"expires_on\":\"%d\",\"resource\":\"%s\",\"token_type\":\"Bearer\"}"
              .formatted(tokens.apply(name), Instant.now().plus(LIFETIME).getEpochSecond(), name);
      send(exchange, 200, body);
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

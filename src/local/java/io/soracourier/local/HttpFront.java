package io.soracourier.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The host's own HTTP port: serves functions with an HTTP trigger under {@code /api}, by forwarding
 * the request or by an invocation.
 */
final class HttpFront implements AutoCloseable {
  private record Route(FunctionDefinition function, RouteTemplate template) {
    boolean allows(String method) {
      var methods = function.trigger().raw().path("methods");
      return methods.isEmpty()
          || methods.valueStream().anyMatch(allowed -> allowed.asText().equalsIgnoreCase(method));
    }
  }

  /** Kestrel's, method and version included. */
  private static final int MAX_LINE = 8 * 1024;

  static {
    // Else each response waits for the caller to acknowledge its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final List<Route> routes;
  private final boolean forwards;
  private final String prefix;
  private final HostServices host;
  private final FrontAccess access;

  private HttpFront(
      HttpServer server,
      List<Route> routes,
      HostJson hostJson,
      HostServices host,
      FrontAccess access) {
    this.access = access;
    this.server = server;
    this.routes = routes;
    this.prefix = hostJson.find("extensions.http.routePrefix").map(JsonNode::asText).orElse("api");
    this.forwards =
        hostJson
            .text("customHandler.enableForwardingHttpRequest")
            .filter("true"::equalsIgnoreCase)
            .isPresent();
    this.host = host;
  }

  static HttpFront start(
      List<FunctionDefinition> functions,
      HostJson hostJson,
      HostServices host,
      int port,
      FrontAccess access,
      Executor executor) {
    List<Route> routes =
        functions.stream()
            .filter(function -> function.trigger().is("httpTrigger"))
            .map(
                function ->
                    new Route(
                        function,
                        new RouteTemplate(function.trigger().attribute("route", function.name()))))
            .sorted(Comparator.comparingInt((Route route) -> -route.template().literals()))
            .toList();
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      HttpFront front = new HttpFront(server, routes, hostJson, host, access);
      server.createContext("/", front::handle);
      server.setExecutor(executor);
      server.start();
      return front;
    } catch (BindException e) {
      throw new LocalStackException(
          "the local Functions host: port %d is in use; end what listens there, or ask for another"
              .formatted(port),
          e);
    } catch (IOException e) {
      throw new LocalStackException("the local Functions host cannot listen", e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  String key() {
    return access.key();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      IncomingRequest request = IncomingRequest.read(exchange);
      HttpResult result;
      try {
        result = answer(request);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        result = HttpResult.error(503);
      }
      result.headers().forEach(exchange.getResponseHeaders()::put);
      exchange.sendResponseHeaders(
          result.status(), result.body().length == 0 ? -1 : result.body().length);
      exchange.getResponseBody().write(result.body());
    }
  }

  private HttpResult answer(IncomingRequest request) throws InterruptedException {
    if (request.lineLength() > MAX_LINE) {
      return HttpResult.error(414);
    }
    Optional<String> decoded = DotNetUrl.decoded(request.rawPath());
    if (decoded.isEmpty()) {
      return HttpResult.error(400);
    }
    Optional<HttpResult> early = access.early(request);
    if (early.isPresent()) {
      return early.get();
    }
    List<String> path = DotNetUrl.segments(decoded.get());
    int start = 0;
    if (!prefix.isEmpty()) {
      if (path.isEmpty() || !path.get(0).equalsIgnoreCase(prefix)) {
        return HttpResult.error(404);
      }
      start = 1;
    }
    for (Route route : routes) {
      Optional<Map<String, String>> parameters =
          route.template().match(path.subList(start, path.size()));
      if (parameters.isPresent() && route.allows(request.method())) {
        return access.mayCall(route.function(), request)
            ? invoke(route.function(), request, parameters.get())
            : HttpResult.error(401);
      }
    }
    return HttpResult.error(404);
  }

  private HttpResult invoke(
      FunctionDefinition function, IncomingRequest request, Map<String, String> parameters)
      throws InterruptedException {
    Dispatcher.Attempt attempt = host.dispatcher().attempt(function);
    try {
      HttpResult result =
          forwards && function.isHttpInAndOut()
              ? attempt.forward(request)
              : invoke(attempt, function, request, parameters);
      host.record(attempt.record(null, 0, Outcome.SUCCEEDED, ""));
      return result;
    } catch (FailedInvocationException e) {
      Outcome outcome = attempt.hung() ? Outcome.HUNG : Outcome.FAILED;
      host.record(attempt.record(null, 0, outcome, e.getMessage()));
      return HttpResult.error(500);
    }
  }

  private HttpResult invoke(
      Dispatcher.Attempt attempt,
      FunctionDefinition function,
      IncomingRequest request,
      Map<String, String> parameters)
      throws FailedInvocationException, InterruptedException {
    Payload payload =
        new Payload(host.shape()).metadata("sys", QueueInvoker.systemData(function, host.clock()));
    request.addMetadata(payload, parameters);
    payload.data(function.trigger().name(), request.toJson(parameters));
    HandlerAnswer answer = attempt.send(payload);
    host.outputs().write(function, answer);
    return HttpResult.of(function, answer);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

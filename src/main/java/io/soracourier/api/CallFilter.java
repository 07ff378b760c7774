package io.soracourier.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.soracourier.lifecycle.Shutdown;
import io.soracourier.text.Secrets;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * What applies to every call: the caller's key is a secret until the response has ended, no cache
 * keeps a response, nothing new begins while the process is ending, and an {@code Accept} that
 * cannot be read is no failure. What was forwarded to a path that is not below {@code /api} ends
 * here.
 */
@Singleton
class CallFilter {
  /** Before everything that sends a response. */
  private static final int FIRST = 1_000;

  /** Some ten thousand ids. */
  private static final long MAX_BODY = 1 << 20;

  private static final int MAX_DIGITS = 18;

  private final Shutdown shutdown;

  CallFilter(Shutdown shutdown) {
    this.shutdown = shutdown;
  }

  void register(@Observes Filters filters) {
    filters.register(this::filter, FIRST);
  }

  /** The host compares routes without regard to case, and forwards them as they were written. */
  @ServerRequestFilter(preMatching = true)
  void ignoreCase(ContainerRequestContext context, HttpServerRequest request) {
    if (Calls.isCall(request)) {
      URI uri = context.getUriInfo().getRequestUri();
      String path = Calls.path(uri.getRawPath());
      if (!path.equals(uri.getRawPath())) {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        context.setRequestUri(uri.resolve(path + query));
      }
    }
  }

  private void filter(RoutingContext context) {
    HttpServerRequest request = context.request();
    boolean call = Calls.isCall(request);
    if (!call && !ForwardedRequest.is(request)) {
      context.next();
      return;
    }
    Secrets.Registration keys = Secrets.registerUntilClosed(FunctionKeys.in(request));
    context.addEndHandler(ended -> keys.close());
    headers(context.response());
    if (isTooLarge(request)) {
      refuseAtTheEnd(context, call ? Problems.tooLarge() : Problems.notFound());
    } else if (!call || Calls.isRoot(request)) {
      refuse(context, Problems.notFound());
    } else if (shutdown.hasBegun()) {
      refuse(context, Problems.ending());
    } else {
      AcceptHeader.tidy(request.headers());
      if (request.path().equals(JobsResource.PATH) || request.path().equals(HarvestResource.PATH)) {
        // The body decides what it is: tools name any type, and some none that is one.
        request.headers().remove("Content-Type");
      }
      context.next();
    }
  }

  /** Not from {@code Transfer-Encoding}: the host forwards only bodies that have a length. */
  private static boolean isTooLarge(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return length != null && (length.length() > MAX_DIGITS || Long.parseLong(length) > MAX_BODY);
  }

  /** Reads the body first: what is refused while the host still sends it would be a 500 of its. */
  private static void refuseAtTheEnd(RoutingContext context, Problem problem) {
    context.request().handler(dropped -> {}).endHandler(ended -> refuse(context, problem)).resume();
  }

  private static void refuse(RoutingContext context, Problem problem) {
    HttpServerResponse response = headers(context.response()).setStatusCode(problem.status());
    problem
        .retryAfterSeconds()
        .ifPresent(seconds -> response.putHeader("Retry-After", "" + seconds));
    response.putHeader("Content-Type", Problem.MEDIA_TYPE).end(problem.json());
  }

  private static HttpServerResponse headers(HttpServerResponse response) {
    return response
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff");
  }
}

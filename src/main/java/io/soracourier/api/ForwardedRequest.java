package io.soracourier.api;

import io.soracourier.http.Addresses;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;

/**
 * Distinguishes a request that the host forwarded from one that it made itself: an invocation, or
 * the question whether the process is ready. Both come from the same machine with the host's
 * headers, and the path proves nothing, because the host resolves {@code ..} and turns {@code %5C}
 * into {@code /} after it has checked the key.
 *
 * <p>A forwarded request has the caller's headers and query. A caller may add to them, but two
 * things cannot be left out: the key, in a header or the query, without which the host forwards
 * nothing, and {@code Host}, by which Azure finds the app. The host's own requests have no key, no
 * query, and this process's address as {@code Host}.
 *
 * <p>Source: azure-functions-host 4.1037, {@code DefaultHttpWorkerService} and {@code
 * HttpRequestExtensions}.
 */
final class ForwardedRequest {
  private ForwardedRequest() {}

  static boolean is(HttpServerRequest request) {
    return request.query() != null
        || request.headers().contains(FunctionKeys.HEADER)
        || !isForThisProcess(request);
  }

  private static boolean isForThisProcess(HttpServerRequest request) {
    HostAndPort host = request.authority();
    return host == null
        ? !request.headers().contains("Host")
        : Addresses.isLoopback(host.host()) && host.port() == request.localAddress().port();
  }
}

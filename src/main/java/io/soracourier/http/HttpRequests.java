package io.soracourier.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What requests by the Vert.x client have in common. */
public final class HttpRequests {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private HttpRequests() {}

  /** The port of an http or https URL, also where it has none. */
  public static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : isTls(uri) ? HTTPS : HTTP;
  }

  private static boolean isTls(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /**
   * A request whose redirects are not followed.
   *
   * @param uri absolute, http or https
   */
  public static RequestOptions options(HttpMethod method, URI uri) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return new RequestOptions()
        .setMethod(method)
        .setHost(uri.getHost())
        .setPort(port(uri))
        .setSsl(isTls(uri))
        .setFollowRedirects(false)
        .setURI(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
  }

  /**
   * Wants a connection for a request. Whatever the client throws immediately, for instance because
   * it is closed, fails the future like everything else.
   *
   * @param context of all connections of the client: what is chained to the future runs there
   */
  public static Future<HttpClientRequest> open(
      Context context, HttpClient http, RequestOptions options) {
    Promise<HttpClientRequest> request = ((ContextInternal) context).promise();
    try {
      context.runOnContext(
          nothing -> {
            try {
              http.request(options).onComplete(request);
            } catch (RuntimeException e) {
              request.fail(e);
            }
          });
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
    return request.future();
  }

  /** Waits for a result, on a thread that is not an event loop's. */
  public static <T> T await(Future<T> result, Duration time)
      throws ExecutionException, TimeoutException, InterruptedException {
    return result
        .toCompletionStage()
        .toCompletableFuture()
        .get(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}

package io.soracourier.content;

import io.quarkus.runtime.Startup;
import io.smallrye.faulttolerance.api.ApplyGuard;
import io.soracourier.identity.IdentityException;
import io.soracourier.setting.Bounds;
import io.soracourier.sora.Endpoint;
import io.soracourier.sora.SoraAuthentication;
import io.soracourier.sora.SoraErrors;
import io.soracourier.sora.SoraPolicies;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches content. Redirects are followed by hand, each URL is checked, the connection goes to the
 * very address that was checked, and the credential goes to the endpoint's own origin only: once a
 * redirect has left it, not even on a way back.
 *
 * <p>This is the Vert.x client under the REST Client, because the REST Client gives no hold of the
 * address that is connected to, nor of a body that stalls.
 */
@Startup
@ApplicationScoped
public class ContentClient {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int LONGEST_ERROR = 8 * 1024;
  private static final int CONNECTIONS_PER_HOST = 256;
  private static final int MOST_REDIRECTS = 20;

  /** 50,000 blocks of 4,000 MiB. */
  private static final long LARGEST_BLOB = 50_000L * 4_000 * 1024 * 1024;

  private final Endpoint endpoint;
  private final SoraAuthentication authentication;
  private final SoraErrors errors;
  private final ContentConfig config;
  private final UrlPolicy policy;
  private final HttpClient http;

  @Inject
  ContentClient(
      Endpoint endpoint,
      SoraAuthentication authentication,
      SoraErrors errors,
      ContentConfig config,
      Vertx vertx) {
    this(endpoint, authentication, errors, config, vertx, InetAddress::getAllByName);
  }

  ContentClient(
      Endpoint endpoint,
      SoraAuthentication authentication,
      SoraErrors errors,
      ContentConfig config,
      Vertx vertx,
      UrlPolicy.Resolver resolver) {
    this.endpoint = endpoint;
    this.authentication = authentication;
    this.errors = errors;
    this.config = config;
    Bounds.check(
        "courier.content.stall-timeout",
        config.stallTimeout(),
        Duration.ofMillis(1),
        Duration.ofMinutes(10));
    Bounds.check("courier.content.max-redirects", config.maxRedirects(), 0, MOST_REDIRECTS);
    Bounds.check("courier.content.max-size", config.maxSize().asLongValue(), 1, LARGEST_BLOB);
    this.policy = new UrlPolicy(endpoint, config.allowedHosts(), resolver);
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setMaxPoolSize(CONNECTIONS_PER_HOST)
                // Giving up an answer closes its connection, also when the answer has just ended
                // and
                // the next request is on that connection already: so it is nobody else's.
                .setKeepAlive(false)
                .setDecompressionSupported(false)
                // As much as one read brings: each piece costs a hop between threads.
                .setMaxChunkSize(ContentAnswer.LARGEST_PIECE)
                .setConnectTimeout((int) config.stallTimeout().toMillis()));
  }

  @PreDestroy
  void close() {
    http.close();
  }

  /**
   * Asks for content that is known to be there, by the policy {@link SoraPolicies#CONTENT}.
   *
   * @return an answer of 200 or 206, to be closed
   * @throws io.soracourier.sora.SoraException when it was answered otherwise, or not
   * @throws RefusedUrlException when the URL, or one it redirects to, is not to be followed
   */
  @ApplyGuard(SoraPolicies.CONTENT)
  ContentAnswer get(URI uri, Map<String, String> headers) {
    ContentAnswer answer = fetch(uri, headers);
    if (answer.status() == 200 || answer.status() == 206) {
      return answer;
    }
    try (answer) {
      throw errors.answered(
          answer.uri(), answer.status(), answer::header, answer.text(LONGEST_ERROR));
    }
  }

  /**
   * Asks for content.
   *
   * @param headers further request headers, such as a range
   * @return the answer, whatever its status, after redirects; to be closed
   * @throws io.soracourier.sora.SoraException when there was none
   * @throws RefusedUrlException when the URL, or one it redirects to, is not to be followed
   */
  ContentAnswer fetch(URI uri, Map<String, String> headers) {
    URI at = uri;
    boolean trusted = true;
    boolean renewed = false;
    int redirects = 0;
    while (true) {
      trusted &= endpoint.isOriginOf(at);
      ContentAnswer answer = send(at, trusted, headers);
      if (answer.status() == 401 && trusted && !renewed) {
        renewed = true;
        if (renew(at)) {
          answer.close();
          continue;
        }
      }
      String location = answer.header("Location");
      if (!REDIRECTS.contains(answer.status()) || location == null) {
        return answer;
      }
      answer.close();
      if (redirects++ == config.maxRedirects()) {
        throw new RefusedUrlException(
            at, "it redirects again after " + config.maxRedirects() + " redirects");
      }
      at = target(at, location);
    }
  }

  private boolean renew(URI uri) {
    try {
      return authentication.renew();
    } catch (IdentityException e) {
      throw errors.unauthenticated(uri, e);
    }
  }

  private static URI target(URI from, String location) {
    try {
      return from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new RefusedUrlException(from, "it redirects to what is no URL");
    }
  }

  private ContentAnswer send(URI uri, boolean trusted, Map<String, String> headers) {
    try {
      InetAddress address = policy.check(uri);
      boolean tls = uri.getScheme().equalsIgnoreCase("https");
      int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
      RequestOptions request =
          new RequestOptions()
              .setMethod(HttpMethod.GET)
              .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
              .setHost(uri.getHost())
              .setPort(port)
              .setSsl(tls)
              .setFollowRedirects(false)
              .setURI(
                  (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
                      + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()))
              .putHeader("Accept", "*/*");
      headers.forEach(request::putHeader);
      if (trusted) {
        var credential = authentication.header();
        request.putHeader(credential.getKey(), credential.getValue());
      }
      return await(uri, request);
    } catch (IdentityException e) {
      throw errors.unauthenticated(uri, e);
    } catch (IOException e) {
      throw errors.unanswered(uri, e);
    }
  }

  private ContentAnswer await(URI uri, RequestOptions options) throws IOException {
    Future<HttpClientRequest> request = http.request(options);
    Future<ContentAnswer> sent = request.compose(open -> send(uri, open));
    CompletableFuture<ContentAnswer> answer = sent.toCompletionStage().toCompletableFuture();
    try {
      // Connecting and the first byte may each take the stall timeout; this bounds both.
      return answer.get(2 * config.stallTimeout().toMillis() + 1000, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      request.onSuccess(HttpClientRequest::reset);
      throw new IOException("no answer in time", e);
    } catch (InterruptedException e) {
      request.onSuccess(HttpClientRequest::reset);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * The answer is taken hold of before the request leaves: on the event loop, as it arrives. Asked
   * for afterwards, a short one could be over already.
   */
  private Future<ContentAnswer> send(URI uri, HttpClientRequest request) {
    Future<ContentAnswer> answer =
        request.response().map(response -> new ContentAnswer(uri, response, config.stallTimeout()));
    request.end();
    return answer;
  }
}

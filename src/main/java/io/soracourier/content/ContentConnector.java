package io.soracourier.content;

import io.soracourier.identity.IdentityException;
import io.soracourier.sora.ContentEncoding;
import io.soracourier.sora.ServiceAnswer;
import io.soracourier.sora.SoraAuthentication;
import io.soracourier.sora.SoraErrors;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends one request for content. The URL is checked, and the connection goes to the very address
 * that was checked. A redirect is an answer like any other.
 *
 * <p>This is the Vert.x client under the REST Client, because the REST Client gives no hold of the
 * address that is connected to, nor of a body that stalls.
 */
final class ContentConnector {
  private static final int CONNECTIONS_PER_HOST = 256;

  private final HttpClient http;
  private final UrlPolicy policy;
  private final SoraAuthentication authentication;
  private final SoraErrors errors;
  private final Duration stallTimeout;

  /**
   * @param stallTimeout for a connection, and for each piece of an answer
   */
  ContentConnector(
      Vertx vertx,
      UrlPolicy policy,
      SoraAuthentication authentication,
      SoraErrors errors,
      Duration stallTimeout) {
    this.policy = policy;
    this.authentication = authentication;
    this.errors = errors;
    this.stallTimeout = stallTimeout;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setMaxPoolSize(CONNECTIONS_PER_HOST)
                // Giving up an answer closes its connection, even if the answer has just ended and
                // the connection is the next request's already: so it is nobody else's.
                .setKeepAlive(false)
                .setDecompressionSupported(false)
                .setMaxHeaderSize(ServiceAnswer.MAX_HEADERS)
                // Each piece costs a hop between threads.
                .setMaxChunkSize(ContentAnswer.LARGEST_PIECE)
                .setConnectTimeout((int) stallTimeout.toMillis()));
  }

  void close() {
    http.close();
  }

  /**
   * Sends it, and waits for the head of the answer.
   *
   * @param trusted whether the credential goes with it
   * @return the answer, whatever its status; to be closed
   * @throws io.soracourier.sora.SoraException when there was none
   * @throws RefusedUrlException when the URL is not to be asked
   */
  ContentAnswer get(Candidate candidate, boolean trusted, Map<String, String> headers) {
    URI uri = candidate.uri();
    try {
      InetAddress[] addresses = policy.check(uri);
      boolean tls = uri.getScheme().equalsIgnoreCase("https");
      int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
      RequestOptions request =
          new RequestOptions()
              .setMethod(HttpMethod.GET)
              .setHost(uri.getHost())
              .setPort(port)
              .setSsl(tls)
              .setFollowRedirects(false)
              .setURI(
                  (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
                      + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()))
              .putHeader("Accept", "*/*")
              .putHeader("Accept-Encoding", ContentEncoding.NONE);
      headers.forEach(request::putHeader);
      if (trusted) {
        authentication
            .header()
            .ifPresent(credential -> request.putHeader(credential.getKey(), credential.getValue()));
      }
      return firstAnswer(candidate, request, addresses, port);
    } catch (IdentityException e) {
      throw errors.unauthenticated(candidate.shown(), e);
    } catch (IOException e) {
      throw errors.unanswered(candidate.shown(), e);
    }
  }

  /** Of the addresses that a name has, one that does not take connections leads to the next. */
  private ContentAnswer firstAnswer(
      Candidate candidate, RequestOptions request, InetAddress[] addresses, int port)
      throws IOException {
    IOException refused = null;
    for (InetAddress address : addresses) {
      request.setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)));
      try {
        return await(candidate, request);
      } catch (IOException e) {
        if (!(e.getCause() instanceof ConnectException) || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        refused = e;
      }
    }
    throw refused;
  }

  private ContentAnswer await(Candidate candidate, RequestOptions options) throws IOException {
    Future<HttpClientRequest> request = http.request(options);
    Future<ContentAnswer> sent = request.compose(open -> send(candidate, open));
    CompletableFuture<ContentAnswer> answer = sent.toCompletionStage().toCompletableFuture();
    try {
      // Connecting and the first byte may each take the stall timeout; this bounds both.
      return answer.get(2 * stallTimeout.toMillis() + 1000, TimeUnit.MILLISECONDS);
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
  private Future<ContentAnswer> send(Candidate candidate, HttpClientRequest request) {
    Future<ContentAnswer> answer =
        request.response().map(response -> new ContentAnswer(candidate, response, stallTimeout));
    request.end();
    return answer;
  }
}

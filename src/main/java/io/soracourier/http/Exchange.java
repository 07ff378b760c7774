package io.soracourier.http;

import static java.util.Objects.requireNonNull;

import io.soracourier.text.ReceivedText;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** One request and its response, by one connection. */
final class Exchange {
  /** Beyond a timeout of the client itself, whose words are better. */
  private static final Duration SPARE = Duration.ofSeconds(1);

  private final Context context;
  private final HttpTimeouts timeouts;
  private final Future<HttpClientRequest> request;
  private final Future<StreamedResponse> response;
  private volatile boolean reused;

  /**
   * Begins it.
   *
   * @param context of all connections of the client
   * @param request when it has a connection
   */
  Exchange(Context context, Future<HttpClientRequest> request, HttpTimeouts timeouts) {
    this.context = context;
    this.timeouts = timeouts;
    this.request = request;
    // The response handler is registered before the request leaves, on the event loop, as it
    // arrives: requested afterwards, a short one could be over already.
    this.response = request.compose(this::send);
  }

  private Future<StreamedResponse> send(HttpClientRequest request) {
    ConnectionUse connection = ConnectionUse.of(request.connection());
    int earlier = connection.responses();
    reused = earlier > 0;
    Future<StreamedResponse> received =
        request
            .response()
            .map(head -> new StreamedResponse(head, connection, earlier, timeouts.stall()));
    request.end();
    return received;
  }

  /**
   * Waits for the head of the response.
   *
   * @throws IOException when there was none
   */
  StreamedResponse response() throws IOException {
    await(request, timeouts.connect().plus(SPARE), "no connection");
    StreamedResponse received = await(response, timeouts.response(), "no response");
    ReceivedText.registerHeaders(received.headers());
    return received;
  }

  /**
   * Whether a connection that had served others before was over, so that the request may not have
   * been read. Not one whose time has passed.
   */
  boolean isStale() {
    return reused && (response.failed() || response.succeeded() && isOfIdle(response.result()));
  }

  /** With {@code Retry-After} it is a response to a request. */
  private static boolean isOfIdle(StreamedResponse response) {
    return response.status() == ConnectionUse.REQUEST_TIMEOUT
        && response.header("Retry-After") == null;
  }

  /** Wants no response any more. */
  void giveUp() {
    context.runOnContext(
        nothing -> {
          if (response.succeeded()) {
            response.result().close();
          } else if (!response.isComplete()) {
            request.onSuccess(HttpClientRequest::reset);
          }
        });
  }

  private static <T> T await(Future<T> future, Duration timeout, String missing)
      throws IOException {
    try {
      return HttpRequests.await(future, timeout);
    } catch (ExecutionException e) {
      throw HttpFailure.of(requireNonNull(e.getCause(), "a future fails with something"));
    } catch (TimeoutException e) {
      throw new HttpFailure(missing + " within " + timeout.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}

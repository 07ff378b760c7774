package io.soracourier.local;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts invocations to the handler and reads the answers. */
final class Dispatcher {
  private static final String HOST_VERSION = "4.1037.0.0";

  private final Worker worker;
  private final HttpClient client;
  private final Optional<Duration> functionTimeout;
  private final Clock clock;

  Dispatcher(Worker worker, HttpClient client, Optional<Duration> functionTimeout, Clock clock) {
    this.worker = worker;
    this.client = client;
    this.functionTimeout = functionTimeout;
    this.clock = clock;
  }

  /** An invocation in progress, and what is known of it so far. */
  final class Attempt {
    private final String id = UUID.randomUUID().toString();
    private final FunctionDefinition function;
    private Instant sentAt = clock.instant();
    private long start;
    private Duration duration = Duration.ZERO;
    private int status;
    private long pid;
    private List<String> logs = List.of();
    private boolean hung;

    Attempt(FunctionDefinition function) {
      this.function = function;
    }

    /**
     * Sends the payload and reads the answer.
     *
     * @throws FailedInvocationException whatever the reason
     */
    HandlerAnswer send(Payload payload) throws FailedInvocationException, InterruptedException {
      HandlerProcess process = begin();
      HttpResponse<byte[]> response =
          await(
              client.sendAsync(
                  request(process, payload.toBytes()), HttpResponse.BodyHandlers.ofByteArray()));
      ended(response.statusCode());
      HandlerAnswer answer = HandlerAnswer.read(response);
      if (answer == null) {
        hung = true;
        throw new FailedInvocationException(
            "2xx with nothing in it: the real host would wait for the answer until functionTimeout");
      }
      logs = answer.logs();
      return answer;
    }

    /**
     * Forwards the request of a caller and takes the response as it is.
     *
     * @throws FailedInvocationException when there was none
     */
    HttpResult forward(IncomingRequest request)
        throws FailedInvocationException, InterruptedException {
      HandlerProcess process = begin();
      ForwardedExchange exchange = new ForwardedExchange(request, id, HOST_VERSION);
      HttpResult result =
          await(
              CompletableFuture.supplyAsync(
                  () -> exchange.with(process.uri("/").getPort()), Attempt::inAThread));
      ended(result.status());
      return result;
    }

    private static void inAThread(Runnable exchange) {
      Thread thread = new Thread(exchange, "forwarded-request");
      thread.setDaemon(true);
      thread.start();
    }

    private HandlerProcess begin() throws FailedInvocationException, InterruptedException {
      HandlerProcess process = worker.awaitReady();
      pid = process.pid();
      sentAt = clock.instant();
      start = System.nanoTime();
      return process;
    }

    private void ended(int responded) throws FailedInvocationException {
      status = responded;
      if (worker.isStopped()) {
        throw new FailedInvocationException(worker.stopReason());
      }
    }

    private <T> T await(CompletableFuture<T> exchange)
        throws FailedInvocationException, InterruptedException {
      try {
        return functionTimeout.isEmpty()
            ? exchange.get()
            : exchange.get(functionTimeout.get().toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw new FailedInvocationException("no response: " + e.getCause(), e);
      } catch (TimeoutException e) {
        exchange.cancel(true);
        worker.timedOut();
        throw new FailedInvocationException("took longer than functionTimeout", e);
      } finally {
        duration = Duration.ofNanos(System.nanoTime() - start);
      }
    }

    /** Chunked, as the host's content object has no length beforehand. */
    private HttpRequest request(HandlerProcess process, byte[] body) {
      return HttpRequest.newBuilder(process.uri("/" + function.name()))
          .header("X-Azure-Functions-HostVersion", HOST_VERSION)
          .header("X-Azure-Functions-InvocationId", id)
          .header("User-Agent", "Azure-Functions-Host/" + HOST_VERSION)
          .header("Content-Type", "application/json; charset=utf-8")
          .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
          .build();
    }

    boolean hung() {
      return hung;
    }

    Invocation record(String messageId, long dequeueCount, Outcome outcome, String detail) {
      return new Invocation(
          id,
          function.name(),
          messageId,
          dequeueCount,
          sentAt,
          duration,
          status,
          outcome,
          detail,
          logs,
          pid);
    }
  }

  Attempt attempt(FunctionDefinition function) {
    return new Attempt(function);
  }
}

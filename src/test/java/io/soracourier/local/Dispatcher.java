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
      HandlerProcess process = worker.awaitReady();
      pid = process.pid();
      sentAt = clock.instant();
      long start = System.nanoTime();
      CompletableFuture<HttpResponse<byte[]>> exchange =
          client.sendAsync(
              request(process, payload.toBytes()), HttpResponse.BodyHandlers.ofByteArray());
      try {
        HttpResponse<byte[]> response = await(exchange);
        duration = Duration.ofNanos(System.nanoTime() - start);
        status = response.statusCode();
        if (worker.isStopped()) {
          throw new FailedInvocationException(worker.stopReason());
        }
        HandlerAnswer answer = HandlerAnswer.read(response);
        if (answer == null) {
          hung = true;
          throw new FailedInvocationException(
              "2xx with nothing in it: the real host would wait for the answer until functionTimeout");
        }
        logs = answer.logs();
        return answer;
      } catch (ExecutionException e) {
        duration = Duration.ofNanos(System.nanoTime() - start);
        throw new FailedInvocationException("no answer: " + e.getCause(), e);
      } catch (TimeoutException e) {
        duration = Duration.ofNanos(System.nanoTime() - start);
        exchange.cancel(true);
        worker.timedOut();
        throw new FailedInvocationException("took longer than functionTimeout", e);
      }
    }

    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> exchange)
        throws ExecutionException, InterruptedException, TimeoutException {
      return functionTimeout.isEmpty()
          ? exchange.get()
          : exchange.get(functionTimeout.get().toMillis(), TimeUnit.MILLISECONDS);
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

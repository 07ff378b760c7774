package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.soracourier.e2e.Deployment;
import io.soracourier.e2e.Handler;
import io.soracourier.local.FunctionsHost;
import io.soracourier.local.Invocation;
import io.soracourier.local.Outcome;
import io.soracourier.local.Waiting;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Part 5 of the fault matrix: what callers see when the process ends under their calls. */
@Execution(ExecutionMode.SAME_THREAD)
class CallFaultsIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Test
  void sigkillInTheMiddleOfACall_is500AndTheNextCallIsAnswered() throws Exception {
    try (FaultBench bench = FaultBench.start()) {
      bench.courier().expectFailedInvocations();
      FunctionsHost host = bench.courier().host();
      CountDownLatch goOn = new CountDownLatch(1);
      SimulatedJob job = heldJob(bench, goOn);
      CompletableFuture<HttpResponse<String>> held = call(host, job);
      awaitRequest(bench, job);
      long killed = host.pid();

      host.killHandler();

      assertThat(held.get(90, TimeUnit.SECONDS).statusCode()).isEqualTo(500);
      goOn.countDown();
      Waiting.until(
          () -> host.awaitReady() != killed, Duration.ofSeconds(90), () -> "no other process");
      assertThat(call(host, bench.simulator().sora1Job().add()).get().statusCode()).isEqualTo(200);
      assertThat(host.invocations().entries())
          .extracting(Invocation::outcome)
          .containsExactly(Outcome.FAILED, Outcome.SUCCEEDED);
    }
  }

  @Test
  void sigtermInTheMiddleOfACall_finishesItAndTellsOtherCallersWhenToCallAgain() throws Exception {
    try (FaultBench bench = FaultBench.start(stack -> stack.neverGivingUp())) {
      bench.courier().expectFailedInvocations();
      FunctionsHost host = bench.courier().host();
      CountDownLatch goOn = new CountDownLatch(1);
      SimulatedJob job = heldJob(bench, goOn);
      CompletableFuture<HttpResponse<String>> held = call(host, job);
      awaitRequest(bench, job);
      long pid = host.pid();
      Handler handler = Handler.of(host);

      host.terminateHandler();
      Waiting.until(
          () -> refusesCalls(handler),
          Deployment.IN_TIME,
          () -> "it takes new calls after SIGTERM");
      HttpResponse<String> refused = call(host, job).get();
      goOn.countDown();

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
      assertThat(new ObjectMapper().readTree(refused.body()).path("detail").asText())
          .contains("ending", "call again");
      assertThat(held.get(90, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      Waiting.until(
          () -> host.awaitReady() != pid, Deployment.IN_TIME, () -> "it was not restarted");
      assertThat(call(host, job).get().statusCode()).isEqualTo(200);
    }
  }

  /** Java's client may fail to connect when a connection that it has kept was just closed. */
  private static boolean refusesCalls(Handler handler) {
    try {
      return handler.get("/").statusCode() == 503;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** One whose status the service does not tell before the latch is open. */
  private static SimulatedJob heldJob(FaultBench bench, CountDownLatch goOn) {
    SimulatedJob job = bench.simulator().sora1Job().add();
    bench
        .simulator()
        .on(Route.GET_JOB, job.id())
        .answer(
            Fault.changing(
                reply -> {
                  await(goOn);
                  return reply;
                }));
    return job;
  }

  private static void awaitRequest(FaultBench bench, SimulatedJob job) {
    bench
        .simulator()
        .awaitRequests(1, Deployment.IN_TIME, request -> request.is(Route.GET_JOB, job.id()));
  }

  private static CompletableFuture<HttpResponse<String>> call(
      FunctionsHost host, SimulatedJob job) {
    URI uri = URI.create(host.url() + "/api/diagnose/" + job.id());
    return CLIENT.sendAsync(
        HttpRequest.newBuilder(uri).header("x-functions-key", host.functionKey()).build(),
        BodyHandlers.ofString());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(90, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}

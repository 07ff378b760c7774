package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.e2e.Deployment;
import io.soracourier.e2e.Handler;
import io.soracourier.e2e.IdentityServer;
import io.soracourier.local.FunctionsHost;
import io.soracourier.local.HandlerProcess;
import io.soracourier.local.Invocation;
import io.soracourier.local.Outcome;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.local.Waiting;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.ServiceError;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SimulatorOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Part 5 of the fault matrix: what befalls the process, its clock and its credentials. */
@Tag("endurance")
class ProcessFaultsIT {
  /** Of several blocks of 1 MiB, as the bench is set: it is not stored in one piece. */
  private static final int SIZE = 3_500_000;

  private static final int CUT = 1_100_000;

  @Test
  void sigtermInTheMiddleOfACopy_letsItFinishAndTakesNoNewWork() {
    try (FaultBench bench = restartable("25s")) {
      SimulatedJob copying = bench.simulator().sora1Job().video(Mp4.ofSize(SIZE, 51)).add();
      SimulatedJob coming = bench.simulator().sora1Job().video(Mp4.ofSize(SIZE, 52)).add();
      CountDownLatch storing = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      holdABlockOf(copying, bench, storing, goOn);
      String held = bench.courier().enqueue(copying.id());
      await(storing);
      long pid = bench.courier().host().pid();

      Handler handler = Handler.of(bench.courier().host());
      bench.courier().host().terminateHandler();
      Waiting.until(
          () -> handler.get("/").statusCode() == 503,
          Deployment.IN_TIME,
          () -> "it takes new work after SIGTERM");
      String refused = bench.courier().enqueue(coming.id());
      bench
          .courier()
          .host()
          .invocations()
          .await(
              done -> refused.equals(done.messageId()) && done.outcome() == Outcome.FAILED,
              Deployment.IN_TIME,
              "invocations that were refused");
      assertThat(bench.courier().host().pid()).isEqualTo(pid);
      goOn.countDown();

      assertThat(bench.awaitDelivered(copying).path("looks").asInt()).isEqualTo(1);
      assertThat(bench.courier().invocationsOfMessage(held))
          .singleElement()
          .satisfies(
              done -> {
                assertThat(done.outcome()).isEqualTo(Outcome.SUCCEEDED);
                assertThat(done.pid()).isEqualTo(pid);
              });
      bench.awaitDelivered(coming);
      assertThat(bench.courier().host().pid()).isNotEqualTo(pid);
      assertThat(fetched(copying, bench)).hasSize(1);
      assertThat(fetched(coming, bench)).hasSize(1);
    }
  }

  @Test
  void sigtermInTheMiddleOfACopyThatTakesTooLong_bringsItBackToTheNextProcess() {
    try (FaultBench bench = restartable("1s")) {
      SimulatedJob job = bench.simulator().sora1Job().video(Mp4.ofSize(SIZE, 53)).add();
      CountDownLatch storing = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      holdABlockOf(job, bench, storing, goOn);
      String message = bench.courier().enqueue(job.id());
      await(storing);

      bench.courier().host().terminateHandler();

      bench.awaitDelivered(job);
      goOn.countDown();
      assertThat(bench.courier().invocationsOfMessage(message))
          .extracting(Invocation::outcome)
          .startsWith(Outcome.FAILED)
          .endsWith(Outcome.SUCCEEDED);
      assertThat(fetched(job, bench)).hasSize(2);
      assertThat(bench.courier().blobs().seen(Seen::isPutBlockList)).hasSize(1);
    }
  }

  @Test
  void sigtermInTheMiddleOfASlowDownload_putsTheJobBackInTime() {
    try (FaultBench bench = restartable("5s")) {
      SimulatedJob job = bench.simulator().sora1Job().video(Mp4.ofSize(SIZE, 56)).add();
      bench
          .simulator()
          .on(Route.GET_CONTENT, job.generationId())
          .answer(Fault.trickle(SIZE / 200, Duration.ofMillis(100)));
      String message = bench.courier().enqueue(job.id());
      bench
          .simulator()
          .awaitRequests(
              1, Deployment.IN_TIME, request -> request.is(Route.GET_CONTENT, job.generationId()));

      bench.courier().host().terminateHandler();

      assertThat(bench.awaitDelivered(job).path("looks").asInt()).isEqualTo(2);
      assertThat(bench.courier().invocationsOfMessage(message))
          .singleElement()
          .satisfies(done -> assertThat(done.outcome()).isEqualTo(Outcome.SUCCEEDED));
      assertThat(bench.courier().putBacks(job.id())).hasSize(1);
      assertThat(fetched(job, bench)).hasSize(2);
    }
  }

  @Test
  void hostThatLeavesItsHandlerBehind_bringsTheJobToTheNextOne() {
    try (FaultBench bench =
        FaultBench.startWithBlobsTapped(
            stack ->
                stack
                    .hosts(2)
                    .lease(Duration.ofSeconds(4), Duration.ofSeconds(1))
                    .setting("COURIER_STORAGE_READ_TIMEOUT", "60s"))) {
      bench.courier().expectFailedInvocations();
      SimulatedJob job = bench.simulator().sora1Job().video(Mp4.ofSize(SIZE, 57)).add();
      CountDownLatch storing = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      holdABlockOf(job, bench, storing, goOn);
      bench.enqueue(job);
      await(storing);
      FunctionsHost host =
          bench.courier().stack().hosts().stream()
              .filter(working -> working.inWork() > 0)
              .findFirst()
              .orElseThrow();

      HandlerProcess left = host.leave();

      try {
        assertThat(left.isAlive()).isTrue();
        goOn.countDown();
        bench.awaitDelivered(job);
        // Requested beside the question for the blob, and dropped.
        assertThat(fetched(job, bench)).hasSizeBetween(1, 2);
        assertThat(bench.courier().blobs().seen(Seen::isPutBlockList))
            .extracting(Seen::status)
            .containsOnlyOnce(201);
        assertThat(bench.courier().blobs().seen(Seen::isPutBlockList)).hasSize(1);
      } finally {
        left.kill();
      }
    }
  }

  private static FaultBench restartable(String grace) {
    FaultBench bench =
        FaultBench.startWithBlobsTapped(
            stack ->
                stack
                    .neverGivingUp()
                    .setting("QUARKUS_SHUTDOWN_TIMEOUT", grace)
                    .setting("COURIER_STORAGE_READ_TIMEOUT", "60s"));
    bench.courier().expectFailedInvocations();
    return bench;
  }

  private static void holdABlockOf(
      SimulatedJob job, FaultBench bench, CountDownLatch storing, CountDownLatch goOn) {
    bench
        .courier()
        .blobs()
        .fail(
            request -> request.isPutBlock() && request.path().contains(job.generationId()),
            StorageFault.after(
                () -> {
                  storing.countDown();
                  await(goOn);
                }));
  }

  @ParameterizedTest
  @ValueSource(longs = {-5, 5})
  void clockOfTheServiceFiveMinutesOff_isDetectedAndFollowed(long minutes) {
    Clock theirs = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutes));
    try (FaultBench bench =
        FaultBench.start(stack -> stack.simulator(SimulatorOptions.defaults().withClock(theirs)))) {
      SimulatedJob contentLate = bench.simulator().sora1Job().video(Mp4.ofSize(SIZE, 54)).add();
      bench
          .simulator()
          .on(Route.GET_CONTENT, contentLate.generationId())
          .answer(2, Fault.error(ServiceError.notFound()));
      SimulatedJob jobLate = bench.simulator().sora2Video().add();
      bench
          .simulator()
          .on(Route.GET_VIDEO, jobLate.id())
          .answer(Fault.error(ServiceError.notFound()));
      SimulatedJob told = bench.simulator().sora1Job().add();
      bench
          .simulator()
          .on(Route.GET_JOB, told.id())
          .answer(
              Fault.status(503)
                  .and(Fault.changing(reply -> reply.with("Date", httpDate(theirs.instant(), 0))))
                  .and(
                      Fault.changing(
                          reply -> reply.with("Retry-After", httpDate(theirs.instant(), 8)))));
      List.of(contentLate, jobLate, told).forEach(bench::enqueue);

      assertThat(bench.awaitDelivered(contentLate).path("looks").asInt()).isEqualTo(2);
      assertThat(bench.awaitDelivered(jobLate).path("looks").asInt()).isEqualTo(2);
      assertThat(bench.awaitDelivered(told).path("looks").asInt()).isEqualTo(2);
      assertThat(bench.courier().putBacks(told.id()))
          .singleElement()
          .satisfies(
              putBack ->
                  assertThat(putBack.delay())
                      .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(10)));
    }
  }

  private static String httpDate(Instant now, int secondsLater) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        now.plusSeconds(secondsLater).atOffset(ZoneOffset.UTC));
  }

  @Test
  void tokenThatExpiresInTheMiddleOfADownload_isReplacedAndTheDownloadGoesOn() {
    List<String> tokens = new CopyOnWriteArrayList<>();
    try (IdentityServer identity =
            new IdentityServer(
                resource -> {
                  tokens.add("token-of-the-identity-" + (tokens.size() + 1));
                  return tokens.get(tokens.size() - 1);
                });
        FaultBench bench =
            FaultBench.start(stack -> identity.on(stack).setting("AZURE_OPENAI_API_KEY", null))) {
      bench.courier().secret("token-of-the-identity-");
      bench.simulator().acceptToken("token-of-the-identity-1");
      // Until the token is so old that it cannot be taken for a fresh one.
      SimulatedJob job =
          bench
              .simulator()
              .sora1Job()
              .video(Mp4.ofSize(SIZE, 55))
              .statusesEvery(Duration.ofSeconds(11), "running", "succeeded")
              .add();
      bench
          .simulator()
          .on(Route.GET_CONTENT, job.generationId())
          .answer(
              Fault.changing(
                      reply -> {
                        bench.simulator().rejectToken("token-of-the-identity-1");
                        bench.simulator().acceptToken("token-of-the-identity-2");
                        return reply;
                      })
                  .and(Fault.cutAfter(CUT)));

      bench.delivered(job);
      assertThat(fetched(job, bench))
          .extracting(RecordedRequest::status)
          .containsExactly(200, 401, 206);
      assertThat(tokens).hasSize(2);
    }
  }

  private static List<RecordedRequest> fetched(SimulatedJob job, FaultBench bench) {
    return bench.simulator().requests(Route.GET_CONTENT, job.generationId());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(90, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}

package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.e2e.PutBack;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.JobBuilder;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.Script;
import io.soracourier.simulator.ServiceError;
import io.soracourier.simulator.SimulatedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Part 8 of the fault matrix: what is missing for a while, and what is not listed any more. */
@Execution(ExecutionMode.CONCURRENT)
class WaitingFaultsIT {
  private static final Duration LONG_AGO = Duration.ofHours(2);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int TRIES_IN_A_LOOK = 3;
  private static final Fault NOT_FOUND = Fault.error(ServiceError.notFound());

  /** With the content's grace period as it is by default. */
  private static FaultBench bench;

  private static FaultBench shortGrace;

  @BeforeAll
  static void start() {
    bench =
        FaultBench.start(
            stack -> stack.setting("COURIER_GRACE", "1s").setting("COURIER_CONTENT_GRACE", "10m"));
    shortGrace = FaultBench.start(stack -> stack.setting("COURIER_GRACE", "1s"));
  }

  @AfterAll
  static void close() {
    // Those that were told to come back in an hour.
    bench.courier().stack().jobs().clear();
    bench.close();
    shortGrace.close();
  }

  // The job

  @Test
  void status404OnceWhileItRuns_isNotFinal() {
    SimulatedJob job = old(bench).statuses("running", "running", "succeeded").add();
    status(job).answer(Fault.none(), NOT_FOUND);

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(3);
    assertThat(statuses(job)).containsExactly(200, 404, 200, 200);
  }

  @Test
  void status404AtTheFirstLookOfAnOldJob_isNotFinal() {
    SimulatedJob job = old(bench).add();
    status(job).answer(NOT_FOUND);

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
    assertThat(statuses(job)).containsExactly(404, 200);
  }

  @Test
  void status404FromEverySecondReplica_isNotFinal() {
    SimulatedJob job = old(bench).statuses("running", "succeeded").add();
    status(job).answer(NOT_FOUND, NOT_FOUND, Fault.none(), NOT_FOUND, NOT_FOUND);

    bench.delivered(job);
    assertThat(statuses(job)).containsExactly(404, 404, 200, 404, 404, 200);
  }

  @Test
  void status400ForAWhile_isNotFinal() {
    SimulatedJob job = old(bench).add();
    status(job).answer(2, Fault.json(400, "{\"error\":{\"message\":\"unknown video\"}}"));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
  }

  @Test
  void status404ForGood_isReportedWithItsTime() {
    SimulatedJob job = old(bench).add();
    status(job).always(NOT_FOUND);

    JsonNode message = bench.failed(job, "job-not-found");

    assertThat(message.path("message").asText())
        .contains("this has been so since 20")
        .endsWith(", in %d looks in a row".formatted(message.path("looks").asInt()));
    assertThat(message.path("looks").asInt()).isGreaterThanOrEqualTo(3);
    // Another replica may know it, unless this is the first time that it is missing.
    assertThat(statuses(job))
        .hasSize(1 + 8 * (message.path("looks").asInt() - 1))
        .containsOnly(404);
  }

  @Test
  void successWithoutGenerationsLongAgo_isWaitedFor() {
    AtomicInteger looks = new AtomicInteger();
    SimulatedJob job =
        old(bench)
            .editJob(
                json -> {
                  if (looks.incrementAndGet() < 3) {
                    json.putArray("generations");
                  }
                })
            .add();

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(3);
  }

  // Its content

  @Test
  void content404ForSecondsLongAfterSuccess_isWaitedFor() {
    assertWaitedFor(NOT_FOUND);
  }

  @Test
  void content404ForLongerThanTheJobsGrace_isWaitedFor() {
    SimulatedJob job = old(bench).video(Mp4.small()).add();
    Script missing = content(job).always(NOT_FOUND);
    bench.enqueue(job);
    List<PutBack> putBacks = bench.courier().awaitPutBacks(job.id(), 4);
    missing.clear();

    bench.awaitDelivered(job);
    assertThat(Duration.between(putBacks.get(0).at(), putBacks.get(3).at()))
        .isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void contentNotReadyAsJsonLongAfterSuccess_isWaitedFor() {
    assertWaitedFor(Fault.json(200, "{\"error\":{\"message\":\"Video is not ready yet\"}}"));
  }

  @Test
  void content400LongAfterSuccess_isWaitedFor() {
    assertWaitedFor(Fault.json(400, "{\"error\":{\"message\":\"Video is not ready yet\"}}"));
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 422, 425})
  void contentNotReadyWithAnotherStatus_isWaitedFor(int status) {
    assertWaitedFor(Fault.error(ServiceError.coded(status, "x", "Video is not ready yet")));
  }

  @ParameterizedTest
  @ValueSource(ints = {202, 409, 425})
  void contentNotReadyWithRetryAfter_isRequestedAgainThen(int status) {
    SimulatedJob job = old(bench).add();
    content(job)
        .answer(
            Fault.error(ServiceError.coded(status, "x", "transcoding")).and(Fault.retryAfter(7)));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
    assertThat(bench.courier().putBacks(job.id()))
        .extracting(PutBack::delay)
        .containsExactly(Duration.ofSeconds(7));
    assertThat(bench.simulator().requests(Route.GET_CONTENT, job.generationId())).hasSize(2);
  }

  @Test
  void content410_isReportedAsExpiredAtOnce() {
    SimulatedJob job = old(bench).add();
    content(job).always(Fault.error(ServiceError.coded(410, "x", "Gone")));

    assertThat(bench.failed(job, "expired").path("looks").asInt()).isEqualTo(1);
    assertThat(bench.simulator().requests(Route.GET_CONTENT, job.generationId())).hasSize(1);
  }

  @Test
  void content404WithACodeOfExpiry_isReportedAsExpiredAtOnce() {
    SimulatedJob job = old(bench).add();
    content(job).always(Fault.error(ServiceError.coded(404, "video_expired", "not kept")));

    assertThat(bench.failed(job, "expired").path("looks").asInt()).isEqualTo(1);
    assertThat(bench.simulator().requests(Route.GET_CONTENT, job.generationId())).hasSize(1);
  }

  private static void assertWaitedFor(Fault fault) {
    SimulatedJob job = old(bench).add();
    Script missing = content(job).always(fault);
    bench.enqueue(job);
    bench.courier().awaitPutBacks(job.id(), 1);
    missing.clear();
    int putBacks = bench.courier().putBacks(job.id()).size();

    // One more may have begun before it was cleared.
    assertThat(bench.awaitDelivered(job).path("looks").asInt()).isBetween(2, putBacks + 2);
  }

  // Retry-After

  @Test
  void retryAfterOfADay_postponesALookByAnHourAtMost() {
    SimulatedJob job = old(bench).add();
    status(job).always(Fault.status(429).and(Fault.retryAfter(86_400)));

    assertThat(firstDelay(job)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void retryAfterOfADayInMilliseconds_postponesALookByAnHourAtMost() {
    SimulatedJob job = old(bench).add();
    status(job).always(Fault.status(503).and(Fault.header("retry-after-ms", "86400000")));

    assertThat(firstDelay(job)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void retryAfterAsADateOfAnotherYearForContent_postponesALookByAnHourAtMost() {
    SimulatedJob job = old(bench).add();
    content(job)
        .always(Fault.status(429).and(Fault.retryAfter(Instant.now().plus(DAY.multipliedBy(400)))));

    assertThat(firstDelay(job)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void retryAfterOfADayNearTheDeadline_postponesALookByHalfOfTheTimeLeft() {
    SimulatedJob job = old(bench).add();
    status(job).always(Fault.status(429).and(Fault.retryAfter(86_400)));

    bench.enqueue(job, Duration.ofSeconds(1000));

    Duration delay = bench.courier().awaitPutBacks(job.id(), 1).get(0).delay();
    assertThat(delay).isBetween(Duration.ofSeconds(400), Duration.ofSeconds(500));
  }

  private static Duration firstDelay(SimulatedJob job) {
    bench.enqueue(job);
    return bench.courier().awaitPutBacks(job.id(), 1).get(0).delay();
  }

  // Generations that come and go

  @Test
  void generationNotListedAnyMore_isReportedAsNotFound() {
    SimulatedJob job = vanishing();
    shortGrace
        .simulator()
        .on(Route.GET_CONTENT, job.generationIds().get(1))
        .answer(TRIES_IN_A_LOOK, Fault.status(503))
        .always(NOT_FOUND);

    assertThat(outcomes(job, 2)).containsExactly("1 copied 1/2", "2 content-not-found");
  }

  @Test
  void generationNotListedAnyMore_isDeliveredFromItsDocumentedAddress() {
    SimulatedJob job = vanishing();
    String second = job.generationIds().get(1);
    shortGrace.simulator().on(Route.GET_CONTENT, second).answer(TRIES_IN_A_LOOK, Fault.status(503));

    assertThat(outcomes(job, 2)).containsExactly("1 copied 1/2", "2 copied 2/2");
    assertThat(shortGrace.courier().stack().blob(second + ".mp4").md5OfContent())
        .isEqualTo(job.video(second).md5Base64());
  }

  /** Lists its second generation at the first look only, and its first one's URL always. */
  private static SimulatedJob vanishing() {
    AtomicInteger looks = new AtomicInteger();
    return two(
        json -> {
          ArrayNode generations = (ArrayNode) json.path("generations");
          ((ObjectNode) generations.get(0)).put("url", "/files/first.mp4");
          if (looks.incrementAndGet() > 1) {
            generations.remove(1);
          }
        });
  }

  @Test
  void generationListedTwice_isReportedOnce() {
    SimulatedJob job =
        two(
            json -> {
              ArrayNode generations = (ArrayNode) json.path("generations");
              generations.add(generations.get(0).deepCopy());
              generations.insert(0, generations.get(1).deepCopy());
            });

    assertThat(outcomes(job, 2)).containsExactlyInAnyOrder("2 copied 1/2", "1 copied 2/2");
    assertThat(shortGrace.simulator().requests(Route.GET_CONTENT, job.generationId())).hasSize(1);
  }

  @Test
  void tenThousandGenerations_areReportedAsTooManyAndKeepTheMessageSmall() {
    SimulatedJob job =
        two(
            json -> {
              ArrayNode generations = (ArrayNode) json.path("generations");
              for (int i = 3; i <= 10_000; i++) {
                generations.addObject().put("id", "g" + i);
              }
            });
    shortGrace.enqueue(job);

    List<JsonNode> messages = shortGrace.courier().outcomes(job.id(), 33);

    assertThat(messages)
        .filteredOn(message -> !message.has("generationId"))
        .singleElement()
        .satisfies(
            message ->
                assertThat(message.path("message").asText())
                    .contains("10000 generations", "other 9968", "'g33'"));
    assertThat(shortGrace.simulator().requests())
        .noneMatch(request -> request.path().contains("/g33/"));
    assertThat(shortGrace.courier().putBacks(job.id()))
        .isNotEmpty()
        .allMatch(putBack -> putBack.text().length() < 10_000);
  }

  @Test
  void jobThatSucceededAndThenFails_reportsEachGenerationOnce() {
    SimulatedJob job =
        shortGrace
            .simulator()
            .sora1Job()
            .variants(2)
            .statuses("succeeded", "failed")
            .failureReason("output_moderation")
            .add();
    String second = job.generationIds().get(1);
    shortGrace.simulator().on(Route.GET_CONTENT, second).always(NOT_FOUND);

    assertThat(outcomes(job, 2)).containsExactly("1 copied 1/2", "2 moderated");
  }

  private static SimulatedJob two(Consumer<ObjectNode> edit) {
    return shortGrace.simulator().sora1Job().variants(2).editJob(edit).add();
  }

  /** Which generation, what became of it, and how it is numbered. */
  private static List<String> outcomes(SimulatedJob job, int count) {
    shortGrace.enqueue(job);
    return shortGrace.courier().outcomes(job.id(), count).stream()
        .map(
            message ->
                (job.generationIds().indexOf(message.path("generationId").asText()) + 1)
                    + " "
                    + (message.path("status").asText().equals("copied")
                        ? "copied %d/%d"
                            .formatted(
                                message.path("generation").asInt(),
                                message.path("generations").asInt())
                        : message.path("reason").asText()))
        .toList();
  }

  private static JobBuilder old(FaultBench at) {
    return at.simulator().sora1Job().createdAt(Instant.now().minus(LONG_AGO));
  }

  private static Script status(SimulatedJob job) {
    return bench.simulator().on(Route.GET_JOB, job.id());
  }

  private static Script content(SimulatedJob job) {
    return bench.simulator().on(Route.GET_CONTENT, job.generationId());
  }

  private static List<Integer> statuses(SimulatedJob job) {
    return bench.simulator().requests(Route.GET_JOB, job.id()).stream()
        .map(RecordedRequest::status)
        .toList();
  }
}

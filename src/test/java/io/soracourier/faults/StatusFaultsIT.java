package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.e2e.Deployment;
import io.soracourier.e2e.IdentityServer;
import io.soracourier.e2e.PutBack;
import io.soracourier.simulator.Content;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Reply;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.Script;
import io.soracourier.simulator.ServiceError;
import io.soracourier.simulator.SimulatedJob;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Part 1 of the fault matrix: what goes wrong when a job is asked for. */
@Execution(ExecutionMode.CONCURRENT)
class StatusFaultsIT {
  private static final int TRIES_IN_A_LOOK = 3;

  private static final List<String> TOKENS = new CopyOnWriteArrayList<>();

  private static FaultBench bench;
  private static FaultBench keyless;
  private static FaultBench down;
  private static FaultBench unreadable;
  private static IdentityServer identity;

  @BeforeAll
  static void start() {
    bench = FaultBench.start();
    unreadable = FaultBench.start(stack -> stack.setting("COURIER_SORA_CIRCUIT_CALLS", "20"));
    identity = new IdentityServer(resource -> nextToken());
    keyless = FaultBench.start(stack -> identity.on(stack).setting("AZURE_OPENAI_API_KEY", null));
    down =
        FaultBench.start(
            stack ->
                stack
                    .setting("COURIER_SORA_CIRCUIT_CALLS", "20")
                    .setting("COURIER_SORA_CIRCUIT_DELAY", "5s"));
  }

  private static String nextToken() {
    TOKENS.add("token-of-the-identity-" + (TOKENS.size() + 1));
    return TOKENS.get(TOKENS.size() - 1);
  }

  @AfterAll
  static void close() {
    bench.close();
    keyless.close();
    down.close();
    unreadable.close();
    identity.close();
  }

  @Test
  void status408_isRetriedWithinTheLook() {
    assertRetried(Fault.error(ServiceError.server(408)));
  }

  @Test
  void status429WithoutRetryAfter_isRetriedWithinTheLook() {
    assertRetried(Fault.error(ServiceError.tooManyRunningTasks()));
  }

  @Test
  void status500_isRetriedWithinTheLook() {
    assertRetried(Fault.error(ServiceError.server(500)));
  }

  @Test
  void status502_isRetriedWithinTheLook() {
    assertRetried(Fault.html(502));
  }

  @Test
  void status503_isRetriedWithinTheLook() {
    assertRetried(Fault.status(503));
  }

  @Test
  void resetBeforeHeaders_isRetriedWithinTheLook() {
    assertRetried(Fault.reset());
  }

  @Test
  void closeBeforeHeaders_isRetriedWithinTheLook() {
    assertRetried(Fault.closeUnanswered());
  }

  @Test
  void pageWith200_isLoggedAsAWrongEndpointAndTheJobWaits() {
    SimulatedJob job = job(Fault.html(200), Fault.html(200));
    asking(Route.GET_VIDEO, job).answer(Fault.html(200), Fault.html(200));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(3);
    assertThat(bench.courier().awaitLine(job.id(), "event=denied"))
        .contains(" ERROR ", "a web page", "AZURE_OPENAI_ENDPOINT");
    assertThat(asked(job)).extracting(RecordedRequest::status).containsExactly(200, 200, 200);
  }

  @Test
  void redirectToALoginPage_isLoggedAsAWrongEndpointAndNotFollowed() {
    Fault redirect =
        Fault.redirect(URI.create("https://login.example.com/sign-in?state=secret-state"));
    SimulatedJob job = job(redirect);
    asking(Route.GET_VIDEO, job).answer(redirect);

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
    assertThat(bench.courier().awaitLine(job.id(), "event=denied"))
        .contains(" ERROR ", "https://login.example.com", "AZURE_OPENAI_ENDPOINT")
        .doesNotContain("secret-state");
  }

  /** The other address is 404 meanwhile, as at a login gateway that has no such route. */
  @Test
  void loginPageForLongerThanTheGrace_costsNoJobThatWasSeen() {
    SimulatedJob job = bench.simulator().sora1Job().statuses("running").add();
    bench.enqueue(job);
    bench.courier().awaitPutBacks(job.id(), 1);
    Script page = asking(job).always(Fault.html(200));
    bench.courier().awaitPutBacks(job.id(), 6);
    page.clear();
    job.moveTo("succeeded");

    assertThat(bench.awaitDelivered(job).path("looks").asInt()).isGreaterThanOrEqualTo(7);
    assertThat(bench.courier().awaitLine(job.id(), "event=denied")).contains("a web page");
  }

  /** As at a gateway without the likelier API, whose key is wrong for some minutes. */
  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void refusalByTheOtherApiForLongerThanTheGrace_costsNoJob(int status) {
    SimulatedJob job = bench.simulator().sora1Job().add();
    Script unknown = asking(job).always(Fault.error(ServiceError.notFound()));
    Script refused = asking(Route.GET_VIDEO, job).always(Fault.status(status));
    bench.enqueue(job);
    bench.courier().awaitPutBacks(job.id(), 6);
    unknown.clear();
    refused.clear();

    assertThat(bench.awaitDelivered(job).path("looks").asInt()).isGreaterThanOrEqualTo(7);
    assertThat(bench.courier().awaitLine(job.id(), "event=denied")).contains("COURIER_SORA_API");
  }

  @Test
  void pageUntilTheDeadline_isReportedAsAWrongEndpoint() {
    SimulatedJob job = bench.jobNearItsDeadline(Mp4.genuine());
    asking(job).always(Fault.html(200));
    asking(Route.GET_VIDEO, job).always(Fault.html(200));

    bench.enqueue(job, Deployment.NO_TIME);

    JsonNode message = bench.courier().outcome(job.id());
    assertThat(message.path("reason").asText()).isEqualTo("wrong-endpoint");
    assertThat(message.path("message").asText()).contains("AZURE_OPENAI_ENDPOINT", "a web page");
    assertThat(message.path("attempts")).hasSize(2);
  }

  @Test
  void responseThatWasAJobAndCannotBeRead_isQuotedNowhere() {
    SimulatedJob job = bench.jobNearItsDeadline(Mp4.genuine());
    String prompt = "a boat that nobody shall read of";
    asking(job).always(Fault.json(200, "{\"id\":\"x\",\"prompt\":\"%s\"}".formatted(prompt)));
    asking(Route.GET_VIDEO, job)
        .always(Fault.json(200, "{\"status\":\"succ\",\"prompt\":\"%s".formatted(prompt)));

    bench.enqueue(job, Deployment.NO_TIME);

    JsonNode message = bench.courier().outcome(job.id());
    assertThat(message.path("reason").asText()).isEqualTo("gave-up");
    assertThat(message.toString()).contains("no job of this API").doesNotContain(prompt);
    assertThat(bench.courier().linesOf(job.id())).noneMatch(line -> line.contains(prompt));
    assertThat(asked(job)).hasSize(TRIES_IN_A_LOOK);
  }

  @Test
  void responsesThatCannotBeRead_doNotOpenTheCircuit() {
    Fault response = Fault.json(200, "{\"object\":\"video\"}");
    List<SimulatedJob> jobs =
        Stream.generate(() -> unreadable.simulator().sora1Job().add()).limit(30).toList();
    jobs.forEach(
        job ->
            unreadable.simulator().on(Route.GET_JOB, job.id()).answer(TRIES_IN_A_LOOK, response));

    jobs.parallelStream().forEach(unreadable::enqueue);

    assertThat(jobs).allSatisfy(unreadable::awaitDelivered);
    assertThat(jobs)
        .allSatisfy(
            job ->
                assertThat(unreadable.courier().linesOf(job.id()))
                    .noneMatch(line -> line.contains("service known to be down")));
  }

  /** Each response is longer than what is kept of one, in a circuit of 20 calls. */
  @Test
  void jobsWithAVideoOrAPictureInTheirJson_areReadAndStallNoOther() {
    List<SimulatedJob> withContent =
        Stream.generate(() -> jobWith(json -> json.put("thumbnail", "A".repeat(1_200_000))))
            .limit(4)
            .toList();
    String base64 = "AAAAIGZ0eXBpc29t" + "A".repeat(2_800_000);
    List<SimulatedJob> withoutContent =
        Stream.generate(
                () ->
                    jobWith(
                        json ->
                            json.withArray("videos")
                                .addObject()
                                .put("type", "base64")
                                .put("base64", base64)))
            .limit(4)
            .toList();
    withoutContent.forEach(
        job ->
            unreadable
                .simulator()
                .on(Route.GET_VIDEO_CONTENT, job.id())
                .always(Fault.error(ServiceError.notFound())));
    List<SimulatedJob> healthy =
        Stream.generate(() -> unreadable.simulator().sora1Job().add()).limit(6).toList();

    Stream.of(withoutContent, withContent, healthy)
        .flatMap(List::stream)
        .forEach(unreadable::enqueue);

    assertThat(healthy).allSatisfy(unreadable::awaitDelivered);
    assertThat(withContent)
        .allSatisfy(
            job -> {
              unreadable.awaitDelivered(job);
              assertThat(contentRequests(job))
                  .extracting(RecordedRequest::status)
                  .containsOnly(200);
            });
    assertThat(withoutContent)
        .allSatisfy(
            job -> {
              JsonNode message = unreadable.courier().outcome(job.id());
              assertThat(message.path("reason").asText()).isEqualTo("content-invalid");
              assertThat(message.path("message").asText()).contains("Base64 in its 'base64'");
              assertThat(unreadable.simulator().requests(Route.GET_VIDEO, job.id()))
                  .hasSizeGreaterThanOrEqualTo(3)
                  .extracting(RecordedRequest::status)
                  .containsOnly(200);
              assertThat(contentRequests(job))
                  .hasSizeBetween(3, message.path("looks").asInt())
                  .extracting(RecordedRequest::status)
                  .containsOnly(404);
            });
    assertThat(Stream.of(withoutContent, withContent, healthy).flatMap(List::stream))
        .allSatisfy(
            job ->
                assertThat(unreadable.courier().linesOf(job.id()))
                    .noneMatch(line -> line.contains("service known to be down")));
  }

  private static List<RecordedRequest> contentRequests(SimulatedJob job) {
    return unreadable.simulator().requests(Route.GET_VIDEO_CONTENT, job.id());
  }

  private static SimulatedJob jobWith(Consumer<ObjectNode> edit) {
    return unreadable.simulator().sora2Video().editJob(edit).add();
  }

  @Test
  void jsonCutOnItsWay_isRetriedWithinTheLook() {
    assertRetried(Fault.cutAfter(60));
  }

  @Test
  void jsonTruncatedByTheService_isRetriedWithinTheLook() {
    assertRetried(Fault.body(Content.of("{\"id\":\"task_1\",\"status\":\"succ")));
  }

  @Test
  void jsonWithoutAStatus_isRetriedWithinTheLook() {
    assertRetried(Fault.json(200, "{}"));
  }

  private static void assertRetried(Fault fault) {
    SimulatedJob job = job(fault, fault);

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);
    assertThat(asked(job)).hasSize(TRIES_IN_A_LOOK);
    assertThat(bench.courier().putBacks(job.id())).isEmpty();
  }

  @Test
  void serviceDownForLongerThanALook_isCheckedAgain() {
    Fault down = Fault.error(ServiceError.server(503));
    SimulatedJob job = job(down, down, down, down);

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
    assertThat(asked(job)).hasSize(TRIES_IN_A_LOOK + 2);
    assertThat(bench.courier().putBacks(job.id())).hasSize(1);
  }

  @Test
  void retryAfterOfAFewSeconds_isWaitedForWithinTheLook() {
    SimulatedJob job = job(Fault.status(429).and(Fault.retryAfter(2)));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);
    assertThat(timeBetween(asked(job))).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void retryAfterInSecondsBeyondTheLongestDelay_isObeyedByTheQueue() {
    SimulatedJob job = job(Fault.status(429).and(Fault.retryAfter(6)));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
    assertThat(asked(job)).hasSize(2);
    assertThat(timeBetween(asked(job))).isGreaterThanOrEqualTo(Duration.ofSeconds(6));
    assertThat(bench.courier().putBacks(job.id()))
        .extracting(PutBack::delay)
        .containsExactly(Duration.ofSeconds(6));
  }

  @Test
  void retryAfterAsHttpDate_isObeyedByTheQueue() {
    RetryAfterDate date = new RetryAfterDate(Duration.ofSeconds(7));
    SimulatedJob job = job(Fault.status(503).and(date.fault()));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
    assertThat(asked(job)).hasSize(2);
    assertThat(asked(job).get(1).at()).isAfterOrEqualTo(date.told());
  }

  @Test
  void retryAfterThatIsNotATime_countsAsMissing() {
    assertRetried(Fault.status(429).and(Fault.header("Retry-After", "soon")));
  }

  @Test
  void noResponseBeforeTheReadTimeout_isInterruptedAndRetried() {
    SimulatedJob job = job(Fault.noAnswer());

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);
    assertFirstInterrupted(job);
  }

  @Test
  void headersThatComeByteByByte_areWaitedFor() {
    SimulatedJob job = job(Fault.slowHead(Duration.ofMillis(3)));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);
    assertThat(asked(job)).hasSize(1);
  }

  @Test
  void headersThatComeTooSlowly_areInterruptedAndRetried() {
    SimulatedJob job = job(Fault.slowHead(Duration.ofMillis(200)));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);
    assertFirstInterrupted(job);
  }

  @Test
  void acceptedWithoutABody_isNotDoneYet() {
    SimulatedJob job = job(Fault.body(Content.EMPTY).and(Fault.statusInstead(202)));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
    assertThat(asked(job)).extracting(RecordedRequest::status).containsExactly(202, 200);
  }

  @Test
  void unknownStatusWordWithACompletion_isDeliveredWhenTheContentIsThere() {
    SimulatedJob job =
        bench
            .simulator()
            .sora2Video()
            .statuses("completed")
            .editJob(json -> json.put("status", "sealed"))
            .add();
    bench
        .simulator()
        .on(Route.GET_VIDEO_CONTENT, job.id())
        .answer(2, Fault.error(ServiceError.notFound()));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(3);
    assertThat(bench.simulator().requests(Route.GET_VIDEO_CONTENT, job.id())).hasSize(3);
  }

  @Test
  void unknownStatusWord_isCheckedAgain() {
    SimulatedJob job = bench.simulator().sora1Job().statuses("upscaling", "succeeded").add();

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
    assertThat(bench.courier().linesOf(job.id()))
        .anyMatch(line -> line.contains("event=look ") && line.contains("upscaling"));
  }

  @Test
  void optionalFieldsMissing_jobIsDeliveredWithoutThem() {
    SimulatedJob job =
        bench
            .simulator()
            .sora1Job()
            .editJob(json -> json.retain("id", "status", "generations"))
            .editGenerations(json -> json.retain("id"))
            .add();

    JsonNode message = bench.delivered(job);

    assertThat(message.has("width") || message.has("height") || message.has("seconds")).isFalse();
    assertThat(asked(job)).hasSize(1);
  }

  @Test
  void wrappedErrorBody_isReportedInTheServicesWords() {
    assertRetired(ServiceError.modelDeprecated().json(false));
  }

  @Test
  void flatErrorBody_isReportedInTheServicesWords() {
    assertRetired(ServiceError.modelDeprecated().json(true));
  }

  private static void assertRetired(String body) {
    SimulatedJob job = job(Fault.json(410, body));

    JsonNode message = bench.failed(job, "deployment-retired");

    assertThat(message.at("/attempts/0/status").asInt()).isEqualTo(410);
    assertThat(message.at("/attempts/0/error").asText())
        .isEqualTo(ServiceError.modelDeprecated().body().path("message").asText());
  }

  @Test
  void status401_isTriedOnceMoreWithAFreshToken() {
    keyless.simulator().acceptToken("token-of-the-identity-1");
    keyless.simulator().acceptToken("token-of-the-identity-2");
    keyless.delivered(keyless.simulator().sora1Job().add());
    // Until then the first token counts as fresh for everybody.
    SimulatedJob earlier =
        keyless
            .simulator()
            .sora1Job()
            .statusesEvery(Duration.ofSeconds(12), "running", "succeeded")
            .add();
    keyless.delivered(earlier);
    keyless.simulator().rejectToken("token-of-the-identity-1");
    SimulatedJob job = keyless.simulator().sora1Job().add();

    keyless.delivered(job);

    assertThat(keyless.simulator().requests(Route.GET_JOB, job.id()))
        .extracting(RecordedRequest::status)
        .startsWith(401, 200)
        .containsOnlyOnce(401);
    assertThat(TOKENS).hasSize(2);
  }

  @Test
  void status403_logsAnErrorAndIsRetriedUntilItIsFixed() {
    SimulatedJob job = bench.simulator().sora1Job().add();
    Script denied = asking(job).always(Fault.error(ServiceError.forbidden()));

    bench.enqueue(job);
    assertThat(bench.courier().awaitLine(job.id(), "event=denied"))
        .contains(" ERROR ", "403", "AZURE_OPENAI_API_KEY");
    bench.courier().awaitPutBacks(job.id(), 2);
    int asked = asked(job).size();
    denied.clear();

    assertThat(bench.awaitDelivered(job).path("looks").asInt()).isGreaterThan(2);
    assertThat(asked).as("requests of two or three looks").isBetween(2, 3);
  }

  /** Of the job, and then of its content. */
  @Test
  void blockPageOfAWebFilter_isDeniedAndNotModeration() {
    Fault page =
        Fault.reply(
            Reply.of(
                403,
                "text/html",
                Content.of("<html><title>Blocked by content filter</title></html>")));
    SimulatedJob job = bench.simulator().sora1Job().add();
    Script ofJob = asking(job).always(page);
    Script ofContent = bench.simulator().on(Route.GET_CONTENT, job.generationId()).always(page);
    bench.enqueue(job);
    assertThat(bench.courier().awaitLine(job.id(), "event=denied"))
        .contains(" ERROR ", "403", "Blocked by content filter", "AZURE_OPENAI_API_KEY");
    ofJob.clear();
    bench.courier().awaitPutBacks(job.id(), 3);
    ofContent.clear();

    assertThat(bench.awaitDelivered(job).path("status").asText()).isEqualTo("copied");
  }

  @Test
  void status403UntilTheDeadline_isReportedAsAccessDenied() {
    SimulatedJob job = bench.simulator().sora1Job().add();
    asking(job).always(Fault.error(ServiceError.forbidden()));

    bench.enqueue(job, Deployment.NO_TIME);

    JsonNode message = bench.courier().outcome(job.id());
    assertThat(message.path("reason").asText()).isEqualTo("access-denied");

    assertThat(message.at("/attempts/0/status").asInt()).isEqualTo(403);
    assertThat(asked(job)).hasSize(1);
  }

  @Test
  void status404OfAFreshJob_isCheckedAgain() {
    SimulatedJob job = job(Fault.error(ServiceError.notFound()));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
    assertThat(asked(job)).extracting(RecordedRequest::status).containsExactly(404, 200);
  }

  @Test
  void status404ForLongerThanTheGrace_isReportedAsNotFound() {
    SimulatedJob job =
        bench.simulator().sora1Job().createdAt(Instant.now().minus(Duration.ofHours(2))).add();
    asking(job).always(Fault.error(ServiceError.notFound()));

    JsonNode message = bench.failed(job, "job-not-found");

    assertThat(message.path("attempts")).hasSize(2);
    int looks = message.path("looks").asInt();
    assertThat(looks).isGreaterThanOrEqualTo(3);
    assertThat(asked(job)).hasSize(1 + 8 * (looks - 1));
  }

  /** As when the outcome got lost, or the process ended before it was written. */
  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void jobThatIsGoneAndWasCopied_isReportedAgainWithItsVideo(int status) {
    SimulatedJob job = bench.simulator().sora2Video().add();
    JsonNode first = bench.delivered(job);
    bench
        .simulator()
        .on(Route.GET_VIDEO, job.id())
        .always(Fault.error(ServiceError.coded(status, "x", "no such job")));

    bench.courier().enqueue(job.id());

    JsonNode again = bench.courier().outcomes(job.id(), 2).get(1);
    assertThat(again.path("status").asText()).isEqualTo("copied");
    for (String name : List.of("blobUrl", "copiedAt", "contentMd5", "bytes")) {
      assertThat(again.required(name)).as(name).isEqualTo(first.path(name));
    }
    assertThat(bench.simulator().requests(request -> request.is(Route.GET_VIDEO_CONTENT, job.id())))
        .hasSize(1);
  }

  @Test
  void idOfAGeneration_isReportedAsNotFoundWithTheIdThatIsWanted() {
    String generation =
        bench
            .simulator()
            .sora1Job()
            .createdAt(Instant.now().minusSeconds(600))
            .add()
            .generationId();

    bench.courier().enqueue(generation);

    JsonNode message = bench.courier().outcome(generation);
    assertThat(message.path("reason").asText()).isEqualTo("job-not-found");
    assertThat(message.path("message").asText()).contains("gen_…").contains("task_…");
    assertThat(bench.simulator().requests())
        .noneMatch(request -> request.is(Route.GET_CONTENT, generation));
  }

  @Test
  void status404OfAJobWhoseTimeIsOver_isReportedAsExpiredAtOnce() {
    SimulatedJob job =
        bench.simulator().sora1Job().createdAt(Instant.now().minus(Duration.ofHours(25))).add();
    bench.enqueue(job, Duration.ofSeconds(-1));

    JsonNode message = bench.courier().outcome(job.id());

    assertThat(message.path("reason").asText()).isEqualTo("expired");
    assertThat(message.path("looks").asInt()).isEqualTo(10);
    assertThat(asked(job)).extracting(RecordedRequest::status).containsOnly(404);
  }

  @Test
  void status410_isReportedAsExpiredAtOnce() {
    SimulatedJob job = bench.simulator().sora1Job().add();
    asking(job).always(Fault.status(410));

    assertThat(bench.failed(job, "expired").path("looks").asInt()).isEqualTo(1);
    assertThat(asked(job)).hasSize(1);
  }

  /** A circuit of 20 calls: what comes when they have failed calls nobody, but for its trials. */
  @Test
  void serviceDownForManyJobs_isNotCalledAndEveryJobIsDeliveredAfter() {
    List<SimulatedJob> first = jobsOfTheServiceThatIsDown(30);
    List<SimulatedJob> further = jobsOfTheServiceThatIsDown(70);
    Script script = down.simulator().on(Route.GET_JOB).always(Fault.status(503));

    first.parallelStream().forEach(down::enqueue);
    awaitLooksThatCalledNobody(1);
    further.parallelStream().forEach(down::enqueue);
    awaitLooksThatCalledNobody(100);
    long calls = further.stream().filter(StatusFaultsIT::wasCalledFor).count();
    script.clear();

    assertThat(calls).as("further jobs for which the service was called").isLessThan(20);
    assertThat(Stream.concat(first.stream(), further.stream())).allSatisfy(down::awaitDelivered);
  }

  private static List<SimulatedJob> jobsOfTheServiceThatIsDown(int count) {
    return Stream.generate(() -> down.simulator().sora1Job().add()).limit(count).toList();
  }

  private static boolean wasCalledFor(SimulatedJob job) {
    return !down.simulator().requests(Route.GET_JOB, job.id()).isEmpty();
  }

  private static void awaitLooksThatCalledNobody(int count) {
    down.courier()
        .host()
        .console()
        .await(
            count,
            line -> line.contains("service known to be down"),
            Deployment.IN_TIME,
            "looks that called nobody");
  }

  private static SimulatedJob job(Fault... faults) {
    SimulatedJob job = bench.simulator().sora1Job().add();
    asking(job).answer(faults);
    return job;
  }

  private static Script asking(Route route, SimulatedJob job) {
    return bench.simulator().on(route, job.id());
  }

  private static Script asking(SimulatedJob job) {
    return bench.simulator().on(Route.GET_JOB, job.id());
  }

  /**
   * A server notices that a client is gone only when it sends next, which may be after the copy.
   */
  private static void assertFirstInterrupted(SimulatedJob job) {
    bench
        .simulator()
        .awaitRequests(
            1,
            Deployment.IN_TIME,
            request -> request.is(Route.GET_JOB, job.id()) && request.aborted());
    assertThat(asked(job)).extracting(RecordedRequest::aborted).containsExactly(true, false);
  }

  private static List<RecordedRequest> asked(SimulatedJob job) {
    return bench.simulator().requests(Route.GET_JOB, job.id());
  }

  private static Duration timeBetween(List<RecordedRequest> requests) {
    return Duration.between(requests.get(0).at(), requests.get(1).at());
  }
}

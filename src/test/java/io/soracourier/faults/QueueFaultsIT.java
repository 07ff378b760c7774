package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.e2e.Deployment;
import io.soracourier.local.Azurite;
import io.soracourier.local.Invocation;
import io.soracourier.local.Outcome;
import io.soracourier.local.StorageAccount;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy;
import io.soracourier.local.StorageProxy.Rule;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.local.Waiting;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Part 4 of the fault matrix: what goes wrong between the handler, its host and the queues. */
@Execution(ExecutionMode.CONCURRENT)
class QueueFaultsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_MESSAGE = 64 * 1024;

  /** Of a request, as configured by default, and of a message, as in host.json. */
  private static final int TRIES = 5;

  private static StorageProxy hostsQueues;
  private static Deployment courier;

  @BeforeAll
  static void start() {
    StorageAccount account = Azurite.shared().freshAccount();
    StorageProxy queues = StorageProxy.before(account.queueEndpoint());
    hostsQueues = StorageProxy.before(account.queueEndpoint());
    courier =
        Deployment.start(
                account,
                queues,
                stack ->
                    stack
                        .setting("VideoStorage", through(queues, account).connectionString())
                        .setting("COURIER_STORAGE_RETRY_DELAY", "50ms")
                        .setting("COURIER_CONTENT_GRACE", "3s")
                        .hostAccount(through(hostsQueues, account)))
            .expectFailedInvocations();
  }

  private static StorageAccount through(StorageProxy queues, StorageAccount account) {
    return account.at(account.blobEndpoint(), queues.endpoint().toString());
  }

  @AfterAll
  static void close() {
    courier.close();
    hostsQueues.close();
  }

  @Test
  void jobThatCannotBePutBackForAWhile_staysWithTheHostAndIsDelivered() {
    SimulatedJob job = jobThatRunsFor(3);
    courier.queues().fail(2 * TRIES, putBackOf(job), StorageFault.answer(503, "ServerBusy"));

    String message = courier.enqueue(job.id());

    assertDelivered(job, 1);
    assertThat(courier.invocationsOfMessage(message))
        .extracting(Invocation::outcome)
        .containsExactly(Outcome.FAILED, Outcome.FAILED, Outcome.SUCCEEDED);
    assertThat(courier.invocationsOfMessage(message))
        .extracting(Invocation::dequeueCount)
        .containsExactly(1L, 2L, 3L);
    assertThat(courier.putBacks(job.id())).hasSize(1);
  }

  @Test
  void jobThatCannotBePutBackAtAll_isSetAsideByTheHostAndDeliveredWhenReplayed() {
    SimulatedJob job = jobThatRunsFor(6);
    Rule denied =
        courier
            .queues()
            .failAlways(putBackOf(job), StorageFault.answer(403, "AuthorizationFailure"));

    String message = courier.enqueue(job.id());

    assertThat(courier.awaitLine(job.id(), "event=denied"))
        .contains(" ERROR ", "Put Message sora-jobs failed: 403 AuthorizationFailure");
    Waiting.until(
        () -> courier.stack().poison().peek().equals(List.of(job.id())),
        Deployment.IN_TIME,
        () -> "set aside: " + courier.stack().poison().peek());
    courier
        .host()
        .invocations()
        .await(
            TRIES,
            done -> message.equals(done.messageId()),
            Deployment.IN_TIME,
            "invocations that failed");
    denied.end();
    courier.stack().poison().take().forEach(courier::enqueue);
    assertDelivered(job, 1);
  }

  @Test
  void putBackThatTookEffectButWasNotAcknowledged_endsInOneBlob() {
    SimulatedJob job = jobOfTwoLooks();
    courier.queues().fail(TRIES, putBackOf(job), StorageFault.loseAnswer());

    String message = courier.enqueue(job.id());

    // One for each try, and the message itself, which the host puts back because the function
    // fails.
    assertDelivered(job, TRIES + 1);
    assertThat(courier.invocationsOfMessage(message))
        .extracting(Invocation::outcome)
        .contains(Outcome.FAILED);
  }

  @Test
  void putBackAcknowledgedOnTheSecondTry_endsInOneBlob() {
    SimulatedJob job = jobOfTwoLooks();
    courier.queues().fail(putBackOf(job), StorageFault.loseAnswer());

    courier.enqueue(job.id());

    assertDelivered(job, 2);
    assertThat(courier.putBacks(job.id())).hasSize(2);
  }

  /** The message's id is lost with it, which is for people. */
  @Test
  void putBackWhoseResponseBreaksOffAfterItsHead_isNotSentAgain() {
    SimulatedJob job = jobOfTwoLooks();
    courier.queues().fail(putBackOf(job), StorageFault.cutAnswer());

    courier.enqueue(job.id());

    assertDelivered(job, 1);
    assertThat(courier.putBacks(job.id())).hasSize(1);
  }

  @Test
  void outcomeThatTheHostCannotWrite_isReportedByTheNextDelivery() {
    SimulatedJob job = courier.simulator().sora1Job().add();
    hostsQueues.fail(
        request -> request.isPutMessage() && mentions(job, request),
        StorageFault.answer(403, "AuthorizationFailure"));

    String message = courier.enqueue(job.id());

    assertDelivered(job, 1);
    assertThat(courier.invocationsOfMessage(message))
        .extracting(Invocation::outcome)
        .containsExactly(Outcome.FAILED, Outcome.SUCCEEDED);
    assertThat(courier.simulator().requests(Route.GET_CONTENT, job.generationId()))
        .hasSizeBetween(1, 2);
  }

  @Test
  void messageDeliveredAgainAfterItsOutcome_isReportedTwiceAndCopiedOnce() {
    SimulatedJob job = courier.simulator().sora1Job().add();
    hostsQueues.fail(
        request ->
            request.isPutMessage()
                && request.path().contains("sora-videos")
                && mentions(job, request),
        StorageFault.beforeAnswer(() -> courier.enqueue(job.id())));

    courier.enqueue(job.id());

    assertDelivered(job, 2);
    assertThat(courier.simulator().requests(Route.GET_CONTENT, job.generationId()))
        .hasSizeBetween(1, 2);
  }

  @Test
  void evidenceAndCorrelationIdAsLargeAsCanBe_stayBelow64KiB() {
    SimulatedJob job =
        courier
            .simulator()
            .sora1Job()
            .createdAt(Instant.now().minus(Duration.ofHours(1)))
            .editGenerations(json -> urls(json))
            .add();
    String words = "\\u2028\\\"".repeat(200);
    courier
        .simulator()
        .on(Route.GET_CONTENT, job.generationId())
        .always(Fault.json(404, "{\"error\":{\"message\":\"%s\"}}".formatted(words)));
    String correlationId = "\u0001".repeat(2_600);

    courier.enqueue(
        JSON.createObjectNode()
            .put("jobId", job.id())
            .put("correlationId", correlationId)
            .toString());

    JsonNode message = courier.outcome(job.id());
    assertThat(message.path("reason").asText()).isEqualTo("content-not-found");
    assertThat(message.path("correlationId").asText()).isEqualTo(correlationId);
    List<Seen> sent = hostsQueues.seen(request -> request.isPutMessage() && mentions(job, request));
    assertThat(sent)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.status()).isEqualTo(201);
              assertThat(message(request).length()).isBetween(20_000, MAX_MESSAGE);
            });
  }

  private static void urls(ObjectNode generation) {
    for (int i = 0; i < 40; i++) {
      generation
          .putObject("place" + i)
          .put("url", "https://elsewhere.example/" + "x".repeat(1_500) + i);
    }
  }

  /** As the queue counts it: without the XML around it. */
  private static String message(Seen request) {
    String xml = new String(request.body(), StandardCharsets.UTF_8);
    return xml.replaceFirst("(?s).*<MessageText>", "").replaceFirst("(?s)</MessageText>.*", "");
  }

  @Test
  void messageNearItsTimeToLive_outlivesItOnceItIsPutBack() {
    Duration timeToLive = Duration.ofSeconds(4);
    SimulatedJob job =
        courier
            .simulator()
            .sora1Job()
            .statusesEvery(Duration.ofSeconds(7), "queued", "running", "succeeded")
            .add();

    courier
        .stack()
        .jobs()
        .client()
        .sendMessageWithResponse(job.id(), Duration.ZERO, timeToLive, null, null);
    Instant expiry = Instant.now().plus(timeToLive);

    assertDelivered(job, 1);
    assertThat(courier.putBacks(job.id()))
        .isNotEmpty()
        .last()
        .satisfies(putBack -> assertThat(putBack.at()).isAfter(expiry));
    assertThat(courier.queues().seen(putBackOf(job)))
        .allSatisfy(request -> assertThat(request.query()).contains("messagettl=-1"));
  }

  /** All messages of the job say the same; there is its blob, and nothing is left of it. */
  private static void assertDelivered(SimulatedJob job, int messages) {
    List<JsonNode> outcomes = courier.outcomes(job.id(), messages);
    assertThat(outcomes)
        .hasSize(messages)
        .allSatisfy(
            message -> {
              assertThat(message.path("status").asText()).as("" + message).isEqualTo("copied");
              assertThat(message.path("contentMd5").asText()).isEqualTo(job.video().md5Base64());
              assertThat(message.path("copiedAt")).isEqualTo(outcomes.get(0).path("copiedAt"));
            });
    assertThat(courier.stack().blob(job.generationId() + ".mp4").md5OfContent())
        .isEqualTo(job.video().md5Base64());
  }

  private static SimulatedJob jobOfTwoLooks() {
    return jobThatRunsFor(1);
  }

  private static SimulatedJob jobThatRunsFor(int looks) {
    List<String> statuses = new ArrayList<>(Collections.nCopies(looks, "running"));
    statuses.add("succeeded");
    return courier.simulator().sora1Job().statuses(statuses.toArray(String[]::new)).add();
  }

  private static Predicate<Seen> putBackOf(SimulatedJob job) {
    return request -> request.isPutMessage() && mentions(job, request);
  }

  private static boolean mentions(SimulatedJob job, Seen request) {
    return new String(request.body(), StandardCharsets.UTF_8).contains(job.id());
  }
}

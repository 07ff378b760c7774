package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.Invocation;
import io.soracourier.local.StoredBlob;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a job's id on one queue to its videos in their container and their notices on another. */
class DeliveryIT {
  @AutoClose private static Deployment courier;

  @BeforeAll
  static void start() {
    courier = Deployment.start();
  }

  @Test
  void sora1Job_isDelivered() {
    SimulatedJob job =
        courier.simulator().sora1Job().video(Mp4.genuine()).size(480, 480).seconds(5).add();

    courier.enqueue(job.id());
    JsonNode message = courier.outcome(job.id());

    assertDelivered(message, job, job.generationId());
    assertThat(message.path("width").asInt()).isEqualTo(480);
    assertThat(message.path("height").asInt()).isEqualTo(480);
    assertThat(message.path("seconds").asInt()).isEqualTo(5);
    assertThat(message.path("looks").asInt()).isEqualTo(1);
    assertThat(message.has("correlationId")).isFalse();
    assertThat(requestsAbout(job)).containsExactly(Route.GET_JOB, Route.GET_CONTENT);
  }

  @Test
  void sora2Video_isDelivered() {
    SimulatedJob job =
        courier.simulator().sora2Video().video(Mp4.genuine("moov-last")).size(1280, 720).add();

    courier.enqueue(job.id());
    JsonNode message = courier.outcome(job.id());

    assertDelivered(message, job, job.id());
    assertThat(message.path("width").asInt()).isEqualTo(1280);
    assertThat(message.path("height").asInt()).isEqualTo(720);
    assertThat(requestsAbout(job)).containsExactly(Route.GET_VIDEO, Route.GET_VIDEO_CONTENT);
  }

  @Test
  void videoOfManyBlocks_isDelivered() {
    SimulatedJob job =
        courier.simulator().sora1Job().video(Mp4.ofSize(13_000_001, 1, Mp4.Layout.MOOV_LAST)).add();

    courier.enqueue(job.id());

    assertDelivered(courier.outcome(job.id()), job, job.generationId());
  }

  @Test
  void jobThroughAllStates_takesALookForEachAndNoInvocationWaits() {
    SimulatedJob job =
        courier
            .simulator()
            .sora1Job()
            .statuses("queued", "preprocessing", "running", "processing", "succeeded")
            .add();

    courier.enqueue(
        "{\"jobId\":\"%s\",\"correlationId\":{\"order\":42},\"mine\":[1,null]}"
            .formatted(job.id()));
    JsonNode message = courier.outcome(job.id());

    assertDelivered(message, job, job.generationId());
    assertThat(message.path("looks").asInt()).isEqualTo(5);
    assertThat(message.path("correlationId").toString()).isEqualTo("{\"order\":42}");
    assertOneLookPerInvocation(job, 5);
    List<PutBack> putBacks = courier.putBacks(job.id());
    assertThat(putBacks)
        .extracting(putBack -> putBack.look().path("number").asInt())
        .containsExactly(1, 2, 3, 4);
    assertThat(putBacks)
        .extracting(putBack -> putBack.look().path("first").asText())
        .containsOnly(putBacks.get(0).look().path("first").asText());
    assertThat(putBacks)
        .allSatisfy(
            putBack -> {
              assertThat(putBack.delay()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
              assertThat(putBack.json().path("correlationId").path("order").asInt()).isEqualTo(42);
              assertThat(putBack.json().path("mine").toString()).isEqualTo("[1,null]");
            });
    assertThat(courier.linesOf(job.id()).stream().filter(line -> line.contains("event=look ")))
        .extracting(line -> line.replaceAll(".* look=(\\d+) state=(\\w+).*", "$1 $2"))
        .containsExactly("1 queued", "2 preprocessing", "3 running", "4 processing", "5 succeeded");
  }

  /** The first invocation is over while the job is known to be still in progress. */
  @Test
  void jobStillRunning_holdsNoInvocation() {
    SimulatedJob job = courier.simulator().sora2Video().statuses("in_progress").add();

    courier.enqueue(job.id());
    courier.awaitInvocations(job.id(), 2);
    assertThat(job.status()).isEqualTo("in_progress");
    job.moveTo("completed");

    JsonNode message = courier.outcome(job.id());
    assertDelivered(message, job, job.id());
    assertOneLookPerInvocation(job, message.path("looks").asInt());
  }

  @Test
  void unknownWord_isCheckedAgain() {
    SimulatedJob job =
        courier.simulator().sora1Job().statuses("awaiting_capacity", "succeeded").add();

    courier.enqueue(job.id());

    assertThat(courier.outcome(job.id()).path("looks").asInt()).isEqualTo(2);
  }

  @Test
  void fourGenerations_areFourBlobsAndFourOutcomeMessages() {
    SimulatedJob job = courier.simulator().sora1Job().variants(4).add();

    courier.enqueue(job.id());
    List<JsonNode> messages = courier.outcomes(job.id(), 4);

    assertThat(messages).hasSize(4);
    for (JsonNode message : messages) {
      int number = message.path("generation").asInt();
      assertThat(message.path("generations").asInt()).isEqualTo(4);
      assertDelivered(message, job, job.generationIds().get(number - 1));
    }
    assertThat(messages)
        .extracting(message -> message.path("generation").asInt())
        .containsExactlyInAnyOrder(1, 2, 3, 4);
  }

  @Test
  void sameMessageAgain_isReportedAgainWithoutATransfer() {
    SimulatedJob job = courier.simulator().sora1Job().add();
    courier.enqueue(job.id());
    JsonNode first = courier.outcome(job.id());
    StoredBlob blob = courier.stack().blob(job.generationId() + ".mp4");
    String etag = blob.etag();

    courier.enqueue(job.id());
    List<JsonNode> messages = courier.outcomes(job.id(), 2);

    assertThat(messages).containsExactly(first, first);
    assertThat(blob.etag()).isEqualTo(etag);
    // Requested beside the question for the blob, and dropped.
    assertThat(courier.simulator().requests(Route.GET_CONTENT, job.generationId()))
        .hasSizeBetween(1, 2);
  }

  /** Received together, so that their copies race. */
  @Test
  void sameMessageTwiceAtOnce_isOneBlobAndTwoIdenticalOutcomeMessages() {
    SimulatedJob job =
        courier.simulator().sora1Job().video(Mp4.ofSize(9_000_000, 2)).variants(1).add();

    IntStream.range(0, 2).parallel().forEach(i -> courier.enqueue(job.id()));
    List<JsonNode> messages = courier.outcomes(job.id(), 2);

    assertThat(messages).hasSize(2).containsOnly(messages.get(0));
    assertDelivered(messages.get(0), job, job.generationId());
  }

  private static void assertDelivered(JsonNode message, SimulatedJob job, String generationId) {
    Schemas.assertVideoMessage(message);
    assertThat(message.fieldNames().next()).isEqualTo("status");
    assertThat(message.path("status").asText()).as(message.toString()).isEqualTo("copied");
    assertThat(message.path("generationId").asText()).isEqualTo(generationId);
    assertThat(message.path("blobUrl").asText())
        .startsWith(courier.stack().account().blobEndpoint() + "/")
        .endsWith("/videos/" + generationId + ".mp4");
    StoredBlob blob = courier.stack().blob(generationId + ".mp4");
    String md5 = job.video(generationId).md5Base64();
    assertThat(blob.url()).isEqualTo(message.path("blobUrl").asText());
    assertThat(blob.contentType()).isEqualTo("video/mp4");
    assertThat(blob.size())
        .isEqualTo(message.path("bytes").asLong())
        .isEqualTo(job.video(generationId).length());
    assertThat(blob.md5OfContent())
        .isEqualTo(md5)
        .isEqualTo(blob.md5Property())
        .isEqualTo(message.path("contentMd5").asText());
    assertThat(blob.metadata())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("jobid", job.id(), "generationid", generationId));
  }

  /** The host's record and the simulator's agree: an invocation is one look, and nothing else. */
  private static void assertOneLookPerInvocation(SimulatedJob job, int looks) {
    assertThat(job.looks()).isEqualTo(looks);
    List<Invocation> invocations = courier.awaitInvocations(job.id(), looks);
    assertThat(invocations).hasSize(looks);
    List<RecordedRequest> requests =
        courier
            .simulator()
            .requests(
                request ->
                    request.is(Route.GET_JOB, job.id()) || request.is(Route.GET_VIDEO, job.id()));
    List<Integer> looksInEach = new ArrayList<>();
    for (Invocation invocation : invocations) {
      looksInEach.add(
          (int)
              requests.stream()
                  .filter(request -> !request.at().isBefore(invocation.sentAt()))
                  .filter(
                      request ->
                          !request.at().isAfter(invocation.sentAt().plus(invocation.duration())))
                  .count());
    }
    assertThat(looksInEach).hasSize(looks).containsOnly(1);
  }

  private static List<Route> requestsAbout(SimulatedJob job) {
    List<String> ids = new ArrayList<>(job.generationIds());
    ids.add(job.id());
    return courier
        .simulator()
        .requests(request -> request.id().filter(ids::contains).isPresent())
        .stream()
        .map(request -> request.route().orElseThrow())
        .toList();
  }
}

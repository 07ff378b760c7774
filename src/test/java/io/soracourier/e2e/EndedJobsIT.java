package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.simulator.Ids;
import io.soracourier.simulator.JobBuilder;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that end without a video, or without all of them: each in one notice that says why. */
class EndedJobsIT {
  private static final Duration GRACE = Duration.ofSeconds(2);
  @AutoClose private static Deployment courier;

  @BeforeAll
  static void start() {
    courier =
        Deployment.start(
            builder ->
                builder
                    .setting("COURIER_GRACE", GRACE.toSeconds() + "s")
                    .setting("COURIER_CONTENT_GRACE", GRACE.toSeconds() + "s"));
  }

  @ParameterizedTest
  @CsvSource({
    "SORA_1, internal_error, job-failed",
    "SORA_1, input_moderation, moderated",
    "SORA_1, output_moderation, moderated",
    "SORA_2, video_generation_failed, job-failed",
    "SORA_2, moderation_blocked, moderated"
  })
  void failedJob_isReportedWithTheServicesReason(String api, String why, String reason) {
    SimulatedJob job = job(api).failed(why).failureMessage("No such boat.").add();

    JsonNode message = failure(job.id(), reason);

    assertThat(message.path("message").asText()).contains(job.id(), why);
    assertThat(message.path("looks").asInt()).isEqualTo(1);
    if (api.equals("SORA_2")) {
      assertThat(message.path("message").asText()).contains("No such boat");
    }
  }

  @Test
  void jobThatFailsLate_isReportedOnce() {
    SimulatedJob job =
        courier
            .simulator()
            .sora1Job()
            .statuses("queued", "running", "failed")
            .failureReason("output_moderation")
            .add();

    assertThat(failure(job.id(), "moderated").path("looks").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SORA_1", "SORA_2"})
  void cancelledJob_isReportedAsCancelled(String api) {
    SimulatedJob job = job(api).statuses("cancelled").add();

    failure(job.id(), "cancelled");
  }

  @Test
  void failedJobThatListsGenerations_isNotCopied() {
    SimulatedJob job =
        courier.simulator().sora1Job().failed("internal_error").generationsThoughFailed().add();

    failure(job.id(), "job-failed");

    assertThat(courier.simulator().requests(Route.GET_CONTENT, job.generationId())).isEmpty();
  }

  @Test
  void unknownJobNoLongerFresh_isNotFoundAfterTheGrace() {
    String id = Ids.task(Instant.now().minusSeconds(3600));

    JsonNode message = failure(id, "job-not-found");

    assertThat(message.path("looks").asInt()).isGreaterThanOrEqualTo(3);
    assertThat(message.path("message").asText())
        .contains("AZURE_OPENAI_ENDPOINT", "this has been so since 20");
    assertThat(message.path("attempts"))
        .extracting(attempt -> attempt.path("request").asText())
        .containsExactly(
            "GET /openai/v1/video/generations/jobs/" + id, "GET /openai/v1/videos/" + id);
    assertThat(message.path("attempts"))
        .extracting(attempt -> attempt.path("status").asInt())
        .containsOnly(404);
  }

  /** Fresh for so long that the service may just not know it yet, as far as anybody can tell. */
  @Test
  void unknownFreshJob_isCheckedAgainBeforeItIsNotFound() {
    String id = Ids.video(Instant.now().plusSeconds(2));

    JsonNode message = failure(id, "job-not-found");

    assertThat(message.path("looks").asInt())
        .isGreaterThanOrEqualTo(3)
        .isEqualTo(courier.putBacks(id).size() + 1);
  }

  @Test
  void freshJobKnownOnlyAtTheSecondLook_isDelivered() {
    String id = Ids.task(Instant.now().plusSeconds(2));
    courier.enqueue(id);
    courier.awaitPutBacks(id, 1);

    courier.simulator().sora1Job().id(id).add();

    assertThat(courier.outcome(id).path("status").asText()).isEqualTo("copied");
  }

  /** Ids of other servers look like those of Azure, whose ids tell when a job was made. */
  @ParameterizedTest
  @ValueSource(strings = {"SORA_1", "SORA_2"})
  void jobWhoseIdLooksLikeADayOld_isMissingAndNotExpired(String api) {
    Instant created = Instant.now().minus(Duration.ofHours(25));
    String id = api.equals("SORA_1") ? Ids.task(created) : Ids.video(created);

    JsonNode message = failure(id, "job-not-found");

    assertThat(message.path("looks").asInt()).isGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"expired", "Deleted"})
  void jobThatTheServiceCallsGone_isExpired(String word) {
    SimulatedJob job = courier.simulator().sora2Video().statuses(word).add();

    JsonNode message = failure(job.id(), "expired");

    assertThat(message.path("message").asText()).contains("'" + word + "'");
    assertThat(message.path("looks").asInt()).isEqualTo(1);
  }

  @Test
  void contentGoneAfterItsExpiry_isExpired() {
    Instant created = Instant.now().minus(Duration.ofHours(23));
    SimulatedJob job =
        courier
            .simulator()
            .sora1Job()
            .createdAt(created)
            .contentDelay(Duration.ofDays(2))
            .editJob(json -> json.put("expires_at", Instant.now().getEpochSecond() - 60))
            .add();

    JsonNode message = failure(job.id(), "expired");

    assertThat(message.path("generationId").asText()).isEqualTo(job.generationId());
    assertThat(courier.stack().blob(job.generationId() + ".mp4").exists()).isFalse();
  }

  @Test
  void contentMissingForGood_isNotFound() {
    SimulatedJob job = courier.simulator().sora1Job().contentDelay(Duration.ofHours(1)).add();

    JsonNode message = failure(job.id(), "content-not-found");

    assertThat(message.path("generationId").asText()).isEqualTo(job.generationId());
    assertThat(message.path("attempts").path(0).path("request").asText())
        .isEqualTo("GET /openai/v1/video/generations/" + job.generationId() + "/content/video");
    assertThat(message.path("attempts").path(0).path("status").asInt()).isEqualTo(404);
  }

  @Test
  void succeededWithoutGenerations_isCheckedAgainAndThenReported() {
    SimulatedJob job =
        courier.simulator().sora1Job().statuses("running", "succeeded").generations(0).add();

    JsonNode message = failure(job.id(), "no-generations");

    // One while it ran, one at its success, and one after the time of grace at the least.
    assertThat(message.path("looks").asInt()).isGreaterThanOrEqualTo(3);
    assertThat(courier.putBacks(job.id()).get(1).look().has("succeeded")).isTrue();
  }

  @Test
  void generationsThatComeLate_areDelivered() {
    SimulatedJob job =
        courier
            .simulator()
            .sora1Job()
            .statuses("running", "succeeded")
            .editJob(
                json -> {
                  if (!lateGenerationsAreThere) {
                    json.putArray("generations");
                  }
                })
            .add();
    lateGenerationsAreThere = false;
    courier.enqueue(job.id());
    courier.awaitPutBacks(job.id(), 2);

    lateGenerationsAreThere = true;

    assertThat(courier.outcome(job.id()).path("status").asText()).isEqualTo("copied");
  }

  private static volatile boolean lateGenerationsAreThere;

  @Test
  void oneGenerationOfTwoWithoutContent_doesNotKeepTheOtherBack() {
    SimulatedJob job = courier.simulator().sora1Job().variants(2).add();
    String missing = job.generationIds().get(0);
    courier
        .simulator()
        .on("GET", "/openai/v1" + Route.GET_CONTENT.path(missing))
        .always(io.soracourier.simulator.Fault.status(404));

    courier.enqueue(job.id());
    List<JsonNode> messages = courier.outcomes(job.id(), 2);

    assertThat(messages).hasSize(2);
    assertThat(messages.get(0).path("status").asText()).isEqualTo("copied");
    assertThat(messages.get(0).path("generation").asInt()).isEqualTo(2);
    assertThat(messages.get(1).path("reason").asText()).isEqualTo("content-not-found");
    assertThat(messages.get(1).path("generationId").asText()).isEqualTo(missing);
  }

  private static JobBuilder job(String api) {
    return api.equals("SORA_1") ? courier.simulator().sora1Job() : courier.simulator().sora2Video();
  }

  /** Enqueues a job, waits for its one notice, and finds no blob. */
  private static JsonNode failure(String jobId, String reason) {
    courier.enqueue("{\"jobId\":\"" + jobId + "\",\"correlationId\":\"order-42\"}");
    JsonNode message = courier.outcome(jobId);
    Schemas.assertVideoMessage(message);
    assertThat(message.fieldNames().next()).isEqualTo("status");
    assertThat(message.path("status").asText()).isEqualTo("failed");
    assertThat(message.path("reason").asText()).as(message.toString()).isEqualTo(reason);
    assertThat(message.path("correlationId").asText()).isEqualTo("order-42");
    assertThat(courier.awaitLine(jobId, "event=failed")).contains("reason=" + reason);
    return message;
  }
}

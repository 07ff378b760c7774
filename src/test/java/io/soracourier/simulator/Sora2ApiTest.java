package io.soracourier.simulator;

import static io.soracourier.simulator.SimulatorClient.json;
import static io.soracourier.simulator.SimulatorClient.keys;
import static io.soracourier.simulator.SimulatorClient.video;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Sora2ApiTest {
  private static final Instant CREATED = Instant.ofEpochSecond(1_770_000_000);
  private static final String VIDEOS = "/openai/v1/videos";

  private final MutableClock clock = MutableClock.at(CREATED);
  private final SoraSimulator simulator =
      SoraSimulator.start(
          SimulatorOptions.defaults().withClock(clock).withStateTime(Duration.ofSeconds(29)));
  private final SimulatorClient client = new SimulatorClient(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void createdVideo_isQueuedThenInProgressThenCompleted() throws IOException {
    HttpResponse<byte[]> created =
        client.post(
            VIDEOS,
            """
            {"model":"sora-2","prompt":"a paper boat","seconds":"4","size":"1280x720"}
            """);

    assertThat(created.statusCode()).isEqualTo(200);
    String id = json(created).path("id").asText();
    assertThat(id).matches("video_69800e80[0-9a-f]{4}8190[0-9a-f]{16}");
    assertThat(json(created))
        .hasToString(
            """
            {"id":"%s","object":"video","created_at":1770000000,"status":"queued",\
            "completed_at":null,"error":null,"expires_at":null,"model":"sora-2","progress":0,\
            "prompt":"a paper boat","seconds":"4","size":"1280x720"}"""
                .formatted(id));
    clock.advance(Duration.ofSeconds(29));
    assertThat(client.getJson(video(id)).path("status").asText()).isEqualTo("in_progress");
    clock.advance(Duration.ofSeconds(29));
    assertThat(client.getJson(video(id)))
        .hasToString(
            """
            {"id":"%s","object":"video","created_at":1770000000,"status":"completed",\
            "completed_at":1770000058,"error":null,"expires_at":1770086400,"model":"sora-2",\
            "progress":100,"prompt":"a paper boat","seconds":"4","size":"1280x720"}"""
                .formatted(id));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | Missing required parameter: 'model'.",
        "{\"model\":\"m\"} | Missing required parameter: 'prompt'.",
        "{\"model\":\"m\",\"prompt\":\"p\",\"seconds\":4} | Invalid type for 'seconds': expected one"
            + " of '4', '8', or '12', but got an integer instead.",
        "{\"model\":\"m\",\"prompt\":\"p\",\"size\":\"1x1\"} | Invalid value for 'size': expected one"
            + " of '720x1280' or '1280x720'."
      })
  void createWithBadBody_isRefusedInTheWordsObserved(String body, String message)
      throws IOException {
    HttpResponse<byte[]> refused = client.post(VIDEOS, body);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).at("/error/message").asText()).isEqualTo(message.replace("''", "'"));
  }

  @Test
  void remix_namesItsOriginal() throws IOException {
    SimulatedJob original = simulator.sora2Video().add();

    JsonNode remix =
        json(client.post(video(original.id()) + "/remix", "{\"prompt\":\"at night\"}"));

    assertThat(remix.path("remixed_from_video_id").asText()).isEqualTo(original.id());
    assertThat(remix.path("prompt").asText()).isEqualTo("at night");
    assertThat(client.get(video(remix.path("id").asText())).statusCode()).isEqualTo(200);
  }

  @Test
  void failedVideo_hasAnErrorObject() throws IOException {
    SimulatedJob failed =
        simulator
            .sora2Video()
            .failed("moderation_blocked")
            .failureMessage("Your request was blocked by our moderation system.")
            .add();

    assertThat(client.getJson(video(failed.id())).path("error"))
        .hasToString(
            "{\"code\":\"moderation_blocked\",\"message\":\"Your request was blocked by our"
                + " moderation system.\"}");
  }

  @Test
  void content_hasThreeVariants() throws IOException {
    SimulatedJob job = simulator.sora2Video().video(Mp4.genuine("moov-last")).add();
    String content = video(job.id()) + "/content";

    assertThat(client.get(content).body()).isEqualTo(Mp4.genuine("moov-last").bytes());
    assertThat(client.get(content + "?variant=video&api-version=preview").body())
        .isEqualTo(job.video().bytes());
    assertThat(client.get(content).headers().firstValue("Content-Type")).contains("video/mp4");
    assertThat(client.get(content + "?variant=thumbnail").headers().firstValue("Content-Type"))
        .contains("image/webp");
    assertThat(client.get(content + "?variant=spritesheet").headers().firstValue("Content-Type"))
        .contains("image/jpeg");
    assertThat(client.get(content + "?variant=gif").statusCode()).isEqualTo(400);
  }

  @Test
  void video_expires24HoursAfterItsCreation() throws IOException {
    SimulatedJob job = simulator.sora2Video().finishedAt(CREATED.plusSeconds(60)).add();
    clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(client.get(video(job.id()) + "/content").statusCode()).isEqualTo(200);

    clock.advance(Duration.ofSeconds(1));

    assertThat(client.get(video(job.id())).statusCode()).isEqualTo(404);
    assertThat(client.get(video(job.id()) + "/content").statusCode()).isEqualTo(404);
  }

  @Test
  void delete_saysSo() throws IOException {
    SimulatedJob job = simulator.sora2Video().add();

    assertThat(json(client.method("DELETE", video(job.id()))))
        .hasToString(
            "{\"id\":\"%s\",\"object\":\"video.deleted\",\"deleted\":true}".formatted(job.id()));
    assertThat(client.get(video(job.id())).statusCode()).isEqualTo(404);
  }

  @Test
  void list_ordersBothWays() throws IOException {
    SimulatedJob older = simulator.sora2Video().createdAt(CREATED.minusSeconds(1)).add();
    SimulatedJob newer = simulator.sora2Video().add();

    JsonNode list = client.getJson(VIDEOS);
    assertThat(keys(list)).containsExactly("object", "data", "first_id", "last_id", "has_more");
    assertThat(list.path("first_id").asText()).isEqualTo(newer.id());
    assertThat(client.getJson(VIDEOS + "?order=asc&limit=1").path("first_id").asText())
        .isEqualTo(older.id());
  }

  @Test
  void idsOfTheOtherApi_areUnknown() throws IOException {
    assertThat(client.get(video(simulator.sora1Job().add().id())).statusCode()).isEqualTo(404);
    String job = SimulatorClient.job(simulator.sora2Video().add().id());
    assertThat(client.get(job).statusCode()).isEqualTo(404);
  }

  @Test
  void compatibleServer_hasAnotherBasePathAndForeignIds() throws IOException {
    try (SoraSimulator compatible =
        SoraSimulator.start(SimulatorOptions.defaults().withBasePath("/v1"))) {
      SimulatedJob job = compatible.sora2Video().id("task_01k742sg3vabcdefghjkmnpqrs").add();
      SimulatorClient there = new SimulatorClient(compatible);

      assertThat(there.get("/v1/videos/" + job.id()).statusCode()).isEqualTo(200);
      assertThat(there.get("/openai/v1/videos/" + job.id()).statusCode()).isEqualTo(404);
      assertThat(compatible.requests(Route.GET_VIDEO, job.id())).hasSize(1);
    }
  }
}

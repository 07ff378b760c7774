package io.soracourier.simulator;

import static io.soracourier.simulator.SimulatorClient.JOBS;
import static io.soracourier.simulator.SimulatorClient.PREVIEW;
import static io.soracourier.simulator.SimulatorClient.content;
import static io.soracourier.simulator.SimulatorClient.generation;
import static io.soracourier.simulator.SimulatorClient.job;
import static io.soracourier.simulator.SimulatorClient.json;
import static io.soracourier.simulator.SimulatorClient.keys;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sora1ApiTest {
  private static final Instant CREATED = Instant.ofEpochSecond(1_760_000_000);

  private final MutableClock clock = MutableClock.at(CREATED);
  private final SoraSimulator simulator =
      SoraSimulator.start(
          SimulatorOptions.defaults().withClock(clock).withStateTime(Duration.ofSeconds(10)));
  private final SimulatorClient client = new SimulatorClient(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void create_answers201WithTheQueuedJob() throws IOException {
    HttpResponse<byte[]> created =
        client.post(
            JOBS + PREVIEW,
            """
            {"prompt":"a paper boat","model":"my-sora","height":480,"width":"480","n_seconds":"5"}
            """);

    assertThat(created.statusCode()).isEqualTo(201);
    JsonNode job = json(created);
    String id = job.path("id").asText();
    assertThat(id).matches("task_[0-9a-hjkmnp-tv-z]{26}");
    assertThat(job)
        .hasToString(
            """
            {"object":"video.generation.job","id":"%s","status":"queued","created_at":1760000000,\
            "finished_at":null,"expires_at":null,"generations":[],"prompt":"a paper boat",\
            "model":"my-sora","n_variants":1,"n_seconds":5,"height":480,"width":480,\
            "failure_reason":null}"""
                .formatted(id));
  }

  @Test
  void createMultipart_echoesTheInpaintItems() throws IOException {
    String form =
        part("prompt", "a boat")
            + part("model", "my-sora")
            + part("height", "720")
            + part("width", "720")
            + part(
                "inpaint_items", "[{\"frame_index\":0,\"type\":\"image\",\"file_name\":\"a.png\"}]")
            + "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.png\"\r\n\r\n"
            + "\u0000\u00ff\r\n--edge--\r\n";

    HttpResponse<byte[]> created =
        client.send(
            client
                .to(JOBS + PREVIEW)
                .header("Content-Type", "multipart/form-data; boundary=edge")
                .POST(BodyPublishers.ofString(form)),
            BodyHandlers.ofByteArray());

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(json(created).path("height").asInt()).isEqualTo(720);
    assertThat(json(created).at("/inpaint_items/0/file_name").asText()).isEqualTo("a.png");
    assertThat(json(created).has("files")).isFalse();
  }

  private static String part(String name, String value) {
    return "--edge\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"\r\n\r\n"
        + value
        + "\r\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt\":\"a\",\"height\":480,\"width\":480}",
        "{\"prompt\":\"a\",\"model\":\"m\",\"height\":480,\"width\":480,\"n_variants\":6}",
        "[]",
        "no json"
      })
  void createWithBadBody_answers400(String body) throws IOException {
    HttpResponse<byte[]> refused = client.post(JOBS + PREVIEW, body);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).at("/error/message").asText()).isNotEmpty();
  }

  @Test
  void createdJob_goesThroughItsStatesByTheClock() throws IOException {
    String id =
        json(client.post(
                JOBS + PREVIEW,
                "{\"prompt\":\"a\",\"model\":\"m\",\"height\":480,\"width\":480,\"n_variants\":2}"))
            .path("id")
            .asText();

    for (String status : List.of("queued", "preprocessing", "running", "processing")) {
      JsonNode job = client.getJson(job(id));
      assertThat(job.path("status").asText()).isEqualTo(status);
      assertThat(job.path("generations")).isEmpty();
      clock.advance(Duration.ofSeconds(10));
    }
    clock.advance(Duration.ofSeconds(7));
    JsonNode job = client.getJson(job(id));
    assertThat(job.path("status").asText()).isEqualTo("succeeded");
    assertThat(job.path("finished_at").asLong()).isEqualTo(1_760_000_040);
    assertThat(job.path("expires_at").asLong()).isEqualTo(1_760_000_040 + 86_400);
    assertThat(job.path("generations")).hasSize(2);
  }

  @Test
  void succeededJob_hasTheObservedFieldsAndNoUrl() throws IOException {
    SimulatedJob added =
        simulator.sora1Job().finishedAt(CREATED.plusSeconds(34)).prompt("a paper boat").add();

    JsonNode job = client.getJson(job(added.id()));

    assertThat(keys(job))
        .containsExactly(
            "object",
            "id",
            "status",
            "created_at",
            "finished_at",
            "expires_at",
            "generations",
            "prompt",
            "model",
            "n_variants",
            "n_seconds",
            "height",
            "width",
            "failure_reason");
    assertThat(job.path("generations").path(0))
        .hasToString(
            """
            {"object":"video.generation","id":"%s","job_id":"%s","created_at":1760000032,\
            "width":480,"height":480,"n_seconds":5,"prompt":"a paper boat"}"""
                .formatted(added.generationId(), added.id()));
    assertThat(client.getJson(generation(added.generationId())))
        .isEqualTo(job.path("generations").path(0));
  }

  @Test
  void statuses_areAnsweredLookAfterLook() throws IOException {
    SimulatedJob job = simulator.sora1Job().statuses("queued", "dreaming", "succeeded").add();
    assertThat(client.get(content(job.generationId())).statusCode()).isEqualTo(404);

    assertThat(client.getJson(job(job.id())).path("status").asText()).isEqualTo("queued");
    assertThat(client.getJson(job(job.id())).path("status").asText()).isEqualTo("dreaming");
    assertThat(job.finishedAt()).isEmpty();
    assertThat(client.getJson(job(job.id())).path("status").asText()).isEqualTo("succeeded");
    assertThat(client.getJson(job(job.id())).path("status").asText()).isEqualTo("succeeded");
    assertThat(job.looks()).isEqualTo(4);
    assertThat(client.get(content(job.generationId())).statusCode()).isEqualTo(200);
  }

  @Test
  void failedJob_saysWhyAndNeverExpiresInItsJson() throws IOException {
    SimulatedJob failed = simulator.sora1Job().failed("input_moderation").add();

    JsonNode job = client.getJson(job(failed.id()));

    assertThat(job.path("status").asText()).isEqualTo("failed");
    assertThat(job.path("failure_reason").asText()).isEqualTo("input_moderation");
    assertThat(job.path("finished_at").asLong()).isEqualTo(1_760_000_000);
    assertThat(job.path("expires_at").isNull()).isTrue();
    assertThat(job.path("generations")).isEmpty();
  }

  @Test
  void oddJobs_areAnsweredAsDescribed() throws IOException {
    SimulatedJob stale = simulator.sora1Job().failed("other").generationsThoughFailed().add();
    SimulatedJob empty = simulator.sora1Job().generations(0).add();
    SimulatedJob fewer = simulator.sora1Job().variants(4).generations(3).add();
    SimulatedJob edited =
        simulator
            .sora1Job()
            .without("expires_at", "failure_reason")
            .editGenerations(json -> json.putObject("assets").put("download_url", "https://x/y"))
            .add();

    assertThat(client.getJson(job(stale.id())).path("generations")).hasSize(1);
    assertThat(client.getJson(job(empty.id())).path("generations")).isEmpty();
    assertThat(client.getJson(job(fewer.id())).path("generations")).hasSize(3);
    assertThat(client.getJson(job(fewer.id())).path("n_variants").asInt()).isEqualTo(4);
    JsonNode job = client.getJson(job(edited.id()));
    assertThat(keys(job)).doesNotContain("expires_at", "failure_reason");
    assertThat(job.at("/generations/0/assets/download_url").asText()).isEqualTo("https://x/y");
  }

  @Test
  void afterExpiry_jobGenerationAndContentAreGone() throws IOException {
    SimulatedJob job = simulator.sora1Job().add();
    clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(client.get(job(job.id())).statusCode()).isEqualTo(200);

    clock.advance(Duration.ofSeconds(1));

    assertThat(client.get(job(job.id())).statusCode()).isEqualTo(404);
    assertThat(client.get(generation(job.generationId())).statusCode()).isEqualTo(404);
    assertThat(client.get(content(job.generationId())).statusCode()).isEqualTo(404);
    assertThat(client.getJson(JOBS + PREVIEW).path("data")).isEmpty();
  }

  @Test
  void delete_answers204AndTakesTheContentAlong() throws IOException {
    SimulatedJob job = simulator.sora1Job().add();

    HttpResponse<byte[]> deleted = client.method("DELETE", job(job.id()));

    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    assertThat(client.get(job(job.id())).statusCode()).isEqualTo(404);
    assertThat(client.get(content(job.generationId())).statusCode()).isEqualTo(404);
    assertThat(client.method("DELETE", job(job.id())).statusCode()).isEqualTo(404);
  }

  @Test
  void list_pagesFromTheNewestAndFiltersByStatus() throws IOException {
    SimulatedJob oldest = simulator.sora1Job().createdAt(CREATED.minusSeconds(3)).add();
    SimulatedJob failed = simulator.sora1Job().createdAt(CREATED.minusSeconds(2)).failed("x").add();
    SimulatedJob newest = simulator.sora1Job().createdAt(CREATED.minusSeconds(1)).add();
    simulator.sora2Video().add();

    JsonNode first = client.getJson(JOBS + PREVIEW + "&limit=2");
    assertThat(keys(first)).containsExactly("object", "data", "has_more", "first_id", "last_id");
    assertThat(first.path("first_id").asText()).isEqualTo(newest.id());
    assertThat(first.path("last_id").asText()).isEqualTo(failed.id());
    assertThat(first.path("has_more").asBoolean()).isTrue();

    JsonNode second = client.getJson(JOBS + PREVIEW + "&limit=2&after=" + failed.id());
    assertThat(second.path("data")).hasSize(1);
    assertThat(second.path("first_id").asText()).isEqualTo(oldest.id());
    assertThat(second.path("has_more").asBoolean()).isFalse();

    JsonNode filtered = client.getJson(JOBS + PREVIEW + "&statuses=failed,cancelled");
    assertThat(filtered.path("data")).hasSize(1);
    assertThat(filtered.path("first_id").asText()).isEqualTo(failed.id());
  }

  @Test
  void thumbnail_isAJpeg() throws IOException {
    SimulatedJob job = simulator.sora1Job().add();

    HttpResponse<byte[]> thumbnail =
        client.get(content(job.generationId()).replace("/video?", "/thumbnail?"));

    assertThat(thumbnail.statusCode()).isEqualTo(200);
    assertThat(thumbnail.headers().firstValue("Content-Type")).contains("image/jpg");
    assertThat(thumbnail.headers().firstValue("Last-Modified")).isPresent();
    assertThat(thumbnail.body()).startsWith(0xff, 0xd8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?api-version=v1", "?api-version=2024-10-21"})
  void otherApiVersion_isRefused(String query) throws IOException {
    SimulatedJob job = simulator.sora1Job().add();
    String path = JOBS + "/" + job.id() + query;

    HttpResponse<byte[]> refused = client.get(path);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).at("/error/message").asText()).isEqualTo("API version not supported");

    simulator.unsupportedApiVersion(404);
    assertThat(client.get(path).statusCode()).isEqualTo(404);

    simulator.apiVersionRequired(false);
    assertThat(client.get(path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openai/v1/video/generations/%s/content?api-version=preview",
        "/openai/v1/video/generations/%s/content/gif?api-version=preview",
        "/openai/v1/generations/%s?api-version=preview",
        "/openai/v1/generations/%s/content?api-version=preview",
        "/openai/v1/video/generations/jobs/%s/content?api-version=preview",
        "/v1/video/generations/%s/content/video?api-version=preview",
        "/"
      })
  void undocumentedPath_isNotFound(String path) throws IOException {
    SimulatedJob job = simulator.sora1Job().add();

    HttpResponse<byte[]> answer = client.get(path.formatted(job.generationId()));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer))
        .hasToString("{\"error\":{\"code\":\"404\",\"message\":\"Resource not found\"}}");
  }

  @Test
  void everyResponse_hasARequestIdAndADateAndNoLocation() throws IOException {
    SimulatedJob job = simulator.sora1Job().add();

    for (String path : List.of(job(job.id()), content(job.generationId()), "/nothing")) {
      HttpResponse<byte[]> answer = client.get(path);
      assertThat(answer.headers().firstValue("apim-request-id")).isPresent();
      assertThat(answer.headers().firstValue("Date")).contains("Thu, 09 Oct 2025 08:53:20 GMT");
      assertThat(answer.headers().map())
          .doesNotContainKeys("location", "content-location", "operation-location");
    }
  }

  @Test
  void contentBeforeSuccess_answersAsSwitched() throws IOException {
    SimulatedJob job = simulator.sora1Job().statuses("running").add();
    assertThat(client.get(content(job.generationId())).statusCode()).isEqualTo(404);

    simulator.contentBeforeSuccess(409);
    assertThat(client.get(content(job.generationId())).statusCode()).isEqualTo(409);

    job.moveTo("succeeded");
    assertThat(client.get(content(job.generationId())).statusCode()).isEqualTo(200);
  }

  @Test
  void contentDelay_holdsTheContentBackAfterSuccess() throws IOException {
    SimulatedJob job = simulator.sora1Job().contentDelay(Duration.ofSeconds(30)).add();
    assertThat(client.get(content(job.generationId())).statusCode()).isEqualTo(404);

    clock.advance(Duration.ofSeconds(30));

    assertThat(client.get(content(job.generationId())).statusCode()).isEqualTo(200);
  }

  @Test
  void flatErrors_areNotWrapped() throws IOException {
    simulator.flatErrors(true);

    assertThat(json(client.get("/nothing")))
        .hasToString("{\"code\":\"404\",\"message\":\"Resource not found\"}");
  }
}

package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SimulatorOptions;
import io.soracourier.simulator.SoraSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that is not Azure's but of the same shape as its newer API. */
class CompatibleServerIT {
  @Test
  void serverOfTheVideosShape_isRequestedBelowItsVersionWithTheKeyAsBearer() {
    SimulatorOptions options = SimulatorOptions.defaults().withBasePath("/v1");
    try (SoraSimulator server = SoraSimulator.start(options);
        Deployment courier =
            Deployment.start(
                    builder ->
                        builder
                            .withoutSimulator()
                            .setting("AZURE_OPENAI_ENDPOINT", server.uri("/v1/videos").toString())
                            .setting("AZURE_OPENAI_API_KEY", server.apiKey()))
                .secret(server.apiKey())) {
      SimulatedJob job =
          server.sora2Video().id("anything-of-its-own_1").statuses("queued", "completed").add();

      courier.enqueue(job.id());
      JsonNode message = courier.outcome(job.id());

      assertThat(message.path("status").asText()).as(message.toString()).isEqualTo("copied");
      assertThat(message.path("blobUrl").asText()).endsWith("/videos/anything-of-its-own_1.mp4");
      assertThat(server.requests())
          .extracting(request -> request.route().orElseThrow())
          .containsExactly(Route.GET_VIDEO, Route.GET_VIDEO, Route.GET_VIDEO_CONTENT);
      assertThat(server.requests())
          .allSatisfy(
              request -> {
                assertThat(request.header("Authorization")).contains("Bearer " + server.apiKey());
                assertThat(request.header("api-key")).isEmpty();
              });
    }
  }

  @Test
  void serverThatWantsNoKey_isSentNoCredentialAtAll() throws Exception {
    SimulatorOptions options = SimulatorOptions.defaults().withBasePath("/v1").withAnonymous();
    try (SoraSimulator server = SoraSimulator.start(options);
        IdentityServer identity = new IdentityServer(resource -> "a-token-that-nobody-wants");
        Deployment courier =
            Deployment.start(
                builder ->
                    identity
                        .on(builder)
                        .withoutSimulator()
                        .setting("AZURE_OPENAI_ENDPOINT", server.uri("/v1").toString())
                        .setting("AZURE_OPENAI_API_KEY", "None"))) {
      SimulatedJob job = server.sora2Video().statuses("queued", "completed").add();
      SimulatedJob refused = server.sora2Video().add();
      server.on(Route.GET_VIDEO, refused.id()).always(Fault.status(401));

      courier.enqueue(job.id());
      JsonNode message = courier.outcome(job.id());

      assertThat(message.path("status").asText()).as(message.toString()).isEqualTo("copied");
      assertThat(diagnosis(courier, job.id(), "text/html"))
          .contains("not sent: AZURE_OPENAI_API_KEY is none")
          .doesNotContain("YOUR_", "another origin");
      assertThat(diagnosis(courier, job.id(), "application/json"))
          .contains("\"credential\" : false", "curl -sS -i -o - ", "Invoke-WebRequest")
          .doesNotContain("Authorization", "api-key", "YOUR_");
      assertThat(diagnosis(courier, refused.id(), "application/json"))
          .contains("AZURE_OPENAI_API_KEY is none: put the server's key there");
      assertThat(server.requests())
          .hasSizeGreaterThan(4)
          .allSatisfy(
              request ->
                  assertThat(request.headers().names())
                      .noneMatch(name -> name.matches("(?i)authorization|api-key")));
      assertThat(identity.resources()).isEmpty();
    }
  }

  @Test
  void pageAtTheEndpoint_isLoggedAtTheStart() {
    SimulatorOptions options = SimulatorOptions.defaults().withBasePath("/v1").withAnonymous();
    try (SoraSimulator server = SoraSimulator.start(options)) {
      server.on(request -> true).always(Fault.html(200));
      try (Deployment courier =
          Deployment.start(
              builder ->
                  builder
                      .withoutSimulator()
                      .setting("COURIER_SORA_START_CHECK", "true")
                      .setting("AZURE_OPENAI_ENDPOINT", server.uri("").toString())
                      .setting("AZURE_OPENAI_API_KEY", "none"))) {
        courier
            .host()
            .console()
            .await(
                line ->
                    line.contains(" ERROR ")
                        && line.contains("event=denied")
                        && line.contains("a web page")
                        && line.contains("AZURE_OPENAI_ENDPOINT"),
                Deployment.IN_TIME,
                "lines about the endpoint");
        assertThat(server.requests())
            .extracting(RecordedRequest::target)
            .containsExactly("/v1/videos", "/v1/video/generations/jobs?api-version=preview");
      }
    }
  }

  @Test
  void endpointThatIsAnApi_isLeftAloneAtTheStart() {
    SimulatorOptions options = SimulatorOptions.defaults().withBasePath("/v1");
    try (SoraSimulator server = SoraSimulator.start(options);
        Deployment courier =
            Deployment.start(
                    builder ->
                        builder
                            .withoutSimulator()
                            .setting("COURIER_SORA_START_CHECK", "true")
                            .setting("AZURE_OPENAI_ENDPOINT", server.uri("").toString())
                            .setting("AZURE_OPENAI_API_KEY", server.apiKey()))
                .secret(server.apiKey())) {
      server.awaitRequests(1, Deployment.IN_TIME, request -> request.done());
      SimulatedJob job = server.sora2Video().add();

      courier.enqueue(job.id());

      assertThat(courier.outcome(job.id()).path("status").asText()).isEqualTo("copied");
      assertThat(server.requests())
          .extracting(request -> request.route().orElseThrow())
          .containsExactly(Route.LIST_VIDEOS, Route.GET_VIDEO, Route.GET_VIDEO_CONTENT);
      assertThat(courier.stack().handlerLines()).noneMatch(line -> line.contains("event=denied"));
    }
  }

  @Test
  void hostWithoutAPath_isRequestedBelowV1WithTheKeyAsBearer() {
    SimulatorOptions options = SimulatorOptions.defaults().withBasePath("/v1");
    try (SoraSimulator server = SoraSimulator.start(options);
        Deployment courier =
            Deployment.start(
                    builder ->
                        builder
                            .withoutSimulator()
                            .setting("AZURE_OPENAI_ENDPOINT", server.uri("").toString())
                            .setting("AZURE_OPENAI_API_KEY", server.apiKey()))
                .secret(server.apiKey())) {
      SimulatedJob job = server.sora2Video().statuses("completed").add();

      courier.enqueue(job.id());

      assertThat(courier.outcome(job.id()).path("status").asText()).isEqualTo("copied");
      assertThat(server.requests())
          .extracting(RecordedRequest::path)
          .containsExactly("/v1/videos/" + job.id(), "/v1/videos/" + job.id() + "/content");
      assertThat(server.requests())
          .allSatisfy(
              request ->
                  assertThat(request.header("Authorization"))
                      .contains("Bearer " + server.apiKey()));
    }
  }

  @ParameterizedTest
  @CsvSource({"x-api-key, ''", "Authorization: Token, Token"})
  void keyInAHeaderOfTheServersOwn_goesToItsOriginOnlyAndIsShownNowhere(
      String setting, String prefix) throws Exception {
    String name = setting.split(":")[0];
    String value = prefix + (prefix.isEmpty() ? "" : " ");
    SimulatorOptions options = SimulatorOptions.defaults().withBasePath("/v1").withAnonymous();
    try (SoraSimulator server = SoraSimulator.start(options);
        SoraSimulator elsewhere = SoraSimulator.sink();
        Deployment courier =
            Deployment.start(
                    builder ->
                        builder
                            .withoutSimulator()
                            .setting("AZURE_OPENAI_ENDPOINT", server.endpoint().toString())
                            .setting("AZURE_OPENAI_API_KEY", server.apiKey())
                            .setting("COURIER_SORA_KEY_HEADER", setting))
                .secret(server.apiKey())) {
      SimulatedJob job = server.sora2Video().statuses("queued", "completed").add();
      server.on(Route.GET_VIDEO_CONTENT, job.id()).always(Fault.redirect(elsewhere.uri("/v.mp4")));
      elsewhere.on("GET", "/v.mp4").always(Fault.video(job.video()));
      SimulatedJob refused = server.sora2Video().add();
      server
          .on(Route.GET_VIDEO, refused.id())
          .always(
              Fault.json(
                  410,
                  "{\"error\":{\"message\":\"you sent %s: %s%s\"}}"
                      .formatted(name, value, server.apiKey())));

      courier.enqueue(job.id());
      JsonNode message = courier.outcome(job.id());
      courier.enqueue(refused.id());

      assertThat(message.path("status").asText()).as(message.toString()).isEqualTo("copied");
      assertThat(courier.outcome(refused.id()).toString())
          .contains("you sent ")
          .doesNotContain(server.apiKey());
      assertThat(diagnosis(courier, job.id(), "application/json"))
          .contains(
              "-H '%s: %sYOUR_KEY'".formatted(name, value),
              "'%s' = '%sYOUR_KEY'".formatted(name, value))
          .doesNotContain(server.apiKey(), "Bearer");
      assertThat(server.requests())
          .hasSizeGreaterThan(4)
          .allSatisfy(
              request -> {
                assertThat(request.header(name)).contains(value + server.apiKey());
                assertThat(request.headers().names())
                    .filteredOn(sent -> sent.matches("(?i)authorization|(x-)?api-key"))
                    .hasSize(1);
              });
      assertThat(elsewhere.requests())
          .isNotEmpty()
          .allSatisfy(
              request ->
                  assertThat(request.headers().names())
                      .noneMatch(sent -> sent.matches("(?i)authorization|(x-)?api-key")));
    }
  }

  private static String diagnosis(Deployment courier, String jobId, String type)
      throws IOException, InterruptedException {
    URI uri =
        URI.create(
            courier.host().url()
                + "/api/diagnose/"
                + jobId
                + "?code="
                + courier.host().functionKey());
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).header("Accept", type).build(), BodyHandlers.ofString())
        .body();
  }
}

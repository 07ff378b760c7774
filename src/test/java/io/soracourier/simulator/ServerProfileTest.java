package io.soracourier.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.soracourier.simulator.ServerProfile.Where;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers of profiles, as a client sees them that does what their documents say. */
class ServerProfileTest {
  private static final Instant CREATED = Instant.ofEpochSecond(1_790_000_000);
  private static final Duration STATE_TIME = Duration.ofSeconds(10);

  private final MutableClock clock = MutableClock.at(CREATED);

  static List<ServerProfile> all() {
    return ServerProfile.all();
  }

  static Stream<ServerProfile> withKey() {
    return all().stream().filter(profile -> !profile.isAnonymous());
  }

  @Test
  void everyFile_isAProfile() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/local/resources/servers"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              all().stream().map(profile -> profile.name() + ".json").toList());
    }
  }

  @Test
  void unknownName_isRefusedWithTheListOfNames() {
    assertThatThrownBy(() -> ServerProfile.named("lite-llm"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lite-llm")
        .hasMessageContaining("vllm-omni, sglang, ")
        .hasMessageContaining("litellm");
  }

  @ParameterizedTest
  @MethodSource("all")
  void createdJob_goesThroughItsWordsToItsVideo(ServerProfile profile) throws Exception {
    try (SoraSimulator server = start(profile)) {
      JsonNode created = json(post(server, profile));
      String id = created.path(created.has("request_id") ? "request_id" : "id").asText();
      String path = profile.basePath() + "/videos/" + ProfileValues.escaped(id);

      JsonNode job = null;
      for (String word : profile.words()) {
        job = poll(server, profile, path);
        assertThat(job.path("status").asText()).isEqualTo(word);
        clock.advance(STATE_TIME);
      }
      HttpResponse<byte[]> video = video(server, profile, path, job);

      assertThat(video.statusCode()).isEqualTo(200);
      assertThat(video.body()).isEqualTo(Mp4.genuine().bytes());
      assertThat(video.headers().map().containsKey("accept-ranges"))
          .isEqualTo(profile.content().ranges());
      assertThat(video.headers().map().containsKey("content-length"))
          .isNotEqualTo(profile.content().chunked());
    }
  }

  @ParameterizedTest
  @MethodSource("withKey")
  void requestWithoutItsKey_isDenied(ServerProfile profile) throws Exception {
    try (SoraSimulator server = start(profile)) {
      SimulatedJob job = server.sora2Video().add();
      URI uri = server.uri(profile.basePath() + "/videos/" + ProfileValues.escaped(job.id()));

      assertThat(send(HttpRequest.newBuilder(uri)).statusCode()).isEqualTo(401);
      assertThat(send(HttpRequest.newBuilder(uri).header("api-key", server.apiKey())).statusCode())
          .isEqualTo(401);
      assertThat(send(authenticated(server, profile, uri)).statusCode()).isEqualTo(200);
      assertThat(job.looks()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vllm-omni | video_gen_[0-9a-f]{12}4[0-9a-f]{19}",
        "sglang | [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        "fastvideo | [0-9a-f]{32}",
        "tensorrt-llm | video_[0-9a-f]{12}4[0-9a-f]{19}",
        "qvac | video_[0-9a-f]{24}",
        "litellm | video_[A-Za-z0-9]{200,350}={1,2}",
        "new-api | task_[A-Za-z0-9]{32}",
        "bifrost | models%2Fveo-3.1-generate-preview%2Foperations%2F[0-9a-f]{12}:gemini",
        "aisix | [A-Za-z0-9_-]{120,174}",
        "stdapi | video_[A-Za-z0-9_-]{140,170}",
        "grok2api | video_[A-Za-z0-9]{24}",
        "openrouter | gen-vid-\\d{10}-[A-Za-z0-9]{20}"
      })
  void id_looksAsTheServers(String name, String form) {
    try (SoraSimulator server = start(ServerProfile.named(name))) {
      assertThat(server.sora2Video().add().id())
          .matches(form)
          .isNotEqualTo(server.sora2Video().add().id());
    }
  }

  /**
   * The server decodes a path once: what is in the id as an escape is sent as an escape of that.
   */
  @Test
  void idWithEscapes_isDecodedOnce() throws Exception {
    ServerProfile bifrost = ServerProfile.named("bifrost");
    try (SoraSimulator server = start(bifrost)) {
      server.sora2Video().id("models%2Fveo:gemini").add();

      assertThat(status(server, bifrost, "/v1/videos/models%252Fveo%3Agemini")).isEqualTo(200);
      assertThat(status(server, bifrost, "/v1/videos/models%252fveo:gemini")).isEqualTo(404);
      assertThat(status(server, bifrost, "/v1/videos/models%2Fveo%3Agemini")).isEqualTo(404);
      assertThat(status(server, bifrost, "/v1/videos/models/veo:gemini")).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vllm-omni | queued | 404 | /detail",
        "vllm-omni | failed | 422 | /detail",
        "fastvideo | failed | 500 | /detail",
        "tensorrt-llm | queued | 400 | /message",
        "qvac | queued | 409 | /error/code",
        "qvac | gone | 410 | /error/code",
        "litellm | processing | 500 | /error/code",
        "new-api | failed | 400 | /error/message",
        "new-api | gone | 502 | /error/message",
        "sglang-s3 | completed | 400 | /detail",
        "xai | done | 404 | /error/message"
      })
  void contentThatIsNotThere_isAnsweredInTheServersWay(
      String name, String state, int status, String pointer) throws Exception {
    ServerProfile profile = ServerProfile.named(name);
    try (SoraSimulator server = start(profile)) {
      JobBuilder job = server.sora2Video();
      String id =
          (state.equals("gone") ? job.contentDelay(Duration.ofHours(1)) : job.statuses(state))
              .add()
              .id();

      HttpResponse<byte[]> response =
          send(
              authenticated(
                  server, profile, server.uri(profile.basePath() + "/videos/" + id + "/content")));

      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(json(response).at(pointer).asText()).isNotEmpty();
    }
  }

  @Test
  void otherPaths_areTheDashboardsOnlyOutsideTheApi() throws Exception {
    ServerProfile profile = ServerProfile.named("new-api");
    try (SoraSimulator server = start(profile)) {
      HttpResponse<byte[]> page = send(HttpRequest.newBuilder(server.uri("/openai/v1/videos/x")));

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("content-type"))
          .get()
          .asString()
          .startsWith("text/html");
      assertThat(status(server, profile, "/v1/no-such-route")).isEqualTo(404);
      assertThat(status(server, profile, "/v1/videos/unknown")).isEqualTo(400);
      assertThat(status(server, profile, "/v1/videos/unknown/content")).isEqualTo(404);
    }
  }

  /** As a store of files does: one credential, and that is the URL's own. */
  @Test
  void signedUrl_takesNoSecondCredential() throws Exception {
    ServerProfile profile = ServerProfile.named("aisix");
    try (SoraSimulator server = start(profile)) {
      SimulatedJob job = server.sora2Video().add();
      HttpResponse<byte[]> redirect =
          send(authenticated(server, profile, server.uri("/v1/videos/" + job.id() + "/content")));
      URI signed = URI.create(redirect.headers().firstValue("location").orElseThrow());

      assertThat(redirect.statusCode()).isEqualTo(302);
      assertThat(signed.getHost()).isEqualTo("localhost");
      assertThat(send(HttpRequest.newBuilder(signed)).statusCode()).isEqualTo(200);
      assertThat(send(authenticated(server, profile, signed)).statusCode()).isEqualTo(400);
      assertThat(send(HttpRequest.newBuilder(URI.create(signed + "x"))).statusCode())
          .isEqualTo(403);
    }
  }

  private SoraSimulator start(ServerProfile profile) {
    return SoraSimulator.start(
        SimulatorOptions.defaults().withServer(profile).withClock(clock).withStateTime(STATE_TIME));
  }

  private static HttpResponse<byte[]> post(SoraSimulator server, ServerProfile profile)
      throws Exception {
    URI uri = server.uri(profile.basePath() + profile.create().path());
    HttpResponse<byte[]> created =
        send(
            authenticated(server, profile, uri)
                .POST(BodyPublishers.ofString("{\"model\":\"m\",\"prompt\":\"p\"}")));
    assertThat(created.statusCode()).isEqualTo(profile.create().status());
    return created;
  }

  /** Again where the response is empty, as xAI's first one is. */
  private static JsonNode poll(SoraSimulator server, ServerProfile profile, String path)
      throws Exception {
    HttpResponse<byte[]> response = send(authenticated(server, profile, server.uri(path)));
    if (response.body().length == 0) {
      assertThat(response.statusCode()).isEqualTo(202);
      response = send(authenticated(server, profile, server.uri(path)));
    }
    return json(response);
  }

  private static HttpResponse<byte[]> video(
      SoraSimulator server, ServerProfile profile, String path, JsonNode job) throws Exception {
    if (profile.content().where() == Where.URL) {
      URI url =
          URI.create(
              Stream.of("/url", "/video/url", "/outputs/video_url")
                  .map(pointer -> job.at(pointer).asText())
                  .filter(text -> text.startsWith("http"))
                  .findFirst()
                  .orElseThrow());
      return send(HttpRequest.newBuilder(url));
    }
    HttpResponse<byte[]> content =
        send(authenticated(server, profile, server.uri(path + "/content")));
    return content.statusCode() == 302
        ? send(
            HttpRequest.newBuilder(
                URI.create(content.headers().firstValue("location").orElseThrow())))
        : content;
  }

  private static int status(SoraSimulator server, ServerProfile profile, String path)
      throws Exception {
    return send(authenticated(server, profile, server.uri(path))).statusCode();
  }

  private static HttpRequest.Builder authenticated(
      SoraSimulator server, ServerProfile profile, URI uri) {
    return profile.request(uri, server.apiKey());
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
  }

  private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }
}

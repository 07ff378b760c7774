package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.simulator.MutableClock;
import io.soracourier.simulator.ServerProfile;
import io.soracourier.simulator.SimulatorOptions;
import io.soracourier.simulator.SoraSimulator;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JobKindTest {
  private static final Duration STATE_TIME = Duration.ofSeconds(2);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  static List<ServerProfile> servers() {
    return ServerProfile.all();
  }

  @Test
  void azure_makesEveryKind() throws Exception {
    assertThat(JobKind.of(Optional.empty())).containsExactly(JobKind.values());
    assertEachKindEnds(Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("servers")
  void otherServer_makesAllButSora1(ServerProfile server) throws Exception {
    assertThat(JobKind.of(Optional.of(server)))
        .contains(JobKind.VIDEOS, JobKind.LARGE, JobKind.FAILED, JobKind.MODERATED)
        .doesNotContain(JobKind.SORA_1);
    assertEachKindEnds(Optional.of(server));
  }

  @Test
  void severalVideos_areOfTheServersThatAreKnownToMakeThem() {
    assertThat(
            ServerProfile.all().stream()
                .filter(server -> JobKind.of(Optional.of(server)).contains(JobKind.SEVERAL))
                .map(ServerProfile::name))
        .containsExactly("sglang", "sglang-s3", "bifrost", "openrouter");
  }

  /** In every state the simulator has a response, and where that has a progress, it grows. */
  private static void assertEachKindEnds(Optional<ServerProfile> server) throws Exception {
    MutableClock clock = MutableClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    SimulatorOptions options = SimulatorOptions.defaults().withClock(clock);
    try (SoraSimulator simulator =
        SoraSimulator.start(server.map(options::withServer).orElse(options))) {
      for (JobKind kind : JobKind.of(server)) {
        String id = kind.make(simulator, server, STATE_TIME);
        int progress = -1;
        for (int state = 0; state < 6; state++) {
          JsonNode job = poll(simulator, server, kind, id);
          if (server.isEmpty() && job.has("progress")) {
            assertThat(job.path("progress").asInt()).isGreaterThanOrEqualTo(progress);
            progress = job.path("progress").asInt();
          }
          clock.advance(STATE_TIME);
        }
        assertThat(simulator.job(id).orElseThrow().status())
            .isIn(
                kind == JobKind.FAILED || kind == JobKind.MODERATED
                    ? List.of("failed")
                    : List.of("succeeded", "completed", "done"));
      }
    }
  }

  private static JsonNode poll(
      SoraSimulator simulator, Optional<ServerProfile> server, JobKind kind, String id)
      throws Exception {
    boolean sora1 = id.startsWith("task_") && server.isEmpty();
    URI uri =
        URI.create(
            simulator.endpoint()
                + (sora1 ? "/video/generations/jobs/" : "/videos/")
                + URLEncoder.encode(id, StandardCharsets.UTF_8)
                + (sora1 ? "?api-version=preview" : ""));
    HttpRequest.Builder request =
        server
            .map(other -> other.request(uri, simulator.apiKey()))
            .orElseGet(() -> HttpRequest.newBuilder(uri).header("api-key", simulator.apiKey()));
    HttpResponse<String> response =
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(kind + ": " + response.body()).isIn(200, 202);
    return Payload.JSON.readTree(response.body());
  }
}

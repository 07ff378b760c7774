package io.soracourier.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.soracourier.local.Command;
import io.soracourier.local.NodePackages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The simulator under the client of those whose API it is: what that sends is understood, and what
 * that reads is there. The servers of the same shape are held to it where they say that they have
 * all of its operations.
 */
class OfficialClientIT {
  private static final Path PROJECT = Path.of(System.getProperty("basedir", ""));
  private static final SimulatorOptions OPTIONS =
      SimulatorOptions.defaults().withStateTime(Duration.ofMillis(300));

  @ParameterizedTest
  @ValueSource(strings = {"", "stdapi", "bifrost"})
  void video_isMadePolledDownloadedListedAndDeleted(String server) throws IOException {
    SimulatorOptions options =
        server.isEmpty()
            ? OPTIONS.withBasePath("/v1")
            : OPTIONS.withServer(ServerProfile.named(server));
    try (SoraSimulator simulator = SoraSimulator.start(options)) {
      SimulatedJob older = simulator.sora2Video().add();
      SimulatedJob oldest =
          simulator.sora2Video().createdAt(older.createdAt().minusSeconds(60)).add();

      JsonNode seen = run(simulator);

      String id = seen.at("/created/id").asText();
      assertThat(seen.at("/created/object").asText()).isEqualTo("video");
      assertThat(seen.at("/created/status").asText()).isEqualTo("queued");
      assertThat(seen.path("statuses"))
          .extracting(JsonNode::asText)
          .containsSubsequence("in_progress", "completed");
      assertThat(seen.at("/video/id").asText()).isEqualTo(id);
      assertThat(seen.path("md5").asText()).isEqualTo(Mp4.genuine().md5Base64());
      assertThat(seen.path("contentType").asText()).isEqualTo("video/mp4");
      assertThat(seen.path("listed"))
          .extracting(JsonNode::asText)
          .containsExactly(id, older.id(), oldest.id());
      assertThat(seen.at("/deleted/deleted").asBoolean()).isTrue();
      assertThat(seen.at("/deleted/object").asText()).isEqualTo("video.deleted");
      assertThat(seen.at("/afterwards/type").asText()).isEqualTo("NotFoundError");
      assertThat(simulator.requests())
          .allSatisfy(
              request ->
                  assertThat(request.header("Authorization"))
                      .contains("Bearer " + simulator.apiKey()));
      assertThat(simulator.requests(Route.LIST_VIDEOS)).hasSize(2);
    }
  }

  private static JsonNode run(SoraSimulator simulator) throws IOException {
    new NodePackages(PROJECT, "src/test/doubles").file("openai");
    Command client =
        Command.run(
            PROJECT.resolve("src/test/doubles"),
            List.of("node", "client.mjs", simulator.endpoint().toString(), simulator.apiKey()));
    assertThat(client.exitCode()).as(client.lines().toString()).isZero();
    return new ObjectMapper().readTree(client.lastLine());
  }
}

package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.local.Aimock;
import io.soracourier.simulator.Content;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.SoraSimulator;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A server that other people wrote, aimock: from a job made over its own API to the blob and the
 * outcome. What it does not do is at {@link Aimock}; the profiles of the simulator do the rest.
 */
class AimockIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "aimock-key-0123456789abcdef";
  private static final Content VIDEO = Mp4.small();

  private static SoraSimulator media;
  private static Aimock aimock;

  @BeforeAll
  static void start() {
    media = SoraSimulator.sink();
    media.on("GET", "/boat.mp4").always(Fault.video(VIDEO));
    ArrayNode fixtures = JSON.createArrayNode();
    ObjectNode made = fixture(fixtures, "a paper boat");
    made.put("id", "video_of_aimock-1").put("status", "completed");
    made.put("url", "http://localhost:" + media.port() + "/boat.mp4");
    made.put("b64", Base64.getEncoder().encodeToString(VIDEO.bytes()));
    ObjectNode failed = fixture(fixtures, "a sunken boat");
    failed.put("id", "video_of_aimock-2").put("status", "failed").put("error", "It sank.");
    ObjectNode options = JSON.createObjectNode();
    options.putObject("auth").putArray("apiKeys").add(KEY);
    for (String provider : new String[] {"openRouterVideo", "grokVideo"}) {
      options.putObject(provider).put("pollsBeforeInProgress", 1).put("pollsBeforeCompleted", 2);
    }
    aimock = Aimock.start(Project.directory(), fixtures, options);
  }

  @AfterAll
  static void stop() {
    aimock.close();
    media.close();
  }

  private static ObjectNode fixture(ArrayNode fixtures, String prompt) {
    ObjectNode fixture = fixtures.addObject();
    fixture.putObject("match").put("userMessage", prompt).put("endpoint", "video");
    return fixture.putObject("response").putObject("video");
  }

  @ParameterizedTest
  @CsvSource({
    "OpenRouter, /api/v1, /videos, id, 2, 0, It sank.",
    "xAI, /v1, /videos/generations, request_id, 2, 1, It sank.",
    "Sora, /v1, /videos, id, 1, 1, 'failed'"
  })
  void jobMadeOverItsOwnApi_isCopiedOrReportedInItsWords(
      String shape, String base, String create, String id, int looks, int ofMediaHost, String words)
      throws Exception {
    String made = create(base + create, "a paper boat").path(id).asText();
    String failed = create(base + create, "a sunken boat").path(id).asText();
    media.forgetRequests();
    try (Deployment courier = deployment(base)) {
      courier.enqueue(made);
      courier.enqueue(failed);
      JsonNode copied = courier.outcome(made);
      JsonNode failure = courier.outcome(failed);

      assertThat(copied.path("status").asText()).as(copied.toString()).isEqualTo("copied");
      assertThat(copied.path("looks").asInt()).isEqualTo(looks);
      assertThat(copied.path("contentMd5").asText()).isEqualTo(VIDEO.md5Base64());
      assertThat(courier.stack().blob(made + ".mp4").bytes()).isEqualTo(VIDEO.bytes());
      assertThat(media.requests())
          .hasSize(ofMediaHost)
          .allMatch(request -> request.header("Authorization").isEmpty());
      assertThat(failure.path("reason").asText()).as(failure.toString()).isEqualTo("job-failed");
      assertThat(failure.path("message").asText()).contains(words);
    }
  }

  private static JsonNode create(String path, String prompt) throws Exception {
    String body = JSON.createObjectNode().put("model", "m").put("prompt", prompt).toString();
    HttpRequest request =
        HttpRequest.newBuilder(aimock.uri(path))
            .header("Authorization", "Bearer " + KEY)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return JSON.readTree(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
  }

  private static Deployment deployment(String base) {
    return Deployment.start(
            stack ->
                stack
                    .withoutSimulator()
                    .setting("AZURE_OPENAI_ENDPOINT", aimock.uri(base).toString())
                    .setting("AZURE_OPENAI_API_KEY", KEY)
                    .setting("COURIER_CONTENT_ALLOWED_HOSTS", "localhost")
                    .setting("COURIER_LOOK_FIRST_DELAY", "200ms")
                    .setting("COURIER_LOOK_MAX_DELAY", "400ms"))
        .secret(KEY);
  }
}

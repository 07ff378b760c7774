package io.soracourier.handler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SoraSimulator;
import io.soracourier.sora.SimulatedServiceProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol as the Functions host speaks it, over HTTP. */
@QuarkusTest
@TestProfile(SimulatedServiceProfile.class)
class InvocationResourceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();

  @TestHTTPResource URI handler;
  @Inject SoraSimulator simulator;

  @Test
  void readiness_isAnswered() throws Exception {
    HttpResponse<String> ready =
        http.send(HttpRequest.newBuilder(handler).build(), BodyHandlers.ofString());

    assertThat(ready.statusCode()).isEqualTo(200);
  }

  @Test
  void invocation_isAnsweredWithOutputsAndLogs() throws Exception {
    HttpResponse<String> answer = post("Echo", invocation("in", "hello"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(JSON.readTree(answer.body()))
        .isEqualTo(
            JSON.readTree("{\"Outputs\":{\"out\":\"hello by 8b2f\"},\"Logs\":[\"{0} of Echo\"]}"));
  }

  @Test
  void functionWithoutOutputs_returnsAnEmptyObject() throws Exception {
    HttpResponse<String> answer = post("Silent", invocation("in", "x"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).isObject()).isTrue();
    assertThat(JSON.readTree(answer.body()).has("Outputs")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Nothing", "copyvideo", "api%2FEcho", "a%0D%0Aevent=copied"})
  void unknownFunction_isNotFoundWithTheListOfThoseThatExist(String path) throws Exception {
    HttpResponse<String> answer = post(path, invocation("in", "x"));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(error(answer)).contains("no such function", "CopyVideo").doesNotContain("\n", "\r");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "null", "[]", "not json", "{\"Data\":{\"other\":\"x\"}}"})
  void malformedInvocation_isABadRequest(String body) throws Exception {
    HttpResponse<String> answer = post("CopyVideo", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(error(answer)).contains("POST /CopyVideo is not an invocation");
  }

  @ParameterizedTest
  @CsvSource({"Throw, the reason", "ThrowError, ThrowError failed"})
  void functionThatThrows_fails(String function, String words) throws Exception {
    HttpResponse<String> answer = post(function, invocation("in", "the reason"));

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(error(answer))
        .contains("POST /" + function + " failed, the message stays on its queue")
        .contains(words);
  }

  @Test
  void messageThatIsNotAJob_isAnOutcome() throws Exception {
    HttpResponse<String> answer = post("CopyVideo", invocation("job", "../x"));

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode videos = JSON.readTree(answer.body()).path("Outputs").path("video");
    assertThat(videos).hasSize(1);
    assertThat(JSON.readTree(videos.get(0).textValue()).path("reason").textValue())
        .isEqualTo("invalid-message");
    assertThat(JSON.readTree(answer.body()).path("Logs").get(0).textValue())
        .startsWith("failed: the message is not a job");
  }

  /** There is no storage: the message must stay where it is. */
  @Test
  void jobThatCannotBePutBack_failsTheInvocation() throws Exception {
    SimulatedJob job = simulator.sora1Job().statuses("running").add();

    HttpResponse<String> answer = post("CopyVideo", invocation("job", job.id()));

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(error(answer)).contains("Put Message sora-jobs failed");
  }

  @Test
  void jobThatEnded_isAnOutcomeWithItsLogLine() throws Exception {
    SimulatedJob job = simulator.sora1Job().failed("input_moderation").add();

    HttpResponse<String> answer = post("CopyVideo", invocation("job", job.id()));

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode json = JSON.readTree(answer.body());
    String outcome = json.at("/Outputs/video/0").textValue();
    assertThat(JSON.readTree(outcome).path("reason").textValue()).isEqualTo("moderated");
    assertThat(json.path("Logs").get(0).textValue())
        .startsWith("failed " + job.id() + ": moderated: ");
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(handler.resolve("/" + path))
            .header("Content-Type", "application/json; charset=utf-8")
            .header("X-Azure-Functions-InvocationId", "8b2f")
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static String invocation(String binding, String message) {
    String base64 = Base64.getEncoder().encodeToString(message.getBytes(UTF_8));
    return "{\"Data\":{\"%s\":\"%s\"},\"Metadata\":{}}".formatted(binding, base64);
  }

  private static String error(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body()).path("error").textValue();
  }
}

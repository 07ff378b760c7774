package io.soracourier.simulator;

import static io.soracourier.simulator.SimulatorClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationTest {
  private final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
  private final SoraSimulator simulator =
      SoraSimulator.start(SimulatorOptions.defaults().withClock(clock).withApiKey("the-key"));
  private final SimulatorClient client = new SimulatorClient(simulator);
  private final SimulatedJob job = simulator.sora1Job().add();

  @AfterEach
  void close() {
    simulator.close();
  }

  @ParameterizedTest
  @CsvSource({
    "api-key, the-key, 200",
    "API-Key, the-key, 200",
    "Authorization, Bearer the-key, 200",
    "authorization, bearer the-key, 200",
    "api-key, other-key, 401",
    "api_key, the-key, 401",
    "Authorization, Basic the-key, 401",
    "Authorization, Bearer a-token, 401",
    "Accept, */*, 401"
  })
  void credential_isAcceptedOrRefused(String header, String value, int status) throws IOException {
    assertThat(look(header, value).statusCode()).isEqualTo(status);
  }

  @Test
  void refusedRequest_isReportedBeforeAnythingElse() throws IOException {
    Script script = simulator.on(Route.GET_JOB).answer(Fault.status(503));
    HttpRequest.Builder nowhere = HttpRequest.newBuilder(simulator.uri("/nowhere"));

    assertThat(client.send(nowhere, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
    HttpResponse<byte[]> refused = look("api-key", "wrong");

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(json(refused).at("/error/code").asText()).isEqualTo("401");
    assertThat(json(refused).at("/error/message").asText())
        .startsWith("Access denied due to invalid subscription key or wrong API endpoint.");
    assertThat(script.remaining()).isEqualTo(1);
  }

  @Test
  void token_isAcceptedUntilItExpiresOrIsRejected() throws IOException {
    simulator.acceptToken("short", clock.instant().plusSeconds(60)).acceptToken("long");
    assertThat(look("Authorization", "Bearer short").statusCode()).isEqualTo(200);

    clock.advance(Duration.ofSeconds(60));
    assertThat(look("Authorization", "Bearer short").statusCode()).isEqualTo(401);
    assertThat(look("Authorization", "Bearer long").statusCode()).isEqualTo(200);

    simulator.rejectToken("long");
    assertThat(look("Authorization", "Bearer long").statusCode()).isEqualTo(401);
  }

  @Test
  void newKey_replacesTheOld() throws IOException {
    simulator.apiKey("new-key");

    assertThat(look("api-key", "the-key").statusCode()).isEqualTo(401);
    assertThat(look("api-key", "new-key").statusCode()).isEqualTo(200);
  }

  @Test
  void anonymousScript_letsEveryoneInThere() throws IOException {
    simulator.on("GET", "/open").anonymous().always(Fault.json(200, "{}"));

    HttpRequest.Builder open = HttpRequest.newBuilder(simulator.uri("/open"));

    assertThat(client.send(open, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    assertThat(look("Accept", "*/*").statusCode()).isEqualTo(401);
  }

  @Test
  void sink_letsEveryoneInAndRecordsTheirHeaders() throws IOException {
    try (SoraSimulator sink = SoraSimulator.sink()) {
      sink.on(request -> true).always(Fault.video(Mp4.genuine()));
      HttpRequest.Builder request =
          HttpRequest.newBuilder(sink.uri("/any/where?sig=1")).header("X-Leak", "canary");

      assertThat(client.send(request, BodyHandlers.ofByteArray()).body())
          .isEqualTo(Mp4.genuine().bytes());

      RecordedRequest recorded = sink.requests().get(0);
      assertThat(recorded.target()).isEqualTo("/any/where?sig=1");
      assertThat(recorded.header("x-leak")).contains("canary");
      assertThat(recorded.headers().has("api-key")).isFalse();
    }
  }

  private HttpResponse<byte[]> look(String header, String value) throws IOException {
    return client.send(
        HttpRequest.newBuilder(simulator.uri(SimulatorClient.job(job.id()))).header(header, value),
        BodyHandlers.ofByteArray());
  }
}

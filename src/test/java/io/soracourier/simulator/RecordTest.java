package io.soracourier.simulator;

import static io.soracourier.simulator.SimulatorClient.content;
import static io.soracourier.simulator.SimulatorClient.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int CONNECTIONS = 250;

  private final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
  private final SoraSimulator simulator =
      SoraSimulator.start(SimulatorOptions.defaults().withClock(clock));
  private final SimulatorClient client = new SimulatorClient(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void requests_areRecordedInOrderWithWhatBecameOfThem() throws IOException {
    SimulatedJob job = simulator.sora1Job().add();
    client.get(job(job.id()), "X-Trace", "one");
    clock.advance(SOON);
    client.get(content(job.generationId()));
    client.post("/elsewhere", "{}");

    List<RecordedRequest> requests = simulator.requests();
    assertThat(requests).hasSize(3);
    RecordedRequest look = requests.get(0);
    assertThat(look.method()).isEqualTo("GET");
    assertThat(look.path()).isEqualTo("/openai/v1/video/generations/jobs/" + job.id());
    assertThat(look.query()).isEqualTo("api-version=preview");
    assertThat(look.header("x-trace")).contains("one");
    assertThat(look.header("API-KEY")).contains(simulator.apiKey());
    assertThat(look.is(Route.GET_JOB, job.id())).isTrue();
    assertThat(look.status()).isEqualTo(200);
    assertThat(look.done()).isTrue();
    RecordedRequest download = requests.get(1);
    assertThat(download.at()).isEqualTo(look.at().plus(SOON));
    assertThat(download.bytesSent()).isEqualTo(job.video().length());
    assertThat(download.aborted()).isFalse();
    RecordedRequest odd = requests.get(2);
    assertThat(odd.route()).isEmpty();
    assertThat(odd.status()).isEqualTo(404);
    assertThat(odd.body()).asString().isEqualTo("{}");

    assertThat(simulator.requests(Route.GET_CONTENT)).containsExactly(download);
    simulator.forgetRequests();
    assertThat(simulator.requests()).isEmpty();
  }

  @Test
  void manyConnections_areHeldAtOnceAndCounted() throws IOException {
    simulator.on("GET", "/hang").always(Fault.noAnswer());
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.add(new RawClient(simulator).get("/hang"));
      }
      simulator.awaitRequests(CONNECTIONS, SOON, request -> true);
      assertThat(simulator.maxConcurrentRequests()).isEqualTo(CONNECTIONS);
      assertThat(client.get("/nothing").statusCode()).isEqualTo(404);
    } finally {
      for (RawClient open : clients) {
        open.close();
      }
    }
  }

  @Test
  void consecutiveRequests_neverCountAsConcurrent() throws IOException {
    SimulatedJob job = simulator.sora1Job().add();
    for (int i = 0; i < 50; i++) {
      client.get(content(job.generationId()));
    }

    assertThat(simulator.maxConcurrentRequests(request -> request.is(Route.GET_CONTENT)))
        .isEqualTo(1);
  }

  @Test
  void awaitInVain_tellsWhatCame() throws IOException {
    client.get("/something");

    assertThatThrownBy(() -> simulator.awaitRequests(2, Duration.ofMillis(1), request -> true))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1 of 2")
        .hasMessageContaining("GET /something -> 404");
  }

  @Test
  void close_endsResponsesInProgress() throws IOException {
    simulator.on("GET", "/hang").always(Fault.noAnswer());
    try (RawClient open = new RawClient(simulator).get("/hang")) {
      simulator.awaitRequests(1, SOON, request -> true);

      simulator.close();

      assertThat(open.rest()).isEmpty();
      assertThatThrownBy(() -> new RawClient(simulator)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void portInUse_isReportedInOneLine() {
    SimulatorOptions same = SimulatorOptions.defaults().withPort(simulator.port());

    assertThatThrownBy(() -> SoraSimulator.start(same))
        .hasMessageContaining("cannot listen on 127.0.0.1 port " + simulator.port())
        .hasMessageNotContaining("\n");
  }

  @Test
  void otherThanLoopback_isRefused() {
    SimulatorOptions open = SimulatorOptions.defaults().withAddress("0.0.0.0");

    assertThatThrownBy(() -> SoraSimulator.start(open))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

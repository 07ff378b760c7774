package io.soracourier.simulator;

import static io.soracourier.simulator.SimulatorClient.JOBS;
import static io.soracourier.simulator.SimulatorClient.PREVIEW;
import static io.soracourier.simulator.SimulatorClient.generation;
import static io.soracourier.simulator.SimulatorClient.job;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptTest {
  private final SoraSimulator simulator = SoraSimulator.start();
  private final SimulatorClient client = new SimulatorClient(simulator);
  private final SimulatedJob job = simulator.sora1Job().add();
  private final SimulatedJob other = simulator.sora1Job().add();

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void faults_areUsedUpInOrderThenAlways() throws IOException {
    Script script =
        simulator
            .on(Route.GET_JOB, job.id())
            .answer(2, Fault.status(500))
            .answer(Fault.none(), Fault.status(502))
            .always(Fault.status(503));

    assertThat(statuses(job, 6)).containsExactly(500, 500, 200, 502, 503, 503);
    assertThat(script.remaining()).isZero();
    script.clear();
    assertThat(statuses(job, 1)).containsExactly(200);
    assertThat(statuses(other, 1)).containsExactly(200);
  }

  @Test
  void lastScript_comesFirstUntilItIsUsedUp() throws IOException {
    simulator.on(Route.GET_JOB).always(Fault.status(500));
    simulator.on(Route.GET_JOB, job.id()).answer(Fault.status(429));

    assertThat(statuses(job, 2)).containsExactly(429, 500);
    assertThat(statuses(other, 1)).containsExactly(500);
    assertThat(client.get(generation(job.generationId())).statusCode()).isEqualTo(200);
  }

  @Test
  void rawPathAndQuery_makeOddEndpoints() throws IOException {
    String odd = "/openai/v1/video/generations/" + job.generationId() + "/content";
    simulator
        .on(request -> request.path().equals(odd) && request.query().isEmpty())
        .always(Fault.video(job.video()));

    assertThat(client.get(odd).body()).isEqualTo(job.video().bytes());
    assertThat(client.get(odd, "Range", "bytes=0-9").statusCode()).isEqualTo(206);
    assertThat(client.get(odd + PREVIEW).statusCode()).isEqualTo(404);
    assertThat(simulator.requests().get(0).route()).isEmpty();
  }

  @Test
  void replyWith_seesTheRequest() throws IOException {
    simulator
        .on("POST", "/echo")
        .always(Fault.replyWith(request -> Reply.of(200, "x/y", Content.of(request.body()))));

    assertThat(client.post("/echo", "{\"a\":1}").body()).asString().isEqualTo("{\"a\":1}");
  }

  @Test
  void scriptThatThrows_isAnsweredWithItsReason() throws IOException {
    simulator
        .on("GET", "/broken")
        .always(
            Fault.replyWith(
                request -> {
                  throw new IllegalStateException("a mistake in the test");
                }));

    assertThat(client.get("/broken").statusCode()).isEqualTo(500);
    assertThat(client.get("/broken").body()).asString().contains("a mistake in the test");
  }

  @Test
  void createRoute_canBeScriptedToo() throws IOException {
    simulator.on(Route.CREATE_JOB).answer(Fault.error(ServiceError.deploymentDoesNotExist("x")));

    assertThat(client.post(JOBS + PREVIEW, "{}").statusCode()).isEqualTo(404);
  }

  private List<Integer> statuses(SimulatedJob looked, int times) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      statuses.add(client.get(job(looked.id())).statusCode());
    }
    return statuses;
  }
}

package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SimulatorOptions;
import io.soracourier.simulator.SoraSimulator;
import org.junit.jupiter.api.Test;

/** A server that is not Azure's but of the same shape as its newer API. */
class CompatibleServerIT {
  @Test
  void serverOfTheVideosShape_isAskedBelowItsVersionWithTheKeyAsBearer() {
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
}

package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.Script;
import io.soracourier.simulator.ServiceError;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SoraSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the courier finds content, and what it costs. */
class FindingIT {
  private Deployment courier;
  private SoraSimulator simulator;

  @BeforeEach
  void start() {
    courier = Deployment.start(stack -> stack.setting("COURIER_CONTENT_GRACE", "3s"));
    simulator = courier.simulator();
  }

  @AfterEach
  void close() {
    courier.close();
  }

  @Test
  void healthyJob_costsOneStatusAndOneContentRequest() {
    SimulatedJob first = simulator.sora1Job().add();
    SimulatedJob second = simulator.sora2Video().add();

    assertThat(outcome(first)).isEqualTo("copied");
    assertThat(outcome(second)).isEqualTo("copied");

    assertThat(simulator.requests())
        .extracting(RecordedRequest::target)
        .containsExactlyInAnyOrder(
            "/openai/v1" + Route.GET_JOB.path(first.id()) + "?api-version=preview",
            "/openai/v1" + Route.GET_CONTENT.path(first.generationId()) + "?api-version=preview",
            "/openai/v1" + Route.GET_VIDEO.path(second.id()),
            "/openai/v1" + Route.GET_VIDEO_CONTENT.path(second.id()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Location", "Content-Location"})
  void contentNamedInAHeader_isSearchedOnceAndThenKnown(String header) {
    simulator.on(Route.GET_CONTENT).always(Fault.error(ServiceError.notFound()));
    Mp4 video = Mp4.small();
    simulator.on("GET", "/files/1.mp4").always(Fault.video(video));
    simulator.on(Route.GET_JOB).always(Fault.header(header, "/files/1.mp4"));
    SimulatedJob first = simulator.sora1Job().add();
    SimulatedJob second = simulator.sora1Job().add();

    assertThat(outcome(first)).isEqualTo("copied");
    assertThat(courier.stack().blob(first.generationId() + ".mp4").bytes())
        .isEqualTo(video.bytes());
    simulator.forgetRequests();
    assertThat(outcome(second)).isEqualTo("copied");

    assertThat(simulator.requests())
        .extracting(RecordedRequest::path)
        .containsExactly("/openai/v1" + Route.GET_JOB.path(second.id()), "/files/1.mp4");
  }

  @Test
  void contentLateAfterSuccess_isCheckedAgainAndDelivered() {
    SimulatedJob job = simulator.sora1Job().add();
    Script missing = simulator.on(Route.GET_CONTENT, job.generationId());
    missing.always(Fault.error(ServiceError.notFound()));
    courier.enqueue(job.id());
    courier.awaitPutBacks(job.id(), 1);

    missing.clear();

    assertThat(courier.outcome(job.id()).path("status").asText()).isEqualTo("copied");
  }

  @Test
  void contentNowhere_isReportedWithEveryResponse() {
    SimulatedJob job =
        simulator
            .sora1Job()
            .createdAt(Instant.now().minus(Duration.ofMinutes(10)))
            .contentDelay(Duration.ofHours(1))
            .editJob(json -> json.put("url", "https://evil.example/v.mp4"))
            .add();

    courier.enqueue(job.id());
    JsonNode message = courier.outcome(job.id());

    assertThat(message.path("reason").asText()).isEqualTo("content-not-found");
    // A URL that is not followed says where the content is: no guess finds it elsewhere.
    assertThat(message.path("message").asText())
        .contains("at none of 3 addresses", "evil.example", "COURIER_CONTENT_ALLOWED_HOSTS");
    assertThat(message.path("attempts")).hasSize(3);
    assertThat(message.path("attempts"))
        .extracting(attempt -> attempt.path("error").asText())
        .anyMatch(error -> error.contains("courier.content.allowed-hosts"));
  }

  @Test
  void redirectToAnotherServer_carriesNoKeyThereAndIsDelivered() {
    try (SoraSimulator sink = SoraSimulator.sink()) {
      SimulatedJob job = simulator.sora1Job().add();
      simulator
          .on(Route.GET_CONTENT, job.generationId())
          .always(Fault.redirect(sink.uri("/blob?sig=SECRET")));
      sink.on("GET", "/blob").always(Fault.video(job.video()));
      courier.secret("SECRET");

      assertThat(outcome(job)).isEqualTo("copied");

      assertThat(sink.requests()).hasSize(1);
      assertThat(sink.requests().get(0).headers().names())
          .doesNotContain("api-key", "authorization");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET_JOB", "GET_CONTENT"})
  void retiredDeployment_isReportedAtOnce(Route route) {
    SimulatedJob job = simulator.sora1Job().add();
    simulator.on(route).always(Fault.error(ServiceError.modelDeprecated()));

    courier.enqueue(job.id());
    JsonNode message = courier.outcome(job.id());

    assertThat(message.path("reason").asText()).isEqualTo("deployment-retired");
    assertThat(message.path("message").asText()).contains("410", "is no longer available");
    assertThat(List.of(message.path("looks").asInt(), message.path("attempts").size()))
        .containsOnly(1);
  }

  private String outcome(SimulatedJob job) {
    courier.enqueue(job.id());
    return courier.outcome(job.id()).path("status").asText();
  }
}

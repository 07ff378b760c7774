package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.Reply;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.Script;
import io.soracourier.simulator.SimulatedJob;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A video service in trouble: jobs wait on their queue, none is lost, all are delivered after. */
class ServiceTroubleIT {
  @AutoClose private static Deployment courier;

  @BeforeAll
  static void start() {
    courier = Deployment.start();
  }

  @Test
  void keyRefused_jobsGoBackLoudlyUntilItIsRight() {
    String key = courier.simulator().apiKey();
    courier.simulator().apiKey("another-key-of-the-resource-9876");
    courier.secret(courier.simulator().apiKey());
    List<SimulatedJob> jobs =
        Stream.generate(() -> courier.simulator().sora1Job().add()).limit(3).toList();
    try {
      jobs.forEach(job -> courier.enqueue(job.id()));
      for (SimulatedJob job : jobs) {
        assertThat(courier.awaitLine(job.id(), "event=denied"))
            .contains(" ERROR ", "401", "AZURE_OPENAI_API_KEY");
        assertThat(courier.awaitPutBacks(job.id(), 2))
            .allSatisfy(
                putBack ->
                    assertThat(putBack.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
      }
    } finally {
      courier.simulator().apiKey(key);
    }
    assertThat(jobs)
        .allSatisfy(job -> assertThat(delivered(job).path("looks").asInt()).isGreaterThan(2));
  }

  @Test
  void contentRefused_jobGoesBackLoudlyUntilItIsServed() {
    SimulatedJob job = courier.simulator().sora2Video().add();
    Script script =
        courier
            .simulator()
            .on(Route.GET_VIDEO_CONTENT, job.id())
            .always(Fault.json(403, "{\"error\":{\"message\":\"no role\"}}"));

    courier.enqueue(job.id());
    courier.awaitPutBacks(job.id(), 1);
    assertThat(courier.awaitLine(job.id(), "event=denied"))
        .contains(" ERROR ", "403", "AZURE_OPENAI_API_KEY");
    script.clear();

    delivered(job);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void hiccup_isRetriedWithinTheLook(int status) {
    SimulatedJob job = courier.simulator().sora1Job().add();
    courier.simulator().on(Route.GET_JOB, job.id()).answer(Fault.html(status));

    courier.enqueue(job.id());

    assertThat(delivered(job).path("looks").asInt()).isEqualTo(1);
    assertThat(courier.simulator().requests(Route.GET_JOB, job.id())).hasSize(2);
  }

  @Test
  void burstOfErrors_isRetriedOverSeveralLooks() {
    SimulatedJob job = courier.simulator().sora1Job().add();
    courier
        .simulator()
        .on(Route.GET_JOB, job.id())
        .answer(3, Fault.status(503))
        .answer(Fault.reset(), Fault.closeUnanswered(), Fault.json(200, "{}"));

    courier.enqueue(job.id());

    // One that a kept connection fails is sent again at once.
    assertThat(delivered(job).path("looks").asInt()).isBetween(2, 3);
    assertThat(courier.simulator().requests(Route.GET_JOB, job.id())).hasSize(7);
  }

  static Stream<Fault> brokenContents() {
    return Stream.of(
        Fault.status(503),
        Fault.html(500),
        Fault.reset(),
        Fault.cutAfter(20_000),
        Fault.resetAfter(30_000),
        Fault.chunkedCutInside(20_000),
        Fault.json(200, "{\"error\":\"too busy\"}"),
        Fault.html(200));
  }

  @ParameterizedTest
  @MethodSource("brokenContents")
  void contentBrokenAtFirst_isDeliveredWhole(Fault fault) {
    SimulatedJob job = courier.simulator().sora1Job().video(Mp4.small()).add();
    courier.simulator().on(Route.GET_CONTENT, job.generationId()).answer(fault);

    courier.enqueue(job.id());

    delivered(job);
  }

  @Test
  void retryAfter_isObeyedByTheDelayOfTheMessage() {
    SimulatedJob seconds = courier.simulator().sora1Job().add();
    SimulatedJob date = courier.simulator().sora2Video().add();
    SimulatedJob content = courier.simulator().sora1Job().add();
    AtomicReference<Instant> until = new AtomicReference<>();
    courier
        .simulator()
        .on(Route.GET_JOB, seconds.id())
        .answer(Fault.status(429).and(Fault.retryAfter(7)));
    courier
        .simulator()
        .on(Route.GET_VIDEO, date.id())
        .answer(
            Fault.replyWith(
                request -> {
                  until.set(Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(7));
                  return Reply.empty(503).with("Retry-After", httpDate(until.get()));
                }));
    courier
        .simulator()
        .on(Route.GET_CONTENT, content.generationId())
        .answer(Fault.status(429).and(Fault.retryAfter(6)));

    Stream.of(seconds, date, content).forEach(job -> courier.enqueue(job.id()));

    assertThat(courier.awaitPutBacks(seconds.id(), 1))
        .singleElement()
        .satisfies(
            putBack -> assertThat(putBack.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(7)));
    assertThat(courier.awaitPutBacks(date.id(), 1))
        .singleElement()
        .satisfies(putBack -> assertThat(putBack.visibleAt()).isAfterOrEqualTo(until.get()));
    assertThat(courier.awaitPutBacks(content.id(), 1))
        .singleElement()
        .satisfies(
            putBack -> assertThat(putBack.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(6)));
    for (SimulatedJob job : List.of(seconds, date, content)) {
      assertThat(delivered(job).path("looks").asInt()).isEqualTo(2);
    }
    // The one refused, and the one after the wait: none in between.
    assertThat(courier.simulator().requests(Route.GET_JOB, seconds.id())).hasSize(2);
    assertThat(courier.simulator().requests(Route.GET_VIDEO, date.id())).hasSize(2);
  }

  /** So many failures that the service is known to be down, and then is not called for a while. */
  @Test
  void serviceDown_isNotCalledAndThenEverythingIsDelivered() {
    List<SimulatedJob> jobs =
        Stream.generate(() -> courier.simulator().sora1Job().add()).limit(20).toList();
    Script down = courier.simulator().on(Route.GET_JOB).always(Fault.status(500));
    try {
      jobs.parallelStream().forEach(job -> courier.enqueue(job.id()));
      courier
          .host()
          .console()
          .await(
              line -> line.contains("service known to be down"),
              Deployment.IN_TIME,
              "lines that the service is known to be down");
    } finally {
      down.clear();
    }

    jobs.forEach(ServiceTroubleIT::delivered);
  }

  private static String httpDate(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  private static JsonNode delivered(SimulatedJob job) {
    JsonNode message = courier.outcome(job.id());
    Schemas.assertVideoMessage(message);
    assertThat(message.path("status").asText()).as(message.toString()).isEqualTo("copied");
    assertThat(courier.stack().blob(job.generationId() + ".mp4").md5OfContent())
        .isEqualTo(job.video().md5Base64());
    return message;
  }
}

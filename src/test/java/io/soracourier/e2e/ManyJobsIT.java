package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.Waiting;
import io.soracourier.simulator.JobBuilder;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Many jobs at once on one handler: all of them delivered, each of them once. */
@Execution(ExecutionMode.SAME_THREAD)
class ManyJobsIT {
  private static final int JOBS = 200;
  @AutoClose private static Deployment courier;

  @BeforeAll
  static void start() {
    courier = Deployment.start();
  }

  @Test
  void twoHundredJobsAtOnce_areEachDeliveredOnce() {
    Map<String, SimulatedJob> jobs =
        IntStream.range(0, JOBS)
            .mapToObj(ManyJobsIT::job)
            .collect(Collectors.toMap(SimulatedJob::id, job -> job, (a, b) -> a, TreeMap::new));

    jobs.keySet().parallelStream().forEach(courier::enqueue);
    Waiting.until(
        () -> courier.stack().videos().take().size() >= JOBS,
        Deployment.IN_TIME.multipliedBy(2),
        () ->
            "%d of %d outcomes, %d messages left"
                .formatted(
                    courier.stack().videos().taken().size(), JOBS, courier.stack().jobs().count()));
    courier.stack().awaitIdle(Deployment.IN_TIME);
    courier.stack().videos().take();
    List<JsonNode> messages = courier.stack().videos().takenJson();

    assertThat(messages).hasSize(JOBS);
    assertThat(messages)
        .extracting(message -> message.path("jobId").asText())
        .containsExactlyInAnyOrderElementsOf(jobs.keySet());
    for (JsonNode message : messages) {
      SimulatedJob job = jobs.get(message.path("jobId").asText());
      assertThat(message.path("status").asText()).as(message.toString()).isEqualTo("copied");
      assertThat(message.path("looks").asInt()).isEqualTo(job.looks());
      assertThat(courier.stack().blob(job.generationId() + ".mp4").md5OfContent())
          .isEqualTo(message.path("contentMd5").asText())
          .isEqualTo(job.video().md5Base64());
    }
    assertThat(courier.stack().blobNames())
        .containsExactlyInAnyOrderElementsOf(
            jobs.values().stream().map(job -> job.generationId() + ".mp4").toList());
    assertThat(transfers()).hasSize(JOBS).allSatisfy((id, times) -> assertThat(times).isOne());
  }

  /** Of both APIs, done at once, after one more look and after two. */
  private static SimulatedJob job(int index) {
    boolean first = index % 2 == 0;
    JobBuilder job = first ? courier.simulator().sora1Job() : courier.simulator().sora2Video();
    String running = first ? "running" : "in_progress";
    String done = first ? "succeeded" : "completed";
    return switch (index % 5) {
      case 0 -> job.statuses(running, done).add();
      case 1 -> job.statuses("queued", running, done).add();
      default -> job.add();
    };
  }

  private static Map<String, Long> transfers() {
    return courier
        .simulator()
        .requests(request -> request.is(Route.GET_CONTENT) || request.is(Route.GET_VIDEO_CONTENT))
        .stream()
        .collect(
            Collectors.groupingBy(request -> request.id().orElseThrow(), Collectors.counting()));
  }
}

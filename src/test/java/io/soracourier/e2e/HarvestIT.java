package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.HandlerStartException;
import io.soracourier.simulator.JobBuilder;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.ServerProfile;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SimulatorOptions;
import io.soracourier.simulator.SoraSimulator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's jobs are fetched, and nobody has enqueued them. */
@Execution(ExecutionMode.SAME_THREAD)
class HarvestIT {
  private static final int JOBS = 500;

  private static final int MISSING = 37;

  /** One in this many is missing. */
  private static final int EACH = 13;

  @ParameterizedTest
  @ValueSource(strings = {"sora-1", "videos", "vllm-omni", "sglang", "litellm"})
  void missingJobs_areEnqueuedMostUrgentFirstAndFetchedAndNoneTwice(String server) {
    boolean first = server.equals("sora-1");
    SimulatorOptions options =
        first || server.equals("videos")
            ? SimulatorOptions.defaults()
            : SimulatorOptions.defaults().withServer(ServerProfile.named(server));
    try (Harvested harvested = Harvested.start(stack -> stack.simulator(options))) {
      SoraSimulator simulator = harvested.courier().simulator();
      List<SimulatedJob> missing = new ArrayList<>();
      List<SimulatedJob> stored = new ArrayList<>();
      Instant now = Instant.now();
      for (int i = 0; i < JOBS; i++) {
        JobBuilder job = first ? simulator.sora1Job() : simulator.sora2Video();
        // In an order that is not that of the list.
        SimulatedJob made = job.createdAt(now.minusSeconds(60L * ((i * 7) % JOBS) + 60)).add();
        (i % EACH == 0 && missing.size() < MISSING ? missing : stored).add(made);
      }
      harvested.store(stored);

      JsonNode run = harvested.run();
      JsonNode again = harvested.run();

      assertThat(missing).hasSize(MISSING);
      assertThat(run.path("listed").asInt()).isEqualTo(JOBS);
      assertThat(run.path("stored").asInt()).isEqualTo(stored.size());
      assertThat(run.path("enqueued").asInt()).isEqualTo(missing.size());
      assertThat(run.path("complete").asBoolean()).as(run.toString()).isTrue();
      assertThat(harvested.enqueued())
          .containsExactlyElementsOf(
              missing.stream()
                  .sorted(Comparator.comparing(SimulatedJob::createdAt))
                  .map(SimulatedJob::id)
                  .toList());
      assertThat(again.path("enqueued").asInt()).isZero();
      for (SimulatedJob job : missing) {
        JsonNode outcome = harvested.courier().outcome(job.id());
        assertThat(outcome.path("status").asText()).as(outcome.toString()).isEqualTo("copied");
        assertThat(outcome.path("source").asText()).isEqualTo("harvest");
      }
      List<RecordedRequest> lists = simulator.requests(first ? Route.LIST_JOBS : Route.LIST_VIDEOS);
      assertThat(lists).hasSizeBetween(10, 20);
      assertThat(harvested.lines("harvest"))
          .hasSize(2)
          .first()
          .asString()
          .contains("listedJobs=500", "enqueuedJobs=" + missing.size(), "leftJobs=0");
      assertThat(harvested.lines("harvest-trouble")).isEmpty();
    }
  }

  @Test
  void harvestWithoutRecords_stopsTheStartWithASentence() {
    assertThatThrownBy(() -> Harvested.start(stack -> stack.setting("COURIER_JOBS_TABLE", "")))
        .isInstanceOf(HandlerStartException.class)
        .hasMessageContaining("courier.harvest.enabled needs the records of jobs");
  }

  @Test
  void filter_narrowsWhatIsHarvested() {
    try (Harvested harvested =
        Harvested.start(
            stack ->
                stack.setting("COURIER_HARVEST_FILTER", "model=my-sora,prefix=video_,age=1h"))) {
      SoraSimulator simulator = harvested.courier().simulator();
      Instant now = Instant.now();
      SimulatedJob wanted = simulator.sora2Video().model("my-sora").add();
      simulator.sora2Video().model("other").add();
      simulator.sora2Video().model("my-sora").createdAt(now.minusSeconds(7200)).add();
      simulator.sora1Job().model("my-sora").add();
      simulator.sora2Video().model("my-sora").failed("moderation_blocked").add();

      JsonNode run = harvested.run();

      assertThat(harvested.enqueued()).containsExactly(wanted.id());
      assertThat(run.path("skipped").asInt()).isEqualTo(3);
      assertThat(run.path("failed").asInt()).isOne();
      harvested.courier().outcome(wanted.id());
    }
  }

  /** In a heap that would not hold what is received, were it kept. */
  @Test
  void tenThousandListedJobs_takeFewRequestsAndLittleMemory() {
    try (Harvested harvested = Harvested.startWithTablesTapped(stack -> stack.heap("64m"))) {
      List<SimulatedJob> jobs = new ArrayList<>();
      for (int i = 0; i < 10_000; i++) {
        jobs.add(harvested.job(80_000 - i * 7));
      }
      SimulatedJob missing = jobs.remove(5_000);
      harvested.recordAsCopied(jobs);
      int before = harvested.courier().tables().seen().size();

      JsonNode run = harvested.run();

      int tables = harvested.courier().tables().seen().size() - before;
      System.out.printf(
          "harvest of 10,000 jobs: %s to %s, %d list requests, %d table requests, resident %s%n",
          run.path("beganAt").asText(),
          run.path("endedAt").asText(),
          run.path("requests").asInt(),
          tables,
          harvested.courier().host().memory());
      assertThat(run.path("listed").asInt()).isEqualTo(10_000);
      assertThat(run.path("stored").asInt()).isEqualTo(9_999);
      assertThat(run.path("requests").asInt()).isLessThan(105);
      assertThat(tables).isLessThan(60);
      assertThat(harvested.enqueued()).containsExactly(missing.id());
      harvested.courier().outcome(missing.id());
    }
  }
}

package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.e2e.Deployment;
import io.soracourier.e2e.Handler;
import io.soracourier.local.Azurite;
import io.soracourier.local.ResidentMemory;
import io.soracourier.local.Waiting;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Part 6 of the fault matrix: much at once. */
@Tag("endurance")
class LoadIT {
  private static final Duration LONG = Duration.ofMinutes(15);

  private static final int VIDEOS = 24;
  private static final long VIDEO_BYTES = 200L << 20;
  private static final int COPIES_AT_ONCE = 8;
  private static final long PROCESS_BYTES = 512L << 20;

  /**
   * A message that the host never received, though the slow emulator gave it, comes back so soon.
   */
  private static final Duration LEASE = Duration.ofMinutes(2);

  private static final int WAITING = 1_000;
  private static final Duration STATE = Duration.ofSeconds(30);
  private static final int STATES_BEFORE_SUCCESS = 2;

  /** Later looks come at moments that jobs have in common, one in each such period. */
  private static final int MOMENT_SECONDS = 5;

  @TempDir Path disk;

  @Test
  void twentyFourVideosOf200MiBAtOnce_passThroughAProcessOf512MiB() {
    try (Azurite azurite = Azurite.builder().onDisk(disk).start();
        Deployment courier =
            Deployment.start(
                azurite, stack -> stack.heap("256m").setting(Deployment.JAVA_OPTS, null))) {
      List<SimulatedJob> jobs =
          IntStream.range(0, VIDEOS)
              .mapToObj(i -> Mp4.ofSize(VIDEO_BYTES, 700 + i))
              .map(video -> courier.simulator().sora1Job().video(video).add())
              .toList();
      jobs.forEach(job -> courier.enqueue(job.id()));

      Handler handler = Handler.of(courier.host());
      AtomicInteger answers = new AtomicInteger();
      Waiting.until(
          () -> {
            assertThat(handler.get("/").body()).isEqualTo("ready");
            answers.incrementAndGet();
            return courier.stack().videos().take().size() >= VIDEOS;
          },
          LONG,
          () -> courier.stack().videos().taken().size() + " of " + VIDEOS + " videos");

      ResidentMemory memory = courier.host().memory();
      System.out.printf(
          Locale.ROOT,
          "%d videos of 200 MiB at once: peak resident memory %.1f MiB, %d copies at once, ready each of %d times%n",
          VIDEOS,
          memory.peak() / 1048576.0,
          contentAtOnce(courier),
          answers.get());
      assertThat(memory.peak()).isLessThan(PROCESS_BYTES);
      assertThat(contentAtOnce(courier)).isLessThanOrEqualTo(COPIES_AT_ONCE);
      assertEachDelivered(courier, jobs);
    }
  }

  private static int contentAtOnce(Deployment courier) {
    return courier.simulator().maxConcurrentRequests(request -> request.is(Route.GET_CONTENT));
  }

  @Test
  void thousandWaitingJobs_areCheckedSpreadOverTimeAndNoneIsLost() {
    try (Azurite azurite = Azurite.builder().start();
        Deployment courier =
            Deployment.start(
                azurite,
                stack ->
                    stack
                        .lease(LEASE, LEASE.dividedBy(2))
                        .setting("COURIER_LOOK_FIRST_DELAY", "10s")
                        .setting("COURIER_LOOK_MAX_DELAY", "30s"))) {
      List<SimulatedJob> jobs =
          IntStream.range(0, WAITING)
              .mapToObj(
                  i ->
                      courier
                          .simulator()
                          .sora1Job()
                          .statusesEvery(STATE, "queued", "running", "succeeded")
                          .add())
              .toList();
      jobs.parallelStream().forEach(job -> courier.enqueue(job.id()));

      Waiting.until(
          () -> courier.stack().videos().take().size() >= WAITING,
          LONG,
          () -> courier.stack().videos().taken().size() + " of " + WAITING + " outcomes");

      List<RecordedRequest> looks = courier.simulator().requests(Route.GET_JOB);
      Collection<Long> eachMoment = perMoment(laterLooks(looks)).values();
      long most = eachMoment.stream().mapToLong(Long::longValue).max().orElseThrow();
      System.out.printf(
          Locale.ROOT,
          "%d waiting jobs: %d looks; after the first ones %d in the busiest of %d times five seconds%n",
          WAITING,
          looks.size(),
          most,
          eachMoment.size());
      assertThat(most).as("looks in the busiest moment").isLessThan(WAITING * 3 / 4);
      assertThat(looks).hasSizeGreaterThan(STATES_BEFORE_SUCCESS * WAITING);
      assertEachDelivered(courier, jobs);
    }
  }

  /** The first looks come as fast as the messages were put on the queue. */
  private static List<RecordedRequest> laterLooks(List<RecordedRequest> looks) {
    Set<String> seen = new HashSet<>();
    return looks.stream().filter(look -> !seen.add(look.id().orElseThrow())).toList();
  }

  private static Map<Long, Long> perMoment(List<RecordedRequest> looks) {
    return looks.stream()
        .collect(
            Collectors.groupingBy(
                look -> look.at().getEpochSecond() / MOMENT_SECONDS, Collectors.counting()));
  }

  /**
   * Each is reported and its blob is whole. Delivery is at least once, and the emulated storage is
   * slow: some are delivered again, and the content of these is requested beside the question for
   * their blob, and dropped.
   */
  private static void assertEachDelivered(Deployment courier, List<SimulatedJob> jobs) {
    courier.stack().awaitIdle(LONG);
    courier.stack().videos().take();
    Map<String, JsonNode> notices =
        courier.stack().videos().takenJson().stream()
            .collect(
                Collectors.toMap(
                    notice -> notice.path("generationId").asText(),
                    Function.identity(),
                    (first, again) -> first));
    assertThat(notices).hasSameSizeAs(jobs);
    for (SimulatedJob job : jobs) {
      JsonNode notice = notices.get(job.generationId());
      assertThat(notice.path("status").asText()).as("" + notice).isEqualTo("copied");
      assertThat(courier.stack().blob(job.generationId() + ".mp4").md5OfContent())
          .isEqualTo(job.video().md5Base64());
    }
    assertThat(courier.simulator().requests(Route.GET_CONTENT))
        .hasSizeBetween(jobs.size(), jobs.size() + jobs.size() / 10);
  }
}

package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.e2e.Deployment;
import io.soracourier.function.CopyVideo;
import io.soracourier.local.Azurite;
import io.soracourier.local.Executable;
import io.soracourier.local.LocalStack;
import io.soracourier.local.Outcome;
import io.soracourier.local.ResidentMemory;
import io.soracourier.local.Waiting;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.Script;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SoraSimulator;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Part 6 of the fault matrix: as many invocations on one instance as the host begins. Each test has
 * a storage of its own: that of all tests, in memory, has no room for so many large videos.
 */
@Tag("endurance")
class ManyLooksIT {
  private static final int LOOKS = 500;
  private static final int COPIES = 8;
  private static final long VIDEO_BYTES = 100L << 20;
  private static final int CALLS = 20;

  /** The emulated storage is slower by far than the courier: all at once would overrun it. */
  private static final int PORTION = 50;

  private static final Duration LONG = Duration.ofMinutes(15);

  /**
   * A message that the host never received, though the slow emulator gave it, comes back so soon.
   */
  private static final Duration LEASE = Duration.ofMinutes(3);

  /** The native executable's own bound; a JVM, which has none of ours, is given the same. */
  private static final String HEAP = "192m";

  private static final long INSTANCE_BYTES = 512L << 20;

  /** Heap, code, a stack for each invocation, and the buffers of their connections. */
  private static final long NATIVE_BYTES = 320L << 20;

  /** A second is what it takes at most on an idle machine; this is what only a stall reaches. */
  private static final Duration STALL = Duration.ofSeconds(10);

  @Test
  void fiveHundredLooksBesideEightCopies_makeNoCallWaitAndEndRight() {
    try (Azurite azurite = Azurite.builder().start();
        Deployment courier = Deployment.start(azurite, ManyLooksIT::slowly)) {
      SoraSimulator simulator = courier.simulator();
      Gate gate = new Gate();
      List<SimulatedJob> large = largeJobs(simulator, gate);
      Calls calls = new Calls(courier.host());
      List<SimulatedJob> jobs;
      try {
        large.forEach(job -> courier.enqueue(job.id()));
        simulator.awaitRequests(COPIES, LONG, request -> request.is(Route.GET_CONTENT));
        jobs = heldJobs(simulator, gate);
        jobs.parallelStream().forEach(job -> courier.enqueue(job.id()));
        awaitInFlight(simulator, large);
        // All of them hold what they need, and none continues before these have a response.
        calls.make(CALLS);
        assertThat(ended(courier)).isZero();
        for (int passed = PORTION; passed <= LOOKS + COPIES; passed += PORTION) {
          int least = passed;
          gate.letThrough(PORTION);
          calls.until(() -> ended(courier) >= least, LONG);
        }
      } finally {
        gate.open();
      }
      calls.until(() -> outcomes(courier) >= LOOKS + COPIES, LONG);

      ResidentMemory memory = courier.host().memory();
      System.out.printf(
          Locale.ROOT,
          "%d looks beside %d copies of 100 MiB: peak resident memory %.1f MiB, afterwards %.1f MiB; %s%n",
          LOOKS,
          COPIES,
          memory.peak() / 1048576.0,
          memory.now() / 1048576.0,
          calls);
      assertThat(memory.peak())
          .isLessThan(Executable.packaged().isNative() ? NATIVE_BYTES : INSTANCE_BYTES);
      assertThat(calls.longest()).isLessThan(STALL);
      assertEachCopiedOnce(courier, Stream.concat(jobs.stream(), large.stream()).toList());
      assertThat(simulator.maxConcurrentRequests(request -> request.is(Route.GET_CONTENT)))
          .isLessThanOrEqualTo(COPIES);
    }
  }

  @Test
  void fiveHundredLooksAtAServiceThatIsDown_areNotMultiplied() {
    try (Azurite azurite = Azurite.builder().start();
        Deployment courier = Deployment.start(azurite, ManyLooksIT::slowly)) {
      SoraSimulator simulator = courier.simulator();
      Gate gate = new Gate();
      List<SimulatedJob> jobs = doneJobs(simulator);
      Script script = simulator.on(Route.GET_JOB);
      gate.hold(script, LOOKS, reply -> reply.withStatus(503));
      jobs.parallelStream().forEach(job -> courier.enqueue(job.id()));
      awaitInFlight(simulator, List.of());
      script.always(Fault.status(503));
      for (int passed = PORTION; passed <= LOOKS; passed += PORTION) {
        int least = passed;
        gate.letThrough(PORTION);
        Waiting.until(() -> ended(courier) >= least, LONG, () -> ended(courier) + " put back");
      }
      gate.open();
      int requests = simulator.requests(Route.GET_JOB).size();
      script.clear();

      // Each was sent once; then the circuit is open, and lets one pass now and then.
      assertThat(requests).isLessThan(LOOKS + LOOKS / 10);
      awaitOutcomes(courier, LOOKS);
      assertEachCopiedOnce(courier, jobs);
    }
  }

  /** The leases run out at once where the host sees the connections break. */
  @Test
  void sigkillWithFiveHundredInvocationsInFlight_losesNoneAndCopiesNoneTwice() {
    try (Azurite azurite = Azurite.builder().start();
        Deployment courier =
            Deployment.start(azurite, ManyLooksIT::slowly).expectFailedInvocations()) {
      SoraSimulator simulator = courier.simulator();
      Gate gate = new Gate();
      List<SimulatedJob> large = largeJobs(simulator, gate);
      List<SimulatedJob> jobs;
      try {
        large.forEach(job -> courier.enqueue(job.id()));
        simulator.awaitRequests(COPIES, LONG, request -> request.is(Route.GET_CONTENT));
        jobs = heldJobs(simulator, gate);
        jobs.parallelStream().forEach(job -> courier.enqueue(job.id()));
        awaitInFlight(simulator, large);

        courier.host().killHandler();
      } finally {
        gate.open();
      }
      awaitOutcomes(courier, LOOKS + COPIES);

      assertThat(courier.stack().invocations())
          .filteredOn(invocation -> invocation.outcome() == Outcome.FAILED)
          .hasSizeGreaterThanOrEqualTo(LOOKS);
      assertEachStoredUnderOneName(courier, Stream.concat(jobs.stream(), large.stream()).toList());
    }
  }

  /** Looks that are held must not be given up meanwhile on a busy machine. */
  private static LocalStack.Builder slowly(LocalStack.Builder stack) {
    LocalStack.Builder patient =
        stack
            .lease(LEASE, LEASE.dividedBy(3))
            .setting(Deployment.JAVA_OPTS, null)
            .setting("COURIER_SORA_READ_TIMEOUT", "5m")
            .setting("COURIER_CONTENT_STALL_TIMEOUT", "10m");
    return Executable.packaged().isNative() ? patient : patient.heap(HEAP);
  }

  /** Each stops in the middle of its first download. */
  private static List<SimulatedJob> largeJobs(SoraSimulator simulator, Gate gate) {
    return IntStream.range(0, COPIES)
        .mapToObj(i -> Mp4.ofSize(VIDEO_BYTES, 900 + i))
        .map(video -> simulator.sora1Job().video(gate.before(video, VIDEO_BYTES / 2)).add())
        .toList();
  }

  private static List<SimulatedJob> heldJobs(SoraSimulator simulator, Gate gate) {
    List<SimulatedJob> jobs =
        IntStream.range(0, LOOKS)
            .mapToObj(
                i ->
                    i % 2 == 0
                        ? simulator.sora1Job().statuses("running", "succeeded").add()
                        : simulator.sora2Video().statuses("in_progress", "completed").add())
            .toList();
    gate.hold(simulator.on(Route.GET_JOB), LOOKS / 2, reply -> reply);
    gate.hold(simulator.on(Route.GET_VIDEO), LOOKS / 2, reply -> reply);
    return jobs;
  }

  private static List<SimulatedJob> doneJobs(SoraSimulator simulator) {
    return IntStream.range(0, LOOKS).mapToObj(i -> simulator.sora1Job().add()).toList();
  }

  private static void awaitInFlight(SoraSimulator simulator, List<SimulatedJob> others) {
    Set<String> large = others.stream().map(SimulatedJob::id).collect(Collectors.toSet());
    simulator.awaitRequests(
        LOOKS, LONG, request -> isLook(request) && request.id().filter(large::contains).isEmpty());
  }

  private static boolean isLook(RecordedRequest request) {
    return request.is(Route.GET_JOB) || request.is(Route.GET_VIDEO);
  }

  private static long ended(Deployment courier) {
    return courier.stack().invocations().stream()
        .filter(invocation -> invocation.function().equals(CopyVideo.NAME))
        .count();
  }

  private static int outcomes(Deployment courier) {
    courier.stack().videos().take();
    // Delivered at least once: the emulated storage is slow, and a job may be reported again.
    return (int)
        courier.stack().videos().takenJson().stream()
            .map(notice -> notice.path("jobId").asText())
            .distinct()
            .count();
  }

  private static void awaitOutcomes(Deployment courier, int count) {
    Waiting.until(
        () -> outcomes(courier) >= count,
        LONG,
        () -> courier.stack().videos().taken().size() + " of " + count + " outcomes");
    courier.stack().awaitIdle(LONG);
    courier.stack().videos().take();
  }

  private static void assertEachCopiedOnce(Deployment courier, List<SimulatedJob> jobs) {
    assertEachStoredUnderOneName(courier, jobs);
    Map<String, Long> fetched =
        courier
            .simulator()
            .requests(
                request -> request.is(Route.GET_CONTENT) || request.is(Route.GET_VIDEO_CONTENT))
            .stream()
            .collect(
                Collectors.groupingBy(
                    request -> request.id().orElseThrow(), Collectors.counting()));
    assertThat(fetched).hasSameSizeAs(jobs);
  }

  private static void assertEachStoredUnderOneName(Deployment courier, List<SimulatedJob> jobs) {
    assertThat(courier.stack().blobNames())
        .containsExactlyInAnyOrderElementsOf(
            jobs.stream().map(job -> job.generationId() + ".mp4").toList());
    Set<String> copied = new HashSet<>();
    for (JsonNode notice : courier.stack().videos().takenJson()) {
      assertThat(notice.path("status").asText()).as("" + notice).isEqualTo("copied");
      copied.add(notice.path("jobId").asText());
    }
    for (SimulatedJob job : jobs) {
      assertThat(copied).contains(job.id());
      assertThat(courier.stack().blob(job.generationId() + ".mp4").md5OfContent())
          .isEqualTo(job.video().md5Base64());
    }
  }
}

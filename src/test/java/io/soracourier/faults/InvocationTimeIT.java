package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.e2e.Deployment;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Part 5 of the fault matrix, continued: servers that answer so slowly that no other limit ends the
 * waiting. A look ends by its own, since two invocations that reach the host's limit together end
 * the host.
 */
@Execution(ExecutionMode.SAME_THREAD)
class InvocationTimeIT {
  private static final int SIZE = 300_000;

  /** Blocks of 1 MiB, as the bench is set, and so many that they are not stored in one piece. */
  private static final int LARGE = 3_500_000;

  @AutoClose private static FaultBench bench;

  @BeforeAll
  static void start() {
    bench =
        FaultBench.startWithBlobsTapped(
            stack ->
                stack
                    .setting("COURIER_LOOK_TIME_LIMIT", "6s")
                    .setting("COURIER_SORA_READ_TIMEOUT", "5m")
                    .setting("COURIER_CONTENT_STALL_TIMEOUT", "5m")
                    .setting("COURIER_STORAGE_READ_TIMEOUT", "2m"));
  }

  @Test
  void statusThatNeverEnds_isGivenUpAndTheJobPutBack() {
    SimulatedJob job = bench.simulator().sora1Job().video(Mp4.ofSize(SIZE, 61)).add();
    bench
        .simulator()
        .on(Route.GET_JOB, job.id())
        .answer(Fault.slowHead(Duration.ofMillis(200)).and(Fault.noAnswer()));

    assertDeliveredByTheNextLook(job);
  }

  @Test
  void contentThatTrickles_isGivenUpAndTheJobPutBack() {
    SimulatedJob job = bench.simulator().sora1Job().video(Mp4.ofSize(SIZE, 62)).add();
    bench
        .simulator()
        .on(Route.GET_CONTENT, job.generationId())
        .answer(Fault.trickle(1, Duration.ofMillis(100)));

    assertDeliveredByTheNextLook(job);
    assertThat(
            bench
                .simulator()
                .requests(request -> request.is(Route.GET_CONTENT, job.generationId())))
        .hasSize(2);
  }

  @Test
  void contentWithoutAResponse_isGivenUpAndTheJobPutBack() {
    SimulatedJob job = bench.simulator().sora1Job().video(Mp4.ofSize(SIZE, 63)).add();
    bench.simulator().on(Route.GET_CONTENT, job.generationId()).answer(Fault.noAnswer());

    assertDeliveredByTheNextLook(job);
  }

  @Test
  void blockThatTheStorageHolds_isGivenUpAndTheJobPutBack() {
    SimulatedJob job = bench.simulator().sora1Job().video(Mp4.ofSize(LARGE, 64)).add();
    bench
        .courier()
        .blobs()
        .fail(
            request -> request.isPutBlock() && request.path().contains(job.generationId()),
            StorageFault.holdAnswer());

    assertDeliveredByTheNextLook(job);
  }

  @Test
  void commitThatTheStorageHolds_isFoundDoneByTheNextLook() {
    SimulatedJob job = bench.simulator().sora1Job().video(Mp4.ofSize(LARGE, 65)).add();
    bench
        .courier()
        .blobs()
        .fail(
            request -> request.isPutBlockList() && request.path().contains(job.generationId()),
            StorageFault.holdAnswer());

    assertDeliveredByTheNextLook(job);
    assertThat(
            bench.courier().blobs().seen(Seen::isPutBlockList).stream()
                .filter(request -> request.path().contains(job.generationId())))
        .hasSize(1);
  }

  private static void assertDeliveredByTheNextLook(SimulatedJob job) {
    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
    assertThat(bench.courier().putBacks(job.id())).hasSize(1);
    Deployment courier = bench.courier();
    assertThat(courier.linesOf(job.id())).noneMatch(line -> line.contains("event=error"));
    assertThat(courier.invocations(job.id())).hasSize(2);
  }
}

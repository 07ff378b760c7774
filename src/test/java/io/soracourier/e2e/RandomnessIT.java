package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.SimulatedJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What is random is drawn again in each process, and was not decided when the program was built.
 */
@Execution(ExecutionMode.SAME_THREAD)
class RandomnessIT {
  private static final int DRAWS = 5;

  /**
   * @param delays of jobs that went back
   * @param blocks the ids of a video's blocks
   */
  private record Drawn(List<Duration> delays, List<String> blocks) {}

  @Test
  void twoProcesses_drawDifferently() {
    Drawn one = draw();
    Drawn other = draw();

    assertThat(one.delays()).hasSize(DRAWS).isNotEqualTo(other.delays());
    assertThat(one.blocks()).hasSize(4).doesNotContainAnyElementsOf(other.blocks());
  }

  /** One at a time, so that two processes with the same seeds would draw the same. */
  private static Drawn draw() {
    try (Deployment courier =
        Deployment.startWithBlobsTapped(
            builder ->
                builder
                    .setting("COURIER_LOOK_FIRST_DELAY", "1h")
                    .setting("COURIER_LOOK_MAX_DELAY", "2h"))) {
      SimulatedJob done = courier.simulator().sora1Job().video(Mp4.ofSize(13_000_000, 4)).add();
      courier.enqueue(done.id());
      courier.outcome(done.id());
      List<Duration> delays = new ArrayList<>();
      for (int i = 0; i < DRAWS; i++) {
        SimulatedJob waiting = courier.simulator().sora1Job().statuses("running").add();
        courier.enqueue(waiting.id());
        delays.add(courier.awaitPutBacks(waiting.id(), 1).get(0).delay());
      }
      courier.stack().jobs().clear();
      return new Drawn(
          delays,
          courier.blobs().seen(Seen::isPutBlock).stream()
              .map(request -> request.query().replaceFirst(".*blockid=([^&]+).*", "$1"))
              .toList());
    }
  }
}

package io.soracourier.faults;

import static io.soracourier.faults.BlobRequests.of;
import static io.soracourier.faults.BlobRequests.wholeOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of part 3 of the fault matrix: what is of small videos alone, stored in one piece. */
@Execution(ExecutionMode.CONCURRENT)
class OnePieceFaultsIT {
  @AutoClose private static FaultBench bench;

  @BeforeAll
  static void start() {
    bench = FaultBench.startWithBlobsTapped(stack -> stack);
  }

  @ParameterizedTest
  @ValueSource(ints = {20_000, 1 << 20, (2 << 20) - 1})
  void smallVideo_takesTwoRequestsToTheStorage(int size) {
    SimulatedJob job = bench.simulator().sora1Job().video(Mp4.ofSize(size, 7000)).add();

    assertDeliveredByTheFirstLook(job);

    assertThat(blobs().seen(of(job)))
        .extracting(Seen::method)
        .containsExactlyInAnyOrder("HEAD", "PUT");
    assertThat(blobs().seen(wholeOf(job))).extracting(Seen::status).containsExactly(201);
  }

  @Test
  void lengthThatIsNotDeclared_makesNoDifference() {
    SimulatedJob job = job();
    bench.simulator().on(Route.GET_CONTENT, job.generationId()).always(Fault.chunked());

    assertDeliveredByTheFirstLook(job);
    assertThat(blobs().seen(wholeOf(job))).hasSize(1);
  }

  @Test
  void damagedBytes_areRefusedAndSentAgain() {
    SimulatedJob job = job();
    blobs().fail(2, wholeOf(job), StorageFault.damage());

    assertDeliveredByTheFirstLook(job);
    assertThat(blobs().seen(wholeOf(job))).extracting(Seen::status).containsExactly(400, 400, 201);
  }

  @Test
  void leftOverBlocksUnderTheName_doNotPreventTheCopy() {
    SimulatedJob job = job();
    bench
        .courier()
        .stack()
        .container()
        .getBlobClient(job.generationId() + ".mp4")
        .getBlockBlobClient()
        .stageBlock(
            Base64.getEncoder().encodeToString(new byte[36]), BinaryData.fromString("a remainder"));

    assertDeliveredByTheFirstLook(job);
  }

  private static void assertDeliveredByTheFirstLook(SimulatedJob job) {
    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);
    assertThat(bench.simulator().requests(Route.GET_CONTENT, job.generationId())).hasSize(1);
  }

  private static SimulatedJob job() {
    return bench.simulator().sora1Job().video(Storing.IN_ONE_PIECE.video()).add();
  }

  private static StorageProxy blobs() {
    return bench.courier().blobs();
  }
}

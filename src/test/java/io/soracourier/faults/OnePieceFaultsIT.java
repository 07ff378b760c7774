package io.soracourier.faults;

import static io.soracourier.faults.BlobRequests.of;
import static io.soracourier.faults.BlobRequests.questionFor;
import static io.soracourier.faults.BlobRequests.wholeOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy;
import io.soracourier.local.StorageProxy.Rule;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of part 3 of the fault matrix: what goes wrong while a small video is stored in one piece. */
@Execution(ExecutionMode.CONCURRENT)
class OnePieceFaultsIT {
  /** Less than three blocks of 1 MiB, as the bench is set. */
  private static final int SIZE = 2_500_000;

  private static final AtomicLong SEEDS = new AtomicLong(7000);

  @AutoClose private static FaultBench bench;
  @AutoClose private static FaultBench twoHandlers;

  @BeforeAll
  static void start() {
    bench = FaultBench.startWithBlobsTapped(stack -> stack);
    twoHandlers =
        FaultBench.startWithBlobsTapped(
            stack ->
                stack
                    .hosts(2)
                    .setting("AzureFunctionsJobHost__extensions__queues__batchSize", "1")
                    .setting("AzureFunctionsJobHost__extensions__queues__newBatchThreshold", "0"));
  }

  @ParameterizedTest
  @ValueSource(ints = {20_000, 1 << 20, SIZE})
  void smallVideo_takesTwoRequestsToTheStorage(int size) {
    SimulatedJob job =
        bench.simulator().sora1Job().video(Mp4.ofSize(size, SEEDS.getAndIncrement())).add();

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
  void serverBusy_isRetriedWithinTheLook() {
    SimulatedJob job = job();
    blobs().fail(2, wholeOf(job), StorageFault.answer(503, "ServerBusy"));

    assertDeliveredByTheFirstLook(job);
    assertThat(blobs().seen(wholeOf(job))).extracting(Seen::status).containsExactly(0, 0, 201);
  }

  @Test
  void resetInTheMiddle_isRetriedWithinTheLook() {
    SimulatedJob job = job();
    blobs().fail(2, wholeOf(job), StorageFault.breakMidBody());

    assertDeliveredByTheFirstLook(job);
  }

  @Test
  void damagedBytes_areRefusedAndSentAgain() {
    SimulatedJob job = job();
    blobs().fail(2, wholeOf(job), StorageFault.damage());

    assertDeliveredByTheFirstLook(job);
    assertThat(blobs().seen(wholeOf(job))).extracting(Seen::status).containsExactly(400, 400, 201);
  }

  @Test
  void videoThatIsDamagedEachTime_isNeverStored() {
    SimulatedJob job = job();
    Rule damaging = blobs().failAlways(wholeOf(job), StorageFault.damage());
    bench.enqueue(job);
    bench.courier().awaitPutBacks(job.id(), 1);
    assertThat(bench.blob(job).exists()).isFalse();
    assertThat(bench.hasUncommittedBlocks(job)).isFalse();
    damaging.end();

    bench.awaitDelivered(job);
  }

  @Test
  void requestThatTookEffectAndWasNotAcknowledged_isRecognisedAsDone() {
    SimulatedJob job = job();
    blobs().fail(wholeOf(job), StorageFault.loseAnswer());

    assertDeliveredByTheFirstLook(job);
    assertThat(blobs().seen(wholeOf(job)))
        .extracting(Seen::status)
        .startsWith(201)
        .endsWith(409)
        .containsOnlyOnce(201);
  }

  @Test
  void requestThatTookEffectAndTimedOut_isRecognisedAsDone() {
    SimulatedJob job = job();
    blobs().fail(wholeOf(job), StorageFault.holdAnswer());

    assertDeliveredByTheFirstLook(job);
    assertThat(blobs().seen(wholeOf(job))).extracting(Seen::status).containsExactly(201, 409);
  }

  @Test
  void requestThatTookEffectBeforeTheStorageWentAway_isFoundByTheNextLook() {
    SimulatedJob job = job();
    Rule lost = blobs().failAlways(wholeOf(job), StorageFault.loseAnswer());
    Rule gone =
        blobs()
            .failAlways(
                request -> questionFor(job).test(request) && !blobs().seen(wholeOf(job)).isEmpty(),
                StorageFault.answer(503, "ServerBusy"));
    bench.enqueue(job);
    bench.courier().awaitPutBacks(job.id(), 1);
    lost.end();
    gone.end();

    assertThat(bench.awaitDelivered(job).path("looks").asInt()).isGreaterThan(1);
    assertThat(blobs().seen(wholeOf(job))).extracting(Seen::status).containsOnlyOnce(201);
  }

  @Test
  void foreignResponses_areNeverTakenForSuccess() {
    SimulatedJob job = job();
    blobs()
        .fail(
            wholeOf(job),
            StorageFault.foreign(
                201, Map.of("Last-Modified", "Wed, 25 Nov 2026 10:00:00 GMT"), ""));
    blobs().fail(wholeOf(job), StorageFault.portal(200));

    assertDeliveredByTheFirstLook(job);
    assertThat(blobs().seen(wholeOf(job))).extracting(Seen::status).containsExactly(0, 0, 201);
  }

  @Test
  void requestThatTookEffectAndGotAForeignResponse_isRecognisedAsDone() {
    SimulatedJob job = job();
    blobs().fail(wholeOf(job), StorageFault.replaceAnswer(StorageFault.portal(200)));

    assertDeliveredByTheFirstLook(job);
    assertThat(blobs().seen(wholeOf(job))).extracting(Seen::status).containsExactly(201, 409);
  }

  @Test
  void otherBlobThatComesMeanwhile_isKeptAndReported() {
    SimulatedJob job = job();
    blobs().fail(wholeOf(job), StorageFault.after(() -> upload(job, "something else")));
    bench.enqueue(job);

    JsonNode message = bench.courier().outcome(job.id());

    assertThat(message.path("reason").asText()).isEqualTo("storage-denied");
    assertThat(message.path("message").asText()).contains("another blob is at", "was kept");
    assertThat(bench.blob(job).bytes()).asString().isEqualTo("something else");
  }

  @Test
  void missingRole_isNamedAndWaitedFor() {
    SimulatedJob job = job();
    Rule denied =
        blobs()
            .failAlways(wholeOf(job), StorageFault.answer(403, "AuthorizationPermissionMismatch"));
    bench.enqueue(job);
    assertThat(bench.courier().awaitLine(job.id(), "event=denied"))
        .contains(" ERROR ", "Put Blob videos/", "403", "Storage Blob Data Contributor");
    denied.end();

    bench.awaitDelivered(job);
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

  @Test
  void twoHandlersAtOnceOnOneGeneration_makeOneBlobAndBothReportIt() {
    SimulatedJob job = twoHandlers.simulator().sora1Job().video(video()).add();
    StorageProxy blobs = twoHandlers.courier().blobs();
    CyclicBarrier both = new CyclicBarrier(2);
    blobs.fail(2, wholeOf(job), StorageFault.after(() -> await(both)));

    twoHandlers.enqueue(job);
    twoHandlers.enqueue(job);
    List<JsonNode> messages = twoHandlers.courier().outcomes(job.id(), 2);

    assertThat(messages)
        .hasSize(2)
        .allSatisfy(message -> assertThat(message.path("status").asText()).isEqualTo("copied"));
    assertThat(messages.get(0).path("copiedAt")).isEqualTo(messages.get(1).path("copiedAt"));
    assertThat(twoHandlers.blob(job).md5OfContent()).isEqualTo(job.video().md5Base64());
    assertThat(blobs.seen(wholeOf(job))).extracting(Seen::status).containsOnlyOnce(201);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("only one of them got so far", e);
    }
  }

  private static void upload(SimulatedJob job, String text) {
    bench
        .courier()
        .stack()
        .container()
        .getBlobClient(job.generationId() + ".mp4")
        .upload(BinaryData.fromString(text), true);
  }

  private static void assertDeliveredByTheFirstLook(SimulatedJob job) {
    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);
    assertThat(bench.simulator().requests(Route.GET_CONTENT, job.generationId())).hasSize(1);
  }

  private static SimulatedJob job() {
    return bench.simulator().sora1Job().video(video()).add();
  }

  private static Mp4 video() {
    return Mp4.ofSize(SIZE, SEEDS.getAndIncrement());
  }

  private static StorageProxy blobs() {
    return bench.courier().blobs();
  }
}

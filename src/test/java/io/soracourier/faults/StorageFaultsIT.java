package io.soracourier.faults;

import static io.soracourier.faults.BlobRequests.blockOf;
import static io.soracourier.faults.BlobRequests.questionFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.e2e.Deployment;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy;
import io.soracourier.local.StorageProxy.Rule;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Part 3 of the fault matrix: what goes wrong while a video is stored. */
@Execution(ExecutionMode.CONCURRENT)
class StorageFaultsIT {
  /** Of 1 MiB each, as the bench is set, and of {@link Storing#IN_BLOCKS}. */
  private static final int BLOCKS = 4;

  @AutoClose private static FaultBench bench;
  @AutoClose private static FaultBench withoutContainer;
  @AutoClose private static FaultBench twoHandlers;

  @BeforeAll
  static void start() {
    bench = FaultBench.startWithBlobsTapped(stack -> stack);
    withoutContainer =
        FaultBench.startWithBlobsTapped(
            stack -> stack.withoutContainer().setting("COURIER_STORAGE_RETRY_COUNT", "0"));
    twoHandlers =
        FaultBench.startWithBlobsTapped(
            stack ->
                stack
                    .hosts(2)
                    .setting("AzureFunctionsJobHost__extensions__queues__batchSize", "1")
                    .setting("AzureFunctionsJobHost__extensions__queues__newBatchThreshold", "0"));
  }

  @Test
  void serverBusyOnABlock_isRetriedWithinTheLook() {
    SimulatedJob job = job();
    blobs().fail(2, blockOf(job), StorageFault.answer(503, "ServerBusy"));

    assertDeliveredByTheFirstLook(job);
    assertThat(blobs().seen(blockOf(job))).hasSize(BLOCKS + 2);
  }

  @ParameterizedTest
  @EnumSource
  void operationTimedOutOnTheCommit_isRetriedWithinTheLook(Storing way) {
    SimulatedJob job = job(way);
    blobs().fail(2, way.makingOf(job), StorageFault.answer(500, "OperationTimedOut"));

    assertDeliveredByTheFirstLook(job);
    assertThat(blobs().seen(way.makingOf(job))).extracting(Seen::status).containsExactly(0, 0, 201);
  }

  @Test
  void serverBusyOnTheQuestionForTheBlob_isRetriedWithinTheLook() {
    SimulatedJob job = job();
    blobs().fail(2, questionFor(job), StorageFault.answer(503, "ServerBusy"));

    assertDeliveredByTheFirstLook(job);
  }

  @ParameterizedTest
  @EnumSource
  void resetInTheMiddleOfABlock_isRetriedWithinTheLook(Storing way) {
    SimulatedJob job = job(way);
    blobs().fail(2, way.bytesOf(job), StorageFault.breakMidBody());

    assertDeliveredByTheFirstLook(job);
  }

  @Test
  void blockStoredButNotAcknowledged_isSentAgain() {
    SimulatedJob job = job();
    blobs().fail(blockOf(job), StorageFault.loseAnswer());

    assertDeliveredByTheFirstLook(job);
    assertThat(blobs().seen(blockOf(job))).hasSize(BLOCKS + 1);
  }

  @ParameterizedTest
  @EnumSource
  void storageDownForLongerThanALook_isCheckedAgain(Storing way) {
    SimulatedJob job = job(way);
    Rule down = blobs().failAlways(way.bytesOf(job), StorageFault.answer(503, "ServerBusy"));
    bench.enqueue(job);
    bench.courier().awaitPutBacks(job.id(), 1);
    assertThat(bench.blob(job).exists()).isFalse();
    down.end();

    assertThat(bench.awaitDelivered(job).path("looks").asInt()).isGreaterThan(1);
  }

  @ParameterizedTest
  @EnumSource
  void commitThatTookEffectButWasNotAcknowledged_isRecognisedAsDone(Storing way) {
    SimulatedJob job = job(way);
    blobs().fail(way.makingOf(job), StorageFault.loseAnswer());

    assertDeliveredByTheFirstLook(job);
    // On a busy machine the repeated one may time out, too: 0.
    assertThat(blobs().seen(way.makingOf(job)))
        .extracting(Seen::status)
        .startsWith(201)
        .endsWith(409)
        .containsOnlyOnce(201);
  }

  @ParameterizedTest
  @EnumSource
  void commitThatTookEffectAndTimedOut_isRecognisedAsDone(Storing way) {
    SimulatedJob job = job(way);
    blobs().fail(way.makingOf(job), StorageFault.holdAnswer());

    assertDeliveredByTheFirstLook(job);
    assertThat(blobs().seen(way.makingOf(job))).extracting(Seen::status).containsExactly(201, 409);
  }

  @ParameterizedTest
  @EnumSource
  void commitThatTookEffectBeforeTheStorageWentAway_isFoundByTheNextLook(Storing way) {
    SimulatedJob job = job(way);
    Rule lost = blobs().failAlways(way.makingOf(job), StorageFault.loseAnswer());
    Rule gone =
        blobs()
            .failAlways(
                request ->
                    questionFor(job).test(request) && !blobs().seen(way.makingOf(job)).isEmpty(),
                StorageFault.answer(503, "ServerBusy"));
    bench.enqueue(job);
    bench.courier().awaitPutBacks(job.id(), 1);
    lost.end();
    gone.end();

    assertThat(bench.awaitDelivered(job).path("looks").asInt()).isGreaterThan(1);
    assertNothingFetchedAgain(job, way);
  }

  @Test
  void damagedBlock_isRefusedAndSentAgain() {
    SimulatedJob job = job();
    blobs().fail(2, blockOf(job), StorageFault.damage());

    assertDeliveredByTheFirstLook(job);
    assertThat(blobs().seen(blockOf(job)))
        .extracting(Seen::status)
        .containsExactly(400, 400, 201, 201, 201, 201);
  }

  @ParameterizedTest
  @EnumSource
  void everyBlockDamaged_isNeverStored(Storing way) {
    SimulatedJob job = job(way);
    Rule damaging = blobs().failAlways(way.bytesOf(job), StorageFault.damage());
    bench.enqueue(job);
    bench.courier().awaitPutBacks(job.id(), 1);
    assertThat(bench.blob(job).exists()).isFalse();
    assertThat(bench.hasUncommittedBlocks(job)).isFalse();
    damaging.end();

    bench.awaitDelivered(job);
  }

  @Test
  void containerMissing_isNamedWhereItMayNotBeCreatedAndElseCreated() {
    SimulatedJob job =
        withoutContainer.simulator().sora1Job().video(Storing.IN_BLOCKS.video()).add();
    Rule denied =
        withoutContainer
            .courier()
            .blobs()
            .failAlways(
                request -> request.query().equals("restype=container"),
                StorageFault.answer(403, "AuthorizationPermissionMismatch"));
    withoutContainer.enqueue(job);
    assertThat(withoutContainer.courier().awaitLine(job.id(), "event=denied"))
        .contains(
            " ERROR ", "Create Container videos failed: 403", "Storage Blob Data Contributor");
    withoutContainer.courier().awaitPutBacks(job.id(), 1);
    assertThat(withoutContainer.courier().stack().container().exists()).isFalse();
    denied.end();

    withoutContainer.awaitDelivered(job);
  }

  @ParameterizedTest
  @EnumSource
  void status403_logsAnErrorAndIsRetriedUntilItIsFixed(Storing way) {
    SimulatedJob job = job(way);
    Rule denied =
        blobs()
            .failAlways(
                way.bytesOf(job), StorageFault.answer(403, "AuthorizationPermissionMismatch"));
    bench.enqueue(job);
    assertThat(bench.courier().awaitLine(job.id(), "event=denied"))
        .contains(" ERROR ", "Put Blo", "403", "Storage Blob Data Contributor");
    bench.courier().awaitPutBacks(job.id(), 2);
    denied.end();

    assertThat(bench.awaitDelivered(job).path("looks").asInt()).isGreaterThan(2);
  }

  @Test
  void status403UntilTheDeadline_isReportedAsStorageDenied() {
    SimulatedJob job = bench.jobNearItsDeadline(Storing.IN_BLOCKS.video());
    blobs().failAlways(blockOf(job), StorageFault.answer(403, "AuthorizationPermissionMismatch"));

    JsonNode message = bench.failed(job, "storage-denied");

    assertThat(message.path("message").asText()).contains("Put Block videos/", "403");
  }

  @ParameterizedTest
  @EnumSource
  void sameBlobThereAlready_isReportedAndNotCopiedAgain(Storing way) {
    SimulatedJob job = job(way);
    JsonNode first = bench.delivered(job);
    int requests = blobs().seen(way.bytesOf(job)).size();

    bench.enqueue(job);
    List<JsonNode> both = bench.courier().outcomes(job.id(), 2);

    assertThat(both.get(1)).isEqualTo(first);
    assertNothingFetchedAgain(job, way);
    assertThat(blobs().seen(way.bytesOf(job))).hasSize(requests);
  }

  @Test
  void otherBlobThereAlready_isKeptAndReported() {
    SimulatedJob job = job();
    upload(job, "something else");
    bench.enqueue(job);

    assertOtherBlobKept(job, bench.courier().outcome(job.id()));
  }

  @ParameterizedTest
  @EnumSource
  void otherBlobThatComesWhileCopying_isKeptAndReported(Storing way) {
    SimulatedJob job = job(way);
    blobs().fail(way.makingOf(job), StorageFault.after(() -> upload(job, "something else")));
    bench.enqueue(job);

    assertOtherBlobKept(job, bench.courier().outcome(job.id()));
    assertThat(blobs().seen(way.makingOf(job))).extracting(Seen::status).containsExactly(409);
  }

  private static void upload(SimulatedJob job, String text) {
    bench
        .courier()
        .stack()
        .container()
        .getBlobClient(job.generationId() + ".mp4")
        .upload(BinaryData.fromString(text), true);
  }

  private static void assertOtherBlobKept(SimulatedJob job, JsonNode message) {
    assertThat(message.path("reason").asText()).isEqualTo("storage-denied");
    assertThat(message.path("message").asText()).contains("another blob is at", "was kept");
    assertThat(
            bench
                .courier()
                .stack()
                .container()
                .getBlobClient(job.generationId() + ".mp4")
                .downloadContent())
        .hasToString("something else");
  }

  /** Neither makes the blob before the other one has sent its blocks. */
  private static List<JsonNode> outcomesOfBothAtOnce(SimulatedJob job, Storing way) {
    CyclicBarrier bothHaveSentTheirBlocks = new CyclicBarrier(2);
    twoHandlers
        .courier()
        .blobs()
        .fail(2, way.makingOf(job), StorageFault.after(() -> await(bothHaveSentTheirBlocks)));
    twoHandlers.enqueue(job);
    twoHandlers.enqueue(job);
    return twoHandlers.courier().outcomes(job.id(), 2);
  }

  @ParameterizedTest
  @EnumSource
  void twoHandlersAtOnceOnOneGeneration_makeOneBlobAndBothReportIt(Storing way) {
    SimulatedJob job = twoHandlers.simulator().sora1Job().video(way.video()).add();

    List<JsonNode> messages = outcomesOfBothAtOnce(job, way);

    assertThat(messages)
        .hasSize(2)
        .allSatisfy(
            message -> {
              assertThat(message.path("status").asText()).isEqualTo("copied");
              assertThat(message.path("contentMd5").asText()).isEqualTo(job.video().md5Base64());
            });
    assertThat(messages.get(0).path("copiedAt")).isEqualTo(messages.get(1).path("copiedAt"));
    assertThat(twoHandlers.blob(job).md5OfContent()).isEqualTo(job.video().md5Base64());
    assertThat(twoHandlers.courier().blobs().seen(way.makingOf(job)))
        .extracting(Seen::status)
        .containsOnlyOnce(201);
    twoHandlers.courier().stack().awaitIdle(Deployment.IN_TIME);
    assertThat(twoHandlers.courier().stack().hosts())
        .allSatisfy(
            host ->
                assertThat(
                        host.invocations()
                            .entries(
                                done ->
                                    done.logs().stream().anyMatch(line -> line.contains(job.id()))))
                    .hasSize(1));
  }

  /** As a server does that makes each download again. */
  @ParameterizedTest
  @EnumSource
  void twoHandlersWithOtherBytesEach_makeOneBlobAndBothReportIt(Storing way) {
    SimulatedJob job = twoHandlers.simulator().sora1Job().video(way.video()).add();
    twoHandlers
        .simulator()
        .on(Route.GET_CONTENT, job.generationId())
        .answer(Fault.video(way.video()));

    List<JsonNode> messages = outcomesOfBothAtOnce(job, way);

    String stored = twoHandlers.blob(job).md5OfContent();
    assertThat(messages)
        .hasSize(2)
        .allSatisfy(
            message -> {
              assertThat(message.path("status").asText()).isEqualTo("copied");
              assertThat(message.path("contentMd5").asText()).isEqualTo(stored);
            });
    assertThat(twoHandlers.courier().blobs().seen(way.makingOf(job)))
        .extracting(Seen::status)
        .containsExactlyInAnyOrder(201, 409);
    assertThat(twoHandlers.simulator().requests(Route.GET_CONTENT, job.generationId())).hasSize(2);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("only one of them got so far", e);
    }
  }

  @Test
  void blockOfAFailedTryThatArrivesAfterTheCommit_hurtsNothing() {
    SimulatedJob job = job();
    CountDownLatch committed = new CountDownLatch(1);
    CountDownLatch arrived = new CountDownLatch(1);
    blobs()
        .fail(
            blockOf(job),
            passage -> {
              await(committed);
              StorageFault.beforeAnswer(arrived::countDown).strike(passage);
            });

    assertDeliveredByTheFirstLook(job);
    committed.countDown();
    await(arrived);

    assertThat(bench.blob(job).md5OfContent()).isEqualTo(job.video().md5Base64());
    assertThat(blobs().seen(blockOf(job))).hasSize(BLOCKS + 1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private static void assertDeliveredByTheFirstLook(SimulatedJob job) {
    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);
    assertThat(fetched(job)).hasSize(1);
  }

  /** What is requested beside the question for the blob is dropped. */
  private static void assertNothingFetchedAgain(SimulatedJob job, Storing way) {
    assertThat(fetched(job)).hasSizeBetween(1, 2);
    assertThat(blobs().seen(way.makingOf(job))).extracting(Seen::status).containsOnlyOnce(201);
  }

  private static SimulatedJob job() {
    return job(Storing.IN_BLOCKS);
  }

  private static SimulatedJob job(Storing way) {
    return bench.simulator().sora1Job().video(way.video()).add();
  }

  private static StorageProxy blobs() {
    return bench.courier().blobs();
  }

  private static List<RecordedRequest> fetched(SimulatedJob job) {
    return bench.simulator().requests(Route.GET_CONTENT, job.generationId());
  }
}

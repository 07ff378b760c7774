package io.soracourier.faults;

import static io.soracourier.faults.BlobRequests.blockOf;
import static io.soracourier.faults.BlobRequests.commitOf;
import static io.soracourier.faults.BlobRequests.of;
import static io.soracourier.faults.BlobRequests.questionFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.Outcome;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy;
import io.soracourier.local.StorageProxy.Rule;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Of parts 3 and 4 of the fault matrix: something else answers in place of the storage, or a
 * storage that does not speak our version.
 */
@Execution(ExecutionMode.CONCURRENT)
class ForeignStorageFaultsIT {
  /** Of 1 MiB each, as the bench is set, and of {@link Storing#IN_BLOCKS}. */
  private static final int BLOCKS = 4;

  /** Of a request, as configured by default. */
  private static final int TRIES = 5;

  private static final String WORDS = "without x-ms-request-id, which no storage service sends";
  private static final String DATE = "Wed, 25 Nov 2026 10:00:00 GMT";
  @AutoClose private static FaultBench bench;

  @BeforeAll
  static void start() {
    bench = FaultBench.startWithBlobsTapped(stack -> stack);
    bench.courier().expectFailedInvocations();
  }

  @ParameterizedTest
  @EnumSource
  void commitWithAForeignResponse_isRetriedWithinTheLook(Storing way) {
    SimulatedJob job = job(way);
    blobs().fail(way.makingOf(job), StorageFault.foreign(204, Map.of("Last-Modified", DATE), ""));
    blobs().fail(way.makingOf(job), StorageFault.portal(302));

    assertDeliveredByTheFirstLook(job);
    assertThat(blobs().seen(way.makingOf(job))).extracting(Seen::status).containsExactly(0, 0, 201);
  }

  /** As behind a server that has responded twice to the request before, by the same connection. */
  @ParameterizedTest
  @EnumSource
  void commitWithTheSuccessOfAnotherRequest_isMadeAgain(Storing way) {
    SimulatedJob job = job(way);
    blobs()
        .fail(
            way.makingOf(job),
            StorageFault.foreign(
                201,
                Map.of(
                    "Last-Modified",
                    DATE,
                    "x-ms-request-id",
                    "request-1",
                    "x-ms-client-request-id",
                    "another"),
                ""));

    assertDeliveredByTheFirstLook(job);
    assertThat(blobs().seen(way.makingOf(job))).extracting(Seen::status).containsExactly(0, 201);
  }

  @Test
  void commitWithForeignResponsesForLong_isNeverReportedAsCopied() {
    SimulatedJob job = job();
    Rule portal =
        blobs()
            .failAlways(
                commitOf(job), StorageFault.foreign(204, Map.of("Last-Modified", DATE), ""));
    bench.enqueue(job);
    bench.courier().awaitPutBacks(job.id(), 1);
    assertThat(bench.blob(job).exists()).isFalse();
    assertThat(bench.courier().awaitLine(job.id(), WORDS))
        .contains("Put Block List videos/", "status 204", "is a proxy or a captive portal");
    portal.end();

    assertThat(bench.awaitDelivered(job).path("looks").asInt()).isGreaterThan(1);
  }

  @ParameterizedTest
  @EnumSource
  void commitThatTookEffectAndGotAForeignResponse_isRecognisedAsDone(Storing way) {
    SimulatedJob job = job(way);
    blobs().fail(way.makingOf(job), StorageFault.replaceAnswer(StorageFault.portal(200)));

    assertDeliveredByTheFirstLook(job);
    assertThat(blobs().seen(way.makingOf(job))).extracting(Seen::status).containsExactly(201, 409);
  }

  @ParameterizedTest
  @EnumSource
  void commitAnsweredWithoutADate_isRecognisedAsDone(Storing way) {
    SimulatedJob job = job(way);
    blobs().fail(way.makingOf(job), StorageFault.changeHeaders(Map.of("Last-Modified", "")));

    assertDeliveredByTheFirstLook(job);
    assertNoException(job);
  }

  @Test
  void blockWithAForeignResponse_isSentAgain() {
    SimulatedJob job = job();
    blobs().fail(2, blockOf(job), StorageFault.portal(200));

    assertDeliveredByTheFirstLook(job);
    assertThat(blobs().seen(blockOf(job)).stream().filter(block -> block.status() == 201))
        .hasSize(BLOCKS);
  }

  @Test
  void pageThatSaysForbidden_isNotMistakenForAMissingRole() {
    SimulatedJob job = job();
    Rule portal = blobs().failAlways(blockOf(job), StorageFault.portal(403));
    bench.enqueue(job);
    bench.courier().awaitPutBacks(job.id(), 1);
    assertThat(bench.courier().linesOf(job.id()))
        .anyMatch(line -> line.contains("status 403 " + WORDS))
        .noneMatch(line -> line.contains("event=denied") || line.contains("Contributor"));
    portal.end();

    bench.awaitDelivered(job);
  }

  @Test
  void pageThatSaysFound_isNotTakenForTheBlob() {
    SimulatedJob job = job();
    blobs()
        .fail(
            2,
            questionFor(job),
            StorageFault.foreign(
                200,
                Map.of(
                    "Last-Modified",
                    DATE,
                    "Content-Length",
                    "" + job.video().length(),
                    "Content-MD5",
                    job.video().md5Base64(),
                    "x-ms-blob-type",
                    "BlockBlob",
                    "x-ms-meta-jobid",
                    job.id(),
                    "x-ms-meta-generationid",
                    job.generationId()),
                ""));

    assertDeliveredByTheFirstLook(job);
  }

  @Test
  void pageThatSaysNotFound_isNotTakenForNoBlob() {
    SimulatedJob job = job();
    JsonNode first = bench.delivered(job);
    Rule portal = blobs().failAlways(questionFor(job), StorageFault.portal(404));

    bench.enqueue(job);
    bench.courier().awaitPutBacks(job.id(), 1);
    portal.end();

    JsonNode second = bench.courier().outcomes(job.id(), 2).get(1);
    assertThat(second.path("copiedAt")).isEqualTo(first.path("copiedAt"));
    assertStoredOnce(job);
  }

  @Test
  void responseFromACache_isNotTakenForTheStorages() {
    SimulatedJob job = job();
    blobs()
        .fail(
            questionFor(job),
            StorageFault.foreign(
                404,
                Map.of("x-ms-request-id", "1", "x-ms-error-code", "BlobNotFound", "Age", "86000"),
                ""));

    assertDeliveredByTheFirstLook(job);
    assertThat(blobs().seen(questionFor(job))).hasSize(2);
  }

  @Test
  void propertiesThatCannotBeRead_areRetriedAndExplained() {
    SimulatedJob job = job();
    bench.delivered(job);
    Rule stripping =
        blobs()
            .failAlways(
                questionFor(job), StorageFault.changeHeaders(Map.of("Last-Modified", "never")));
    bench.enqueue(job);
    bench.courier().awaitPutBacks(job.id(), 1);
    assertThat(bench.courier().linesOf(job.id()))
        .anyMatch(line -> line.contains("status 200 without a readable Last-Modified"));
    stripping.end();

    bench.courier().outcomes(job.id(), 2);
    assertNoException(job);
    assertStoredOnce(job);
  }

  @Test
  void putBackWithAForeignResponse_isRetried() {
    SimulatedJob job = jobThatRunsOnce();
    queues().fail(2, putBackOf(job), StorageFault.portal(200));

    bench.enqueue(job);

    bench.awaitDelivered(job);
    assertThat(queues().seen(putBackOf(job))).extracting(Seen::status).containsExactly(0, 0, 201);
  }

  @Test
  void putBackWithForeignResponsesForLong_failsTheInvocationAndTheHostKeepsTheMessage() {
    SimulatedJob job = jobThatRunsOnce();
    queues().fail(TRIES, putBackOf(job), StorageFault.portal(200));

    String message = bench.courier().enqueue(job.id());

    bench.awaitDelivered(job);
    assertThat(bench.courier().invocationsOfMessage(message))
        .extracting(done -> done.outcome())
        .startsWith(Outcome.FAILED)
        .endsWith(Outcome.SUCCEEDED);
  }

  @Test
  void apiVersionRefusedForAWhile_logsErrorAndRetriesUntilKnown() {
    SimulatedJob job = job();
    Rule old = blobs().failAlways(of(job), StorageFault.answer(400, "InvalidHeaderValue"));
    bench.enqueue(job);
    assertThat(bench.courier().awaitLine(job.id(), "event=denied"))
        .contains(" ERROR ", "the storage does not know API version 2025-11-05");
    bench.courier().awaitPutBacks(job.id(), 2);
    old.end();

    bench.awaitDelivered(job);
  }

  @Test
  void apiVersionRefusedUntilTheDeadline_isReportedAsStorageDenied() {
    SimulatedJob job = bench.jobNearItsDeadline(Storing.IN_BLOCKS.video());
    blobs().failAlways(of(job), StorageFault.answer(400, "InvalidHeaderValue"));

    assertThat(bench.failed(job, "storage-denied").path("message").asText())
        .contains("400 InvalidHeaderValue", "does not know API version 2025-11-05");
  }

  private static void assertDeliveredByTheFirstLook(SimulatedJob job) {
    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);
    assertFetchedOnce(job);
  }

  private static void assertFetchedOnce(SimulatedJob job) {
    assertThat(bench.simulator().requests(Route.GET_CONTENT, job.generationId())).hasSize(1);
  }

  private static void assertStoredOnce(SimulatedJob job) {
    assertThat(blobs().seen(commitOf(job))).extracting(Seen::status).containsExactly(201);
  }

  private static void assertNoException(SimulatedJob job) {
    List<String> lines = bench.courier().linesOf(job.id());
    assertThat(lines).noneMatch(line -> line.contains("event=error"));
    assertThat(lines).noneMatch(line -> line.contains("NullPointer"));
  }

  private static SimulatedJob job() {
    return job(Storing.IN_BLOCKS);
  }

  private static SimulatedJob job(Storing way) {
    return bench.simulator().sora1Job().video(way.video()).add();
  }

  private static SimulatedJob jobThatRunsOnce() {
    return bench
        .simulator()
        .sora1Job()
        .video(Storing.IN_BLOCKS.video())
        .statuses("running", "succeeded")
        .add();
  }

  private static StorageProxy blobs() {
    return bench.courier().blobs();
  }

  private static StorageProxy queues() {
    return bench.courier().queues();
  }

  private static Predicate<Seen> putBackOf(SimulatedJob job) {
    return request ->
        request.isPutMessage()
            && new String(request.body(), StandardCharsets.UTF_8).contains(job.id());
  }
}

package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.specialized.BlobLeaseClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of part 3 of the fault matrix: something lies under the video's name already. */
@Execution(ExecutionMode.CONCURRENT)
class OccupiedNameFaultsIT {
  private static final int SIZE = 3_500_000;

  /** Of 1 MiB each, as the bench is set. */
  private static final int BLOCKS = 4;

  private static final AtomicLong SEEDS = new AtomicLong(5000);

  @AutoClose private static FaultBench bench;

  @BeforeAll
  static void start() {
    bench = FaultBench.startWithBlobsTapped(stack -> stack);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 6, 36, 64})
  void leftOverBlocksWithIdsOfAnotherLength_doNotPreventTheCopy(int idBytes) {
    SimulatedJob job = job();
    leaveBlock(job, idBytes);

    JsonNode message = bench.delivered(job);

    assertThat(message.path("looks").asInt()).isEqualTo(1);
    assertThat(seen(job, Seen::isPutBlock).stream().filter(block -> block.status() == 201))
        .hasSize(BLOCKS);
    assertThat(seen(job, Seen::isPutBlockList)).extracting(Seen::status).containsExactly(201);
    assertThat(fetched(job)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void leftOverBlocksWithIdsTooShort_areReportedAtOnce(int idBytes) {
    SimulatedJob job = job();
    leaveBlock(job, idBytes);

    JsonNode message = bench.failed(job, "storage-denied");

    assertThat(message.path("looks").asInt()).isEqualTo(1);
    assertThat(message.path("message").asText())
        .contains(
            "uncommitted blocks with ids of " + idBytes + " bytes lie under that name",
            "upload any blob of that name and delete it");
    assertThat(seen(job, Seen::isPutBlock)).noneMatch(block -> block.status() == 201);
  }

  @Test
  void appendBlobThereAlready_isReportedAtTheFirstLook() {
    SimulatedJob job = job();
    blob(job).getAppendBlobClient().create();

    assertOccupied(job, "an append blob has that name; it was kept");
  }

  @Test
  void pageBlobThereAlready_isReportedAtTheFirstLook() {
    SimulatedJob job = job();
    blob(job).getPageBlobClient().create(512);

    assertOccupied(job, "a page blob has that name; it was kept");
  }

  @Test
  void leaseOnTheName_logsErrorAndRetriesUntilItEnds() {
    SimulatedJob job = job();
    leaveBlock(job, 30);
    BlobLeaseClient lease = new BlobLeaseClientBuilder().blobClient(blob(job)).buildClient();
    lease.acquireLease(-1);
    bench.enqueue(job);
    assertThat(bench.courier().awaitLine(job.id(), "event=denied"))
        .contains(" ERROR ", "412 LeaseIdMissing", "somebody holds a lease on that name");
    bench.courier().awaitPutBacks(job.id(), 1);
    lease.breakLease();

    assertThat(bench.awaitDelivered(job).path("looks").asInt()).isGreaterThan(1);
  }

  @Test
  void sameBytesUnderALease_areReportedAsCopied() {
    SimulatedJob job = job();
    put(job, job.video().bytes(), Map.of());
    new BlobLeaseClientBuilder().blobClient(blob(job)).buildClient().acquireLease(-1);

    assertDeliveredWithoutABlock(job);
  }

  @Test
  void sameBytesWithoutAnMd5_areReportedAsCopied() {
    SimulatedJob job = job();
    put(job, job.video().bytes(), Map.of());

    assertDeliveredWithoutABlock(job);
  }

  @Test
  void readOfTheBlobThatIsCutAndThenStalls_isRepeatedWithinTheLook() {
    SimulatedJob job = job();
    put(job, job.video().bytes(), Map.of());
    Predicate<Seen> read =
        request ->
            request.method().equals("GET") && request.path().contains(job.generationId() + ".mp4");
    bench.courier().blobs().fail(read, StorageFault.cutAnswer());
    bench.courier().blobs().fail(read, StorageFault.stallAnswer());

    assertDeliveredWithoutABlock(job);
    assertThat(bench.courier().blobs().seen(read)).hasSize(3);
  }

  @Test
  void ownBlobWhoseMd5WasDropped_isReportedAsCopied() {
    SimulatedJob job = job();
    bench.delivered(job);
    blob(job).setHttpHeaders(new BlobHttpHeaders().setContentType("video/mp4"));
    assertThat(bench.blob(job).md5Property()).isNull();

    bench.enqueue(job);

    JsonNode second = bench.courier().outcomes(job.id(), 2).get(1);
    assertThat(second.path("status").asText()).as("" + second).isEqualTo("copied");
    assertThat(second.path("contentMd5").asText()).isEqualTo(job.video().md5Base64());
    assertThat(seen(job, Seen::isPutBlock)).hasSize(BLOCKS);
  }

  @Test
  void otherBytesOfTheSameLengthWithoutAnMd5_areKeptAndReported() {
    SimulatedJob job = job();
    byte[] other = job.video().bytes().clone();
    other[SIZE / 2] ^= 1;
    put(job, other, Map.of());

    assertKept(job, other, "another blob is at");
  }

  @Test
  void archivedBlobWithoutAnMd5_isKeptAndReported() {
    SimulatedJob job = job();
    put(job, job.video().bytes(), Map.of());
    blob(job).setAccessTier(AccessTier.ARCHIVE);

    JsonNode message = outcome(job);

    assertThat(message.path("reason").asText()).as("" + message).isEqualTo("storage-denied");
    assertThat(message.path("message").asText()).contains("an archived blob cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobid", "generationid"})
  void sameBytesOfAnotherJob_areKeptAndReported(String key) {
    SimulatedJob job = job();
    blob(job).upload(BinaryData.fromBytes(job.video().bytes()));
    blob(job).setMetadata(metadata(job, key));

    assertKept(job, job.video().bytes(), "by its metadata of job ");
  }

  private static Map<String, String> metadata(SimulatedJob job, String other) {
    return Map.of(
        "jobid", other.equals("jobid") ? "task_01k742sg3vabcdefghjkmnpqrs" : job.id(),
        "generationid",
            other.equals("generationid") ? "gen_01k742sg3vabcdefghjkmnpqrs" : job.generationId());
  }

  private static void assertOccupied(SimulatedJob job, String words) {
    JsonNode message = outcome(job);

    assertThat(message.path("reason").asText()).as("" + message).isEqualTo("storage-denied");
    assertThat(message.path("message").asText()).contains(words);
    assertThat(message.path("looks").asInt()).isEqualTo(1);
    assertThat(blob(job).exists()).isTrue();
    assertThat(seen(job, request -> request.method().equals("PUT"))).isEmpty();
  }

  private static void assertDeliveredWithoutABlock(SimulatedJob job) {
    String etag = bench.blob(job).etag();

    JsonNode message = outcome(job);

    assertThat(message.path("status").asText()).as("" + message).isEqualTo("copied");
    assertThat(message.path("contentMd5").asText()).isEqualTo(job.video().md5Base64());
    assertThat(message.path("bytes").asLong()).isEqualTo(SIZE);
    assertThat(message.path("looks").asInt()).isEqualTo(1);
    assertThat(bench.blob(job).etag()).isEqualTo(etag);
    assertThat(seen(job, request -> request.method().equals("PUT"))).isEmpty();
    assertThat(fetched(job)).hasSize(1);
  }

  private static void assertKept(SimulatedJob job, byte[] bytes, String words) {
    JsonNode message = outcome(job);

    assertThat(message.path("reason").asText()).as("" + message).isEqualTo("storage-denied");
    assertThat(message.path("message").asText()).contains(words, "was kept");
    assertThat(message.path("looks").asInt()).isEqualTo(1);
    assertThat(bench.blob(job).bytes()).isEqualTo(bytes);
    assertThat(seen(job, request -> request.method().equals("PUT"))).isEmpty();
  }

  private static JsonNode outcome(SimulatedJob job) {
    bench.enqueue(job);
    return bench.courier().outcome(job.id());
  }

  /** As one block, which leaves the blob without an MD5. */
  private static void put(SimulatedJob job, byte[] bytes, Map<String, String> metadata) {
    BlockBlobClient client = blob(job).getBlockBlobClient();
    String id = Base64.getEncoder().encodeToString(new byte[30]);
    client.stageBlock(id, BinaryData.fromBytes(bytes));
    client.commitBlockListWithResponse(
        List.of(id), new BlobHttpHeaders(), metadata, null, null, null, null);
  }

  private static void leaveBlock(SimulatedJob job, int idBytes) {
    byte[] id = new byte[idBytes];
    id[idBytes - 1] = (byte) 0xFB;
    blob(job)
        .getBlockBlobClient()
        .stageBlock(Base64.getEncoder().encodeToString(id), BinaryData.fromString("x"));
  }

  private static BlobClient blob(SimulatedJob job) {
    return bench.courier().stack().container().getBlobClient(job.generationId() + ".mp4");
  }

  private static SimulatedJob job() {
    return bench.simulator().sora1Job().video(Mp4.ofSize(SIZE, SEEDS.getAndIncrement())).add();
  }

  private static List<Seen> seen(SimulatedJob job, Predicate<Seen> requests) {
    return bench.courier().blobs().seen(BlobRequests.of(job).and(requests));
  }

  private static List<RecordedRequest> fetched(SimulatedJob job) {
    return bench.simulator().requests(Route.GET_CONTENT, job.generationId());
  }
}

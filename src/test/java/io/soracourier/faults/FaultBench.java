package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.e2e.Deployment;
import io.soracourier.local.LocalStack;
import io.soracourier.local.StoredBlob;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SoraSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The packaged courier with short times, for many jobs in trouble at once, each test with its own.
 * The circuit is far out of reach, since one test's faults would open it for all.
 */
final class FaultBench implements AutoCloseable {
  static final Duration STALL_TIMEOUT = Duration.ofSeconds(2);
  static final Duration STORAGE_READ_TIMEOUT = Duration.ofSeconds(10);
  static final Duration GRACE = Duration.ofSeconds(3);
  static final Duration CONTENT_GRACE = Duration.ofSeconds(3);

  private final Deployment courier;

  private FaultBench(Deployment courier) {
    this.courier = courier;
  }

  static FaultBench start() {
    return start(stack -> stack);
  }

  static FaultBench start(UnaryOperator<LocalStack.Builder> options) {
    return new FaultBench(Deployment.start(stack -> options.apply(withShortTimes(stack))));
  }

  /** The handler's requests to the blobs can be made to fail too. */
  static FaultBench startWithBlobsTapped(UnaryOperator<LocalStack.Builder> options) {
    return new FaultBench(
        Deployment.startWithBlobsTapped(stack -> options.apply(withShortTimes(stack))));
  }

  /** The handler's requests to the tables can be made to fail too. */
  static FaultBench startWithTablesTapped(UnaryOperator<LocalStack.Builder> options) {
    return new FaultBench(
        Deployment.startWithTablesTapped(stack -> options.apply(withShortTimes(stack))));
  }

  private static LocalStack.Builder withShortTimes(LocalStack.Builder stack) {
    return stack
        .setting("COURIER_LOOK_FIRST_DELAY", "1s")
        .setting("COURIER_LOOK_MAX_DELAY", "2s")
        .setting("COURIER_GRACE", GRACE.toString())
        .setting("COURIER_CONTENT_GRACE", CONTENT_GRACE.toString())
        .setting("COURIER_CONTENT_STALL_TIMEOUT", STALL_TIMEOUT.toString())
        .setting("COURIER_SORA_READ_TIMEOUT", "3s")
        .setting("COURIER_SORA_RETRY_DELAY", "200ms")
        .setting("COURIER_SORA_CIRCUIT_CALLS", "10000")
        .setting("COURIER_COPY_BLOCK_SIZE", "1M")
        .setting("COURIER_COPY_CONCURRENCY", "32")
        .setting("COURIER_STORAGE_READ_TIMEOUT", STORAGE_READ_TIMEOUT.toString())
        .setting("COURIER_STORAGE_RETRY_DELAY", "100ms");
  }

  Deployment courier() {
    return courier;
  }

  SoraSimulator simulator() {
    return courier.simulator();
  }

  void enqueue(SimulatedJob job) {
    courier.enqueue(job.id());
  }

  /** A job with so little time left that there is one look. */
  SimulatedJob jobNearItsDeadline(Mp4 video) {
    long expiry = Instant.now().plus(Deployment.NO_TIME).getEpochSecond();
    return simulator()
        .sora1Job()
        .video(video)
        .createdAt(Instant.now().minus(Duration.ofHours(23)))
        .editJob(json -> json.put("expires_at", expiry))
        .add();
  }

  /** See {@link Deployment#enqueue(String, Duration)}. */
  void enqueue(SimulatedJob job, Duration untilItsDeadline) {
    courier.enqueue(job.id(), untilItsDeadline);
  }

  /** Enqueues the job and waits for its video; what {@link #awaitDelivered} says is so. */
  JsonNode delivered(SimulatedJob job) {
    enqueue(job);
    return awaitDelivered(job);
  }

  /** Waits until the job's first video is reported as copied, and is there to the last byte. */
  JsonNode awaitDelivered(SimulatedJob job) {
    JsonNode message = onlyOutcome(job);
    assertThat(message.path("status").asText()).as(message.toString()).isEqualTo("copied");
    StoredBlob blob = blob(job);
    String md5 = blob.md5OfContent();
    assertThat(md5).as("the blob's bytes").isEqualTo(job.video().md5Base64());
    assertThat(blob.md5Property()).isEqualTo(md5);
    assertThat(blob.contentType()).isEqualTo("video/mp4");
    assertThat(message.path("contentMd5").asText()).isEqualTo(md5);
    assertThat(message.path("bytes").asLong()).isEqualTo(job.video().length());
    return message;
  }

  /** Enqueues the job and waits until it is reported as failed, with no blob of it. */
  JsonNode failed(SimulatedJob job, String reason) {
    enqueue(job);
    JsonNode message = onlyOutcome(job);
    assertThat(message.path("reason").asText()).as(message.toString()).isEqualTo(reason);
    assertThat(blob(job).exists()).isFalse();
    return message;
  }

  private JsonNode onlyOutcome(SimulatedJob job) {
    List<JsonNode> outcomes = courier.outcomes(job.id(), 1);
    assertThat(outcomes).hasSize(1);
    return outcomes.get(0);
  }

  StoredBlob blob(SimulatedJob job) {
    return courier.stack().blob(job.generationId() + ".mp4");
  }

  /** Whether blocks of the job's video were sent, though they became no blob. */
  boolean hasUncommittedBlocks(SimulatedJob job) {
    ListBlobsOptions options =
        new ListBlobsOptions()
            .setDetails(new BlobListDetails().setRetrieveUncommittedBlobs(true))
            .setPrefix(job.generationId());
    return courier.stack().container().listBlobs(options, null).stream()
        .map(BlobItem::getName)
        .findAny()
        .isPresent();
  }

  @Override
  public void close() {
    courier.close();
  }
}

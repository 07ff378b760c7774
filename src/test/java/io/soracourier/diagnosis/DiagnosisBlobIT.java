package io.soracourier.diagnosis;

import static io.soracourier.diagnosis.DiagnosedApp.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.Azurite;
import io.soracourier.local.StorageAccount;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy;
import io.soracourier.simulator.SimulatedJob;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a diagnosis says of the blob, and what a copy does with it. */
class DiagnosisBlobIT {
  private static final Duration IN_TIME = Duration.ofSeconds(90);

  @AutoClose private static StorageProxy blobs;
  @AutoClose private static DiagnosedApp app;

  @BeforeAll
  static void start() {
    StorageAccount account = Azurite.shared().freshAccount();
    blobs = StorageProxy.before(account.blobEndpoint());
    String tapped =
        account.at(blobs.endpoint().toString(), account.queueEndpoint()).connectionString();
    app = new DiagnosedApp(stack -> stack.account(account).setting("VideoStorage", tapped));
    app.stack().container().createIfNotExists();
  }

  /** Blobs that a copy does not deliver as they are, but compares with the video. */
  enum Compared {
    WITHOUT_METADATA("without all of the courier's metadata, with an MD5"),
    WITH_ONE_ID("without all of the courier's metadata, with an MD5"),
    WITHOUT_MD5("with the courier's metadata, without an MD5"),
    EMPTY("a blob of 0 bytes is there, with the courier's metadata");

    private final String words;

    Compared(String words) {
      this.words = words;
    }

    private void put(SimulatedJob job) {
      BinaryData video = BinaryData.fromBytes(job.video().bytes());
      blob(job).upload(this == EMPTY ? BinaryData.fromString("") : video);
      switch (this) {
        case WITHOUT_METADATA -> {}
        case WITH_ONE_ID -> blob(job).setMetadata(Map.of("jobid", job.id()));
        case WITHOUT_MD5, EMPTY ->
            blob(job).setMetadata(Map.of("jobid", job.id(), "generationid", job.id()));
      }
      if (this == WITHOUT_MD5) {
        blob(job).setHttpHeaders(new BlobHttpHeaders().setContentType("video/mp4"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void blobThatACopyCompares_isNotStored(Compared what) {
    SimulatedJob job = job();
    what.put(job);

    JsonNode json = app.json(job.id());

    assertRow(json, "not-stored", what.words, "a copy compares", "storage-denied", "move it away");
    assertThat(json.path("conclusion").asText()).isEqualTo("found");
    assertThat(sentence(json))
        .doesNotContain("copied it already")
        .contains("a copy compares", "storage-denied if", "/" + job.id() + ".mp4");
  }

  @Test
  void blobOfAnotherJob_isInTheWayAsTheOutcomeSays() {
    SimulatedJob job = job();
    blob(job).upload(BinaryData.fromBytes(job.video().bytes()));
    blob(job).setMetadata(Map.of("jobid", "video_of_somebody_else"));

    assertInTheWay(job, "the blob there is of another job");
    assertStorageDenied(job);
  }

  @Test
  void appendBlob_isInTheWayAsTheOutcomeSays() {
    SimulatedJob job = job();
    blob(job).getAppendBlobClient().create();

    assertInTheWay(job, "an append blob has that name");
    assertStorageDenied(job);
  }

  @Test
  void pageBlob_isInTheWay() {
    SimulatedJob job = job();
    blob(job).getPageBlobClient().create(512);

    assertInTheWay(job, "a page blob has that name");
  }

  /** Nothing is copied then, so that the blob does not matter. */
  @Test
  void blobOfAnotherJob_isNoPartOfTheSentenceOnAFailedJob() {
    SimulatedJob job = app.simulator().sora2Video().failed("server_error").add();
    blob(job).getAppendBlobClient().create();

    JsonNode json = app.json(job.id());

    assertRow(json, "not-stored", "an append blob has that name");
    assertThat(sentence(json)).doesNotContain(".mp4");
  }

  @Test
  void unfinishedCopyToTheName_isWaitedForByTheCourier() {
    SimulatedJob job = job();
    blob(job).upload(BinaryData.fromBytes(job.video().bytes()));
    fault(job, StorageFault.changeHeaders(Map.of("x-ms-copy-status", "pending")));

    assertRow(app.json(job.id()), "unavailable", "is not finished", "the courier checks it again");
  }

  @Test
  void storageThatDoesNotRespond_isNotWaitedForLong() {
    SimulatedJob job = job();
    fault(job, StorageFault.holdAnswer());

    JsonNode json = app.json(job.id());

    assertRow(json, "unavailable", "the storage took longer than 15000 ms");
    assertThat(json.path("conclusion").asText()).isEqualTo("found");
    assertThat(blobs.seen(seen -> isOf(job, seen))).hasSize(1);
  }

  private static void assertInTheWay(SimulatedJob job, String... words) {
    JsonNode json = app.json(job.id());
    assertRow(json, "not-stored", words);
    assertRow(json, "not-stored", "storage-denied", "move it away");
    assertThat(json.path("conclusion").asText()).isEqualTo("found");
    assertThat(sentence(json))
        .startsWith("The video is there: ")
        .contains("a copy keeps it and ends as storage-denied", "/" + job.id() + ".mp4", "Move it");
  }

  private static void assertStorageDenied(SimulatedJob job) {
    int before = app.stack().videos().taken().size();
    app.stack().enqueue(job.id());
    app.stack().awaitVideoMessages(before + 1, IN_TIME);
    assertThat(app.stack().videos().taken())
        .anyMatch(text -> text.contains(job.id()) && text.contains("\"storage-denied\""));
  }

  private static void assertRow(JsonNode json, String verdict, String... words) {
    JsonNode row = row(json, "blob");
    assertThat(row.path("verdict").asText()).as("" + row).isEqualTo(verdict);
    assertThat(row.path("explanation").asText()).contains(words);
  }

  private static void fault(SimulatedJob job, StorageFault fault) {
    blobs.failAlways(seen -> isOf(job, seen), fault);
  }

  private static boolean isOf(SimulatedJob job, StorageProxy.Seen seen) {
    return seen.isGetProperties() && seen.path().contains(job.id());
  }

  private static String sentence(JsonNode json) {
    return json.path("sentence").asText();
  }

  private static SimulatedJob job() {
    return app.simulator().sora2Video().add();
  }

  private static BlobClient blob(SimulatedJob job) {
    return app.stack().container().getBlobClient(job.id() + ".mp4");
  }
}

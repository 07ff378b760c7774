package io.soracourier.blob;

import static io.soracourier.storage.Digests.base64Md5;
import static io.soracourier.storage.Digests.bytes;
import static io.soracourier.storage.Digests.md5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.soracourier.azure.FaultyStorageProfile;
import io.soracourier.azure.StorageConfigs;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.storage.Blocks;
import io.soracourier.storage.Owner;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import io.soracourier.storage.Upload;
import io.soracourier.storage.UploadResult;
import io.soracourier.storage.UploadResult.Outcome;
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against Azurite, with Microsoft's own client as the witness. */
@QuarkusTest
@TestProfile(FaultyStorageProfile.class)
class VideoContainerTest {
  private static final int MAX_RETRIES = StorageConfigs.DEFAULTS.retry().count();
  private static final byte[] FIRST = bytes(300_000, 1);
  private static final byte[] SECOND = bytes(1, 2);

  @Inject VideoStore videos;
  @Inject FaultyStorageProfile.Faulty storage;

  private final ExecutorService threads = Executors.newFixedThreadPool(32);
  private BlobContainerClient witness;

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @BeforeEach
  void forgetFaults() {
    storage.blobs().reset();
    witness =
        new BlobServiceClientBuilder()
            .connectionString(storage.account().connectionString())
            .buildClient()
            .getBlobContainerClient("videos");
  }

  @Test
  void stagedBlocksCommitted_becomeTheBlobThatOthersRead() {
    UploadResult commit = upload("whole");

    assertThat(commit.outcome()).isEqualTo(Outcome.COMMITTED);
    BlobClient blob = witness.getBlobClient("whole.mp4");
    assertThat(blob.downloadContent().toBytes())
        .startsWith(FIRST)
        .endsWith(SECOND)
        .hasSize(FIRST.length + 1);
    assertThat(blob.getProperties().getContentType()).isEqualTo("video/mp4");
    assertThat(blob.getProperties().getContentMd5()).isEqualTo(md5(FIRST, SECOND));
    assertThat(blob.getProperties().getMetadata())
        .isEqualTo(Map.of("jobid", "task_1", "generationid", "whole"));
    assertThat(commit.video().url()).hasToString(storage.blobs().endpoint() + "/videos/whole.mp4");
  }

  @Test
  void missingContainer_isCreatedByTheFirstBlock() {
    witness.deleteIfExists();

    assertThat(videos.find(video("fresh"))).isEmpty();
    assertThat(upload("fresh").outcome()).isEqualTo(Outcome.COMMITTED);
  }

  @Test
  void missingContainerThatMayNotBeCreated_isNamed() {
    witness.deleteIfExists();
    storage
        .blobs()
        .fail(
            seen -> seen.query().equals("restype=container"),
            StorageFault.answer(403, "AuthorizationPermissionMismatch"));

    assertThatThrownBy(() -> upload("nowhere"))
        .hasMessageStartingWith(
            "Create Container videos failed: 403 AuthorizationPermissionMismatch (request id"
                + " request-1); ")
        .extracting("kind")
        .isEqualTo(Kind.DENIED);
  }

  @Test
  void blockOtherThanItsMd5_isRefused() {
    upload("neighbour");
    Upload upload = videos.begin(video("corrupt"));

    assertThatThrownBy(() -> Blocks.stage(upload, FIRST, md5(SECOND)))
        .hasMessageStartingWith("Put Block videos/corrupt.mp4 failed: 400 ");
  }

  @Test
  void blockDamagedOnTheWay_isSentAgain() {
    storage.blobs().fail(Seen::isPutBlock, StorageFault.answer(400, "Md5Mismatch"));

    assertThat(upload("damaged").outcome()).isEqualTo(Outcome.COMMITTED);
    assertThat(storage.blobs().seen(Seen::isPutBlock)).hasSize(2 + 1);
  }

  @Test
  void blockDamagedOnTheWayEveryTime_isCorrupt() {
    for (int i = 0; i <= MAX_RETRIES; i++) {
      storage.blobs().fail(Seen::isPutBlock, StorageFault.answer(400, "Md5Mismatch"));
    }

    assertThatThrownBy(() -> upload("damaged")).extracting("kind").isEqualTo(Kind.CORRUPT);
  }

  @Test
  void sameBytesThereAlready_areReportedAndNotReplaced() {
    upload("same");
    String etag = witness.getBlobClient("same.mp4").getProperties().getETag();

    UploadResult second = upload("same");

    assertThat(second.outcome()).isEqualTo(Outcome.SAME_ALREADY_THERE);
    assertThat(second.video()).isEqualTo(videos.find(video("same")).orElseThrow());
    assertThat(witness.getBlobClient("same.mp4").getProperties().getETag()).isEqualTo(etag);
  }

  @Test
  void twoUploadsRacing_oneWinsAndTheOtherFindsItsBlob() {
    Upload winner = videos.begin(video("race"));
    Upload loser = videos.begin(video("race"));
    Blocks.stage(winner, FIRST);
    Blocks.stage(loser, FIRST);
    Blocks.stage(winner, SECOND);

    UploadResult won = winner.commit(md5(FIRST, SECOND));
    Blocks.stage(loser, SECOND);
    UploadResult lost = loser.commit(md5(FIRST, SECOND));

    assertThat(won.outcome()).isEqualTo(Outcome.COMMITTED);
    assertThat(lost.outcome()).isEqualTo(Outcome.SAME_ALREADY_THERE);
    assertThat(lost.video()).isEqualTo(won.video());
  }

  @Test
  void blocksDroppedByTheWinner_endAtTheWinnersBlob() {
    Upload loser = videos.begin(video("dropped"));
    Blocks.stage(loser, FIRST);
    upload("dropped");
    storage.blobs().fail(Seen::isPutBlockList, StorageFault.answer(400, "InvalidBlockList"));

    UploadResult lost = loser.commit(md5(FIRST));

    assertThat(lost.outcome()).isEqualTo(Outcome.OTHER_ALREADY_THERE);
  }

  @Test
  void blocksDroppedWithNoBlobThere_failTheCommit() {
    Upload upload = videos.begin(video("gone"));
    Blocks.stage(upload, FIRST);
    storage.blobs().fail(Seen::isPutBlockList, StorageFault.answer(400, "InvalidBlockList"));

    assertThatThrownBy(() -> upload.commit(md5(FIRST)))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("Put Block List videos/gone.mp4 failed: 400 InvalidBlockList");
  }

  @Test
  void busyStorage_isRetried() {
    storage.blobs().fail(Seen::isPutBlock, StorageFault.answer(503, "ServerBusy"));
    storage.blobs().fail(Seen::isPutBlock, StorageFault.answer(500, "OperationTimedOut"));
    storage.blobs().fail(Seen::isPutBlock, StorageFault.answer(429, "TooManyRequests"));
    storage.blobs().fail(Seen::isPutBlock, StorageFault.answer(408, "RequestTimeout"));

    assertThat(upload("busy").outcome()).isEqualTo(Outcome.COMMITTED);
    assertThat(storage.blobs().seen(Seen::isPutBlock)).hasSize(2 + 4);
  }

  @Test
  void storageBusyForLong_isGivenUpAsTransient() {
    for (int i = 0; i <= MAX_RETRIES; i++) {
      storage.blobs().fail(Seen::isPutBlock, StorageFault.answer(503, "ServerBusy"));
    }

    assertThatThrownBy(() -> upload("busy-for-long"))
        .hasMessage(
            "Put Block videos/busy-for-long.mp4 failed: 503 ServerBusy (request id request-1); try"
                + " again later")
        .extracting("kind")
        .isEqualTo(Kind.TRANSIENT);
    assertThat(storage.blobs().seen(Seen::isPutBlock)).hasSize(1 + MAX_RETRIES);
  }

  @Test
  void deniedStorage_isNotRetried() {
    storage.blobs().fail(Seen::isPutBlock, StorageFault.answer(403, "AuthorizationFailure"));

    assertThatThrownBy(() -> upload("denied")).extracting("kind").isEqualTo(Kind.DENIED);
    assertThat(storage.blobs().seen()).hasSize(1);
  }

  @Test
  void connectionBrokenMidBlock_isSentAgainWhole() {
    storage.blobs().fail(Seen::isPutBlock, StorageFault.breakMidBody());

    assertThat(upload("broken").outcome()).isEqualTo(Outcome.COMMITTED);
    assertThat(videos.find(video("broken")).orElseThrow().contentMd5())
        .isEqualTo(base64Md5(FIRST, SECOND));
    assertThat(storage.blobs().seen(Seen::isPutBlock)).hasSize(2 + 1);
  }

  @Test
  void responseToTheCommitLost_isRecognisedAsDone() {
    storage.blobs().fail(Seen::isPutBlockList, StorageFault.loseAnswer());

    UploadResult commit = upload("lost-answer");

    assertThat(commit.outcome()).isEqualTo(Outcome.SAME_ALREADY_THERE);
    assertThat(commit.video().owner().kind()).isEqualTo(Owner.Kind.THIS);
    assertThat(storage.blobs().seen(Seen::isPutBlockList)).hasSize(2);
  }

  @Test
  void responseToTheCommitLostAndStorageDown_failsTheCommit() {
    storage.blobs().fail(Seen::isPutBlockList, StorageFault.loseAnswer());
    for (int i = 0; i < 2 * (1 + MAX_RETRIES); i++) {
      storage.blobs().fail(seen -> !seen.isPutBlock(), StorageFault.answer(503, "ServerBusy"));
    }

    assertThatThrownBy(() -> upload("down"))
        .hasMessageStartingWith("Put Block List videos/down.mp4 failed: 503 ServerBusy");
    storage.blobs().reset();
    assertThat(upload("down").outcome()).isEqualTo(Outcome.SAME_ALREADY_THERE);
  }

  @Test
  void manyUploadsAtOnce_eachBecomeTheirOwnBlob() {
    List<CompletableFuture<UploadResult>> uploads =
        IntStream.range(0, 32)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> upload("many-" + i), threads))
            .toList();

    assertThat(uploads)
        .allSatisfy(upload -> assertThat(upload.join().outcome()).isEqualTo(Outcome.COMMITTED));
  }

  @Test
  void manyLooks_keepNoConnection() {
    upload("looked-at");

    for (int i = 0; i < 200; i++) {
      assertThat(videos.find(video("looked-at"))).isPresent();
      assertThat(videos.find(video("not-there"))).isEmpty();
    }
  }

  private static VideoRef video(String generationId) {
    return new VideoRef("task_1", generationId);
  }

  private UploadResult upload(String generationId) {
    Upload upload = videos.begin(video(generationId));
    Blocks.stage(upload, FIRST);
    Blocks.stage(upload, SECOND);
    return upload.commit(md5(FIRST, SECOND));
  }
}

package io.soracourier.blob;

import static io.soracourier.storage.Digests.base64Md5;
import static io.soracourier.storage.Digests.bytes;
import static io.soracourier.storage.Digests.md5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.Block;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import com.azure.storage.blob.specialized.BlockBlobClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.soracourier.azure.FaultyStorageProfile;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy.Seen;
import io.soracourier.storage.Blocks;
import io.soracourier.storage.StorageException.Kind;
import io.soracourier.storage.Upload;
import io.soracourier.storage.UploadResult;
import io.soracourier.storage.UploadResult.Outcome;
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A blob's name that has something already, with Microsoft's own client as who put it there. */
@QuarkusTest
@TestProfile(FaultyStorageProfile.class)
class OccupiedNameTest {
  private static final byte[] FIRST = bytes(100_000, 1);
  private static final byte[] SECOND = bytes(1_000, 2);
  private static final byte[] WHOLE = whole();

  private final VideoRef video = new VideoRef("task_1", UUID.randomUUID().toString());
  private final String name = video.generationId() + ".mp4";

  @Inject VideoStore videos;
  @Inject FaultyStorageProfile.Faulty storage;

  private BlobClient witness;

  @BeforeEach
  void forgetFaults() {
    storage.blobs().reset();
    BlobContainerClient container =
        new BlobServiceClientBuilder()
            .connectionString(storage.account().connectionString())
            .buildClient()
            .getBlobContainerClient("videos");
    container.createIfNotExists();
    witness = container.getBlobClient(name);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 7, 16, 29, 30, 31, 36, 48, 64})
  void leftOverBlocksWithIdsOfAnyLength_doNotPreventTheCopy(int length) {
    leaveBlock(length);

    assertThat(upload().outcome()).isEqualTo(Outcome.COMMITTED);

    assertThat(witness.downloadContent().toBytes()).isEqualTo(WHOLE);
    assertThat(uncommitted()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void leftOverBlocksWithIdsTooShort_areReportedAndLeft(int length) {
    leaveBlock(length);

    assertThatThrownBy(this::upload)
        .hasMessageStartingWith(
            "Put Block videos/" + name + " failed: uncommitted blocks with ids of " + length)
        .hasMessageContaining("upload any blob of that name and delete it")
        .extracting("kind")
        .isEqualTo(Kind.OCCUPIED);
    assertThat(uncommitted()).hasSize(1);
    assertThat(witness.exists()).isFalse();
  }

  @Test
  void twoUploadsBesideLeftOverBlocks_neverMix() {
    leaveBlock(4);
    Upload one = videos.begin(video);
    Upload other = videos.begin(video);
    Blocks.stage(one, FIRST);
    Blocks.stage(other, SECOND);
    Blocks.stage(other, FIRST);
    Blocks.stage(one, SECOND);
    assertThat(uncommitted()).hasSize(1 + 4).extracting(Block::getName).doesNotHaveDuplicates();

    assertThat(one.commit(md5(WHOLE)).outcome()).isEqualTo(Outcome.COMMITTED);
    assertThat(other.commit(md5(SECOND, FIRST)).outcome()).isEqualTo(Outcome.OTHER_ALREADY_THERE);
    assertThat(witness.downloadContent().toBytes()).isEqualTo(WHOLE);
  }

  @Test
  void blocksOfAnotherAttempt_areKept() {
    Upload racing = videos.begin(video);
    Blocks.stage(racing, FIRST);

    Blocks.stage(videos.begin(video), SECOND);

    assertThat(storage.blobs().seen(seen -> seen.method().equals("GET"))).isEmpty();
    assertThat(racing.commit(md5(FIRST)).outcome()).isEqualTo(Outcome.COMMITTED);
  }

  @Test
  void blockRefusedForAnotherReason_isReportedAsItWas() {
    Blocks.stage(videos.begin(video), SECOND);
    storage.blobs().failAlways(Seen::isPutBlock, StorageFault.answer(400, "InvalidBlobOrBlock"));

    assertThatThrownBy(this::upload)
        .hasMessageStartingWith("Put Block videos/" + name + " failed: 400 InvalidBlobOrBlock");
  }

  @Test
  void blockListThatIsRefused_isReported() {
    leaveBlock(4);
    storage
        .blobs()
        .failAlways(
            seen -> seen.query().contains("blocklisttype"),
            StorageFault.answer(403, "AuthorizationPermissionMismatch"));

    assertThatThrownBy(this::upload)
        .hasMessageStartingWith("Get Block List videos/" + name + " failed: 403 ")
        .extracting("kind")
        .isEqualTo(Kind.DENIED);
  }

  @Test
  void appendBlob_isOccupyingTheName() {
    witness.getAppendBlobClient().create();

    assertOccupied("an append blob has that name");
  }

  @Test
  void pageBlob_isOccupyingTheName() {
    witness.getPageBlobClient().create(512);

    assertOccupied("a page blob has that name");
  }

  @Test
  void appendBlobThatComesWhileUploading_isOccupyingTheName() {
    storage
        .blobs()
        .fail(Seen::isPutBlock, StorageFault.after(() -> witness.getAppendBlobClient().create()));

    assertThatThrownBy(this::upload)
        .hasMessageContaining("409 InvalidBlobType")
        .extracting("kind")
        .isEqualTo(Kind.OCCUPIED);
  }

  @Test
  void blobEncryptedWithAKeyOfTheCustomer_isOccupyingTheName() {
    storage
        .blobs()
        .fail(
            Seen::isGetProperties, StorageFault.answer(409, "BlobUsesCustomerSpecifiedEncryption"));

    assertThatThrownBy(() -> videos.find(video)).extracting("kind").isEqualTo(Kind.OCCUPIED);
  }

  @Test
  void copyToTheNameThatIsNotFinished_isNotABlobYet() {
    witness.upload(BinaryData.fromBytes(WHOLE));
    storage
        .blobs()
        .fail(
            Seen::isGetProperties,
            StorageFault.changeHeaders(Map.of("x-ms-copy-status", "pending")));

    assertThatThrownBy(() -> videos.find(video))
        .hasMessageContaining("a copy to that name is not finished")
        .extracting("kind")
        .isEqualTo(Kind.CONFLICT);
  }

  @Test
  void leaseOnANameWithoutABlob_isADenialThatSaysSo() {
    leaveBlock(30);
    new BlobLeaseClientBuilder().blobClient(witness).buildClient().acquireLease(-1);

    assertThatThrownBy(this::upload)
        .hasMessageContaining("412 LeaseIdMissing")
        .hasMessageContaining("somebody holds a lease on that name")
        .extracting("kind")
        .isEqualTo(Kind.DENIED);
  }

  @Test
  void sameBytesWithoutAnMd5_areRead() {
    put(WHOLE, Map.of());

    UploadResult commit = compare();

    assertThat(commit.outcome()).isEqualTo(Outcome.SAME_ALREADY_THERE);
    assertThat(commit.video().contentMd5()).isEqualTo(base64Md5(WHOLE));
    assertThat(storage.blobs().seen(Seen::isPutBlock)).isEmpty();
  }

  @Test
  void otherLengthWithoutAnMd5_isOtherUnread() {
    put(FIRST, Map.of());

    assertThat(compare().outcome()).isEqualTo(Outcome.OTHER_ALREADY_THERE);
    assertThat(storage.blobs().seen(seen -> seen.method().equals("GET"))).isEmpty();
  }

  @Test
  void malformedMd5_isIgnored() {
    put(WHOLE, Map.of());
    storage
        .blobs()
        .failAlways(
            Seen::isGetProperties, StorageFault.changeHeaders(Map.of("Content-MD5", "nonsense")));

    assertThat(compare().outcome()).isEqualTo(Outcome.SAME_ALREADY_THERE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobid", "generationid", "JobId", "GENERATIONID"})
  void sameBytesOfAnotherJob_areOther(String key) {
    put(WHOLE, Map.of(key, "task_2"));

    assertThat(compare().outcome()).isEqualTo(Outcome.OTHER_ALREADY_THERE);
  }

  @Test
  void sameBytesThatAreNamedInPart_areTheSame() {
    put(WHOLE, Map.of("jobid", "task_1", "owner", "somebody"));

    assertThat(compare().outcome()).isEqualTo(Outcome.SAME_ALREADY_THERE);
  }

  @Test
  void leaseOnTheSameBytes_doesNotPreventTheCopy() {
    put(WHOLE, Map.of());
    new BlobLeaseClientBuilder().blobClient(witness).buildClient().acquireLease(-1);

    assertThat(compare().outcome()).isEqualTo(Outcome.SAME_ALREADY_THERE);
  }

  @Test
  void nameThatIsTakenByWhatCannotBeSeen_getsNoBlocks() {
    put(FIRST, Map.of());
    storage
        .blobs()
        .failAlways(
            Seen::isGetProperties, StorageFault.answer(403, "AuthorizationPermissionMismatch"));

    assertThatThrownBy(() -> videos.begin(video).store(List.of(ByteBuffer.wrap(WHOLE)), md5(WHOLE)))
        .hasMessageStartingWith("Put Blob videos/" + name + " failed: 409 BlobAlreadyExists");
    assertThat(uncommitted()).isEmpty();
  }

  @Test
  void archivedBlobWithoutAnMd5_cannotBeCompared() {
    put(WHOLE, Map.of());
    witness.setAccessTier(AccessTier.ARCHIVE);

    assertThatThrownBy(this::compare)
        .hasMessageContaining("409 BlobArchived")
        .hasMessageContaining("rehydrate it or move it away")
        .extracting("kind")
        .isEqualTo(Kind.OCCUPIED);
  }

  @Test
  void blobReplacedBetweenItsPropertiesAndItsBytes_isNotMixedUp() {
    put(WHOLE, Map.of());
    storage
        .blobs()
        .fail(
            seen -> seen.method().equals("GET"),
            StorageFault.after(() -> put(WHOLE, Map.of("jobid", "task_2"))));

    assertThatThrownBy(this::compare)
        .hasMessageContaining("412 ConditionNotMet")
        .extracting("kind")
        .isEqualTo(Kind.CONFLICT);
  }

  @Test
  void blobThatVanishesMeanwhile_isTransient() {
    assertThatThrownBy(this::compare)
        .hasMessageContaining("the blob that was there is gone")
        .extracting("kind")
        .isEqualTo(Kind.TRANSIENT);
  }

  @Test
  void foreignBody_isNotCompared() {
    put(WHOLE, Map.of());
    storage.blobs().failAlways(seen -> seen.method().equals("GET"), StorageFault.portal(200));

    assertThatThrownBy(this::compare)
        .hasMessageStartingWith("Get Blob videos/" + name + " failed: status 200 without ")
        .extracting("kind")
        .isEqualTo(Kind.FOREIGN);
  }

  @Test
  void readThatFailsOnce_isRepeated() {
    put(WHOLE, Map.of());
    storage
        .blobs()
        .fail(seen -> seen.method().equals("GET"), StorageFault.answer(503, "ServerBusy"));
    storage.blobs().fail(seen -> seen.method().equals("GET"), StorageFault.loseAnswer());
    storage.blobs().fail(seen -> seen.method().equals("GET"), StorageFault.cutAnswer());

    assertThat(compare().outcome()).isEqualTo(Outcome.SAME_ALREADY_THERE);
  }

  @Test
  void manyRefusedReads_keepNoConnection() {
    put(WHOLE, Map.of());
    storage
        .blobs()
        .failAlways(
            seen -> seen.method().equals("GET"),
            StorageFault.foreign(404, Map.of("x-ms-request-id", "1"), "gone".repeat(10_000)));

    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(this::compare).extracting("kind").isEqualTo(Kind.NOT_FOUND);
    }
  }

  @Test
  void emptyBlockList_isNotTheReason() {
    storage.blobs().failAlways(Seen::isPutBlock, StorageFault.answer(400, "InvalidBlobOrBlock"));
    storage
        .blobs()
        .failAlways(
            seen -> seen.method().equals("GET"),
            StorageFault.foreign(200, Map.of("x-ms-request-id", "1"), ""));

    assertThatThrownBy(this::upload).hasMessageContaining("400 InvalidBlobOrBlock");
  }

  private void assertOccupied(String what) {
    assertThatThrownBy(() -> videos.find(video))
        .hasMessage(
            "Get Blob Properties videos/"
                + name
                + " failed: "
                + what
                + "; it was kept; move it away, then enqueue the job again")
        .extracting("kind")
        .isEqualTo(Kind.OCCUPIED);
  }

  private UploadResult upload() {
    Upload upload = videos.begin(video);
    Blocks.stage(upload, FIRST);
    Blocks.stage(upload, SECOND);
    return upload.commit(md5(WHOLE));
  }

  private UploadResult compare() {
    Upload upload = videos.beginComparison(video);
    Blocks.stage(upload, FIRST);
    Blocks.stage(upload, SECOND);
    return upload.commit(md5(WHOLE));
  }

  /** As one block, which leaves the blob without an MD5. */
  private void put(byte[] bytes, Map<String, String> metadata) {
    BlockBlobClient blob = witness.getBlockBlobClient();
    String id = Base64.getEncoder().encodeToString(new byte[30]);
    blob.stageBlock(id, BinaryData.fromBytes(bytes));
    blob.commitBlockListWithResponse(
        List.of(id), new BlobHttpHeaders(), metadata, null, null, null, null);
  }

  private void leaveBlock(int idLength) {
    byte[] id = new byte[idLength];
    id[idLength - 1] = (byte) 0xFB;
    witness
        .getBlockBlobClient()
        .stageBlock(Base64.getEncoder().encodeToString(id), BinaryData.fromString("x"));
  }

  private List<Block> uncommitted() {
    return witness
        .getBlockBlobClient()
        .listBlocks(BlockListType.UNCOMMITTED)
        .getUncommittedBlocks();
  }

  private static byte[] whole() {
    byte[] whole = Arrays.copyOf(FIRST, FIRST.length + SECOND.length);
    System.arraycopy(SECOND, 0, whole, FIRST.length, SECOND.length);
    return whole;
  }
}

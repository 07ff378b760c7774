package io.soracourier.storage;

import static io.soracourier.storage.Digests.base64Md5;
import static io.soracourier.storage.Digests.bytes;
import static io.soracourier.storage.Digests.md5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.storage.StorageException.Kind;
import io.soracourier.storage.UploadResult.Outcome;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every {@link VideoStore} does, for the test of each to extend. */
public abstract class VideoStoreContract {
  private static final byte[] FIRST = bytes(100_000, 1);
  private static final byte[] SECOND = bytes(1_000, 2);
  private static final byte[] WHOLE = ByteBuffer.allocate(101_000).put(FIRST).put(SECOND).array();

  private final VideoRef video = new VideoRef("task_1", "gen_" + UUID.randomUUID());

  protected abstract VideoStore videos();

  /**
   * Somebody puts something under a video's name, with other means than the courier's.
   *
   * @param md5 that is kept with it, or null
   * @param jobId that is kept with it, or null
   * @param generationId the same
   */
  protected abstract void put(
      VideoRef where, byte[] bytes, String md5, String jobId, String generationId);

  /** What somebody reads there with other means than the courier's, or null. */
  protected abstract byte[] read(VideoRef where);

  @Test
  public void nothingStored_isNotFound() {
    assertThat(videos().find(video)).isEmpty();
  }

  @Test
  public void committedVideo_isFoundAsItWasCommitted() {
    UploadResult result = upload();

    assertThat(result.outcome()).isEqualTo(Outcome.COMMITTED);
    assertThat(result.video().url()).isEqualTo(videos().url(video));
    assertThat(result.video().bytes()).isEqualTo(WHOLE.length);
    assertThat(result.video().contentMd5()).isEqualTo(base64Md5(WHOLE));
    assertThat(result.video().owner())
        .isEqualTo(new Owner(Owner.Kind.THIS, video.jobId(), video.generationId()));
    assertThat(videos().find(video)).contains(result.video());
    assertThat(read(video)).isEqualTo(WHOLE);
  }

  @Test
  public void videoStoredInOnePiece_isFoundAsItWasStored() {
    UploadResult result = store(WHOLE);

    assertThat(result.outcome()).isEqualTo(Outcome.COMMITTED);
    assertThat(result.video().bytes()).isEqualTo(WHOLE.length);
    assertThat(result.video().contentMd5()).isEqualTo(base64Md5(WHOLE));
    assertThat(videos().find(video)).contains(result.video());
    assertThat(read(video)).isEqualTo(WHOLE);
  }

  @Test
  public void pieces_areWhatIsBetweenPositionAndLimitWhichStay() {
    ByteBuffer first = ByteBuffer.wrap(WHOLE, 7, 50_000);
    ByteBuffer second = ByteBuffer.wrap(SECOND);
    byte[] content =
        ByteBuffer.allocate(51_000).put(first.duplicate()).put(second.duplicate()).array();

    UploadResult result = videos().begin(video).store(List.of(first, second), md5(content));

    assertThat(result.video().bytes()).isEqualTo(51_000);
    assertThat(read(video)).isEqualTo(content);
    assertThat(first.position()).isEqualTo(7);
    assertThat(first.limit()).isEqualTo(50_007);
    assertThat(second.remaining()).isEqualTo(SECOND.length);
  }

  @Test
  public void pieceOtherThanItsMd5_isRefusedAndNothingIsStored() {
    assertThatThrownBy(
            () -> videos().begin(video).store(List.of(ByteBuffer.wrap(FIRST)), md5(SECOND)))
        .isInstanceOf(StorageException.class);
    assertThat(read(video)).isNull();
  }

  @Test
  public void videosStoredInOnePieceAndInBlocks_neverMixAndTheFirstWins() {
    Upload inBlocks = videos().begin(video);
    Blocks.stage(inBlocks, SECOND);
    Blocks.stage(inBlocks, FIRST);

    UploadResult won = store(WHOLE);

    assertThat(won.outcome()).isEqualTo(Outcome.COMMITTED);
    assertThat(store(WHOLE)).isEqualTo(new UploadResult(Outcome.SAME_ALREADY_THERE, won.video()));
    assertThat(store(FIRST)).isEqualTo(new UploadResult(Outcome.OTHER_ALREADY_THERE, won.video()));
    assertThat(inBlocks.commit(md5(SECOND, FIRST)))
        .isEqualTo(new UploadResult(Outcome.OTHER_ALREADY_THERE, won.video()));
    assertThat(upload()).isEqualTo(new UploadResult(Outcome.SAME_ALREADY_THERE, won.video()));
    assertThat(read(video)).isEqualTo(WHOLE);
  }

  @Test
  public void blocksSentInAnyOrder_areStoredInTheOrderInWhichTheyWereAdded() {
    Upload upload = videos().begin(video);
    Runnable first = upload.add(ByteBuffer.wrap(FIRST), () -> md5(FIRST));
    Runnable second = upload.add(ByteBuffer.wrap(SECOND), () -> md5(SECOND));
    second.run();
    first.run();

    assertThat(upload.commit(md5(WHOLE)).outcome()).isEqualTo(Outcome.COMMITTED);
    assertThat(read(video)).isEqualTo(WHOLE);
  }

  @Test
  public void block_isWhatIsBetweenPositionAndLimitWhichStay() {
    ByteBuffer block = ByteBuffer.wrap(WHOLE, 7, 50_000);
    byte[] content = Arrays.copyOfRange(WHOLE, 7, 50_007);
    Upload upload = videos().begin(video);
    upload.add(block, () -> md5(content)).run();

    assertThat(block.position()).isEqualTo(7);
    assertThat(block.limit()).isEqualTo(50_007);
    assertThat(upload.commit(md5(content)).video().bytes()).isEqualTo(50_000);
    assertThat(read(video)).isEqualTo(content);
  }

  @Test
  public void blocksWithoutACommit_areNotAVideo() {
    Blocks.stage(videos().begin(video), FIRST);

    assertThat(videos().find(video)).isEmpty();
    assertThat(read(video)).isNull();
  }

  @Test
  public void blockOtherThanItsMd5_isRefused() {
    Upload upload = videos().begin(video);

    assertThatThrownBy(() -> Blocks.stage(upload, FIRST, md5(SECOND)))
        .isInstanceOf(StorageException.class);
  }

  @Test
  public void uploadsAtTheSameTime_neverMixAndTheFirstCommitWins() {
    Upload winner = videos().begin(video);
    Upload same = videos().begin(video);
    Upload other = videos().begin(video);
    Blocks.stage(winner, FIRST);
    Blocks.stage(other, SECOND);
    Blocks.stage(same, FIRST);
    Blocks.stage(other, FIRST);
    Blocks.stage(winner, SECOND);
    Blocks.stage(same, SECOND);

    UploadResult won = winner.commit(md5(WHOLE));

    assertThat(won.outcome()).isEqualTo(Outcome.COMMITTED);
    assertThat(same.commit(md5(WHOLE)))
        .isEqualTo(new UploadResult(Outcome.SAME_ALREADY_THERE, won.video()));
    assertThat(other.commit(md5(SECOND, FIRST)))
        .isEqualTo(new UploadResult(Outcome.OTHER_ALREADY_THERE, won.video()));
    assertThat(read(video)).isEqualTo(WHOLE);
  }

  @Test
  public void videoOfTheSameGeneration_isFoundToBeOfAnotherJob() {
    upload();

    StoredVideo found = videos().find(new VideoRef("task_2", video.generationId())).orElseThrow();

    assertThat(found.owner())
        .isEqualTo(new Owner(Owner.Kind.OTHER, "task_1", video.generationId()));
  }

  @ParameterizedTest
  @CsvSource({
    ",, UNKNOWN, SAME_ALREADY_THERE",
    "task_1,, UNKNOWN, SAME_ALREADY_THERE",
    "task_2,, OTHER, OTHER_ALREADY_THERE",
    ",gen_2, OTHER, OTHER_ALREADY_THERE",
    "task_1,gen_2, OTHER, OTHER_ALREADY_THERE"
  })
  public void sameBytesOfSomebodyElse_areTheVideoUnlessTheirIdsAreOthers(
      String jobId, String generationId, Owner.Kind kind, Outcome outcome) {
    put(video, WHOLE, base64Md5(WHOLE), jobId, generationId);

    assertThat(videos().find(video).orElseThrow().owner())
        .isEqualTo(new Owner(kind, jobId, generationId));
    assertThat(upload().outcome()).isEqualTo(outcome);
    assertThat(store(WHOLE).outcome()).isEqualTo(outcome);
    assertThat(compare().outcome()).isEqualTo(outcome);
    assertThat(
            videos()
                .beginComparison(video)
                .store(List.of(ByteBuffer.wrap(WHOLE)), md5(WHOLE))
                .outcome())
        .isEqualTo(outcome);
    assertThat(videos().find(video).orElseThrow().owner().kind()).isEqualTo(kind);
  }

  @Test
  public void sameBytesWithoutAnMd5_areRead() {
    put(video, WHOLE, null, null, null);

    assertThat(videos().find(video).orElseThrow().contentMd5()).isNull();
    assertThat(compare().outcome()).isEqualTo(Outcome.SAME_ALREADY_THERE);
    assertThat(compare().video().contentMd5()).isEqualTo(base64Md5(WHOLE));
  }

  @ParameterizedTest
  @CsvSource({"101000, 3", "100999, 1"})
  public void otherBytesThereAlready_areReportedAndKept(int length, int seed) {
    byte[] other = bytes(length, seed);
    put(video, other, null, null, null);

    assertThat(upload().outcome()).isEqualTo(Outcome.OTHER_ALREADY_THERE);
    assertThat(compare().outcome()).isEqualTo(Outcome.OTHER_ALREADY_THERE);
    assertThat(compare().video().bytes()).isEqualTo(length);
    assertThat(read(video)).isEqualTo(other);
  }

  @Test
  public void comparisonWithNothing_isTransientAndStoresNothing() {
    assertThatThrownBy(this::compare)
        .isInstanceOf(StorageException.class)
        .extracting("kind")
        .isEqualTo(Kind.TRANSIENT);
    assertThat(read(video)).isNull();
  }

  @Test
  public void url_isAbsoluteAndWithoutACredential() {
    assertThat(videos().url(video).isAbsolute()).isTrue();
    assertThat(videos().url(video).getRawPath()).contains(video.generationId());
    assertThat(videos().url(video).getRawQuery()).isNull();
    assertThat(videos().url(video).getRawUserInfo()).isNull();
  }

  @Test
  public void limits_leaveRoomForAVideo() {
    assertThat(videos().maxBlocks()).isGreaterThan(1_000);
    assertThat(videos().maxBytes()).isGreaterThan(1L << 32);
  }

  private UploadResult store(byte[] bytes) {
    return videos().begin(video).store(List.of(ByteBuffer.wrap(bytes)), md5(bytes));
  }

  private UploadResult upload() {
    return add(videos().begin(video)).commit(md5(WHOLE));
  }

  private UploadResult compare() {
    return add(videos().beginComparison(video)).commit(md5(WHOLE));
  }

  private static Upload add(Upload upload) {
    Blocks.stage(upload, FIRST);
    Blocks.stage(upload, SECOND);
    return upload;
  }
}

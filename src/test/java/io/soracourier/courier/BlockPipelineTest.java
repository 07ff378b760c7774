package io.soracourier.courier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.storage.Digests;
import io.soracourier.storage.StorageFailures;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.Upload;
import io.soracourier.storage.UploadResult;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockPipelineTest {
  private static final int BLOCK = 4096;

  private final ExecutorService senders = Executors.newFixedThreadPool(2);
  private final Map<Integer, byte[]> blocks = new ConcurrentSkipListMap<>();
  private final Map<Integer, byte[]> sums = new ConcurrentSkipListMap<>();
  private byte[] committed;
  private byte[] whole;
  private RuntimeException failure;
  private int added;

  @AfterEach
  void close() {
    senders.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK - 1})
  void smallVideo_isStoredInOnePieceWhetherItsLengthIsKnownOrNot(int length) {
    byte[] video = Digests.bytes(length, length);

    for (long declared : new long[] {length, -1, 1}) {
      send(video, 1000, declared);

      assertThat(whole).isEqualTo(video);
      assertThat(committed).isEqualTo(Digests.md5(video));
    }
    assertThat(blocks).isEmpty();
  }

  /** What a server declares may be wrong. */
  @Test
  void videoSmallerThanDeclared_isStoredInBlocks() {
    byte[] video = Digests.bytes(100, 1);

    send(video, 100, 2 * BLOCK);

    assertThat(blocks.values()).containsExactly(video);
    assertThat(committed).isEqualTo(Digests.md5(video));
  }

  @Test
  void blocks_areSentAtOnceWhereTheVideoIsKnownToBeLarge() {
    try (BlockPipeline pipeline = pipeline(2 * BLOCK)) {
      pipeline.add(ByteBuffer.allocate(BLOCK));

      assertThat(added).isEqualTo(1);
    }
  }

  @Test
  void videoThatIsGivenUpBeforeItIsSent_givesItsBuffersBack() {
    assertThat(reused(pipeline -> {})).isEqualTo(2);
    assertThat(added).isZero();
  }

  @Test
  void storedVideo_givesItsBuffersBack() {
    assertThat(reused(pipeline -> pipeline.commit(md5 -> {}))).isEqualTo(2);
  }

  /** Parts of it may still be on their way. */
  @Test
  void videoThatCouldNotBeStored_keepsItsBuffers() {
    failure = StorageFailures.unavailable();

    assertThat(
            reused(
                pipeline -> assertThatThrownBy(() -> pipeline.commit(md5 -> {})).isSameAs(failure)))
        .isZero();
  }

  /**
   * @param end of a small video in two buffers
   * @return how many of them the next one gets
   */
  private long reused(Consumer<BlockPipeline> end) {
    BlockBuffers buffers = new BlockBuffers(BLOCK);
    Set<ByteBuffer> first = takeTwo(buffers);
    first.forEach(buffers::giveBack);
    try (BlockPipeline pipeline = new BlockPipeline(new Recorded(), senders, buffers, -1)) {
      pipeline.add(ByteBuffer.allocate(BLOCK));
      pipeline.add(ByteBuffer.allocate(1));
      end.accept(pipeline);
    }
    return takeTwo(buffers).stream().filter(first::contains).count();
  }

  /** Told apart by identity. */
  private static Set<ByteBuffer> takeTwo(BlockBuffers buffers) {
    Set<ByteBuffer> two = Collections.newSetFromMap(new IdentityHashMap<>());
    two.add(buffers.take());
    two.add(buffers.take());
    return two;
  }

  static Stream<Arguments> lengthsAndPieces() {
    return Stream.of(
        Arguments.of(2 * BLOCK, BLOCK),
        Arguments.of(2 * BLOCK + 1, 1000),
        Arguments.of(3 * BLOCK + 1, BLOCK),
        Arguments.of(4 * BLOCK, 1000),
        Arguments.of(5 * BLOCK, BLOCK),
        Arguments.of(7 * BLOCK + 63, 1));
  }

  @ParameterizedTest
  @MethodSource("lengthsAndPieces")
  void videoOfManyBlocks_hasTheMd5OfEachAndOfTheWhole(int length, int piece) {
    byte[] video = Digests.bytes(length, length);

    send(video, piece, -1);

    assertThat(blocks).hasSize((length + BLOCK - 1) / BLOCK);
    blocks.forEach(
        (index, block) -> {
          int from = index * BLOCK;
          assertThat(block)
              .isEqualTo(Arrays.copyOfRange(video, from, Math.min(length, from + BLOCK)));
          assertThat(sums.get(index)).isEqualTo(Digests.md5(block));
        });
    assertThat(committed).isEqualTo(Digests.md5(video));
  }

  private BlockPipeline pipeline(long declared) {
    return new BlockPipeline(new Recorded(), senders, new BlockBuffers(BLOCK), declared);
  }

  private void send(byte[] video, int piece, long declared) {
    try (BlockPipeline pipeline = pipeline(declared)) {
      ByteBuffer rest = ByteBuffer.wrap(video);
      while (rest.hasRemaining()) {
        int length = Math.min(Math.min(piece, pipeline.room()), rest.remaining());
        pipeline.add(rest.slice(rest.position(), length));
        rest.position(rest.position() + length);
      }
      pipeline.commit(md5 -> {});
    }
  }

  /** Keeps what is sent, and its MD5 as the sending thread gets it. */
  private final class Recorded implements Upload {
    @Override
    public UploadResult store(List<ByteBuffer> pieces, byte[] md5) {
      if (failure != null) {
        throw failure;
      }
      ByteBuffer all = ByteBuffer.allocate(pieces.stream().mapToInt(ByteBuffer::remaining).sum());
      pieces.forEach(piece -> all.put(piece.duplicate()));
      whole = all.array();
      return commit(md5);
    }

    @Override
    public Runnable add(ByteBuffer block, Supplier<byte[]> md5) {
      int index = added++;
      return () -> {
        sums.put(index, md5.get());
        byte[] bytes = new byte[block.remaining()];
        block.duplicate().get(bytes);
        blocks.put(index, bytes);
      };
    }

    @Override
    public UploadResult commit(byte[] wholeMd5) {
      committed = wholeMd5;
      return new UploadResult(
          UploadResult.Outcome.COMMITTED,
          new StoredVideo(URI.create("https://videos.example/a"), 1, "", Instant.EPOCH, null));
    }
  }
}

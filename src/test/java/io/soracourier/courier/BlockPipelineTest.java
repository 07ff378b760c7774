package io.soracourier.courier;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.storage.Digests;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.Upload;
import io.soracourier.storage.UploadResult;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
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

  @AfterEach
  void close() {
    senders.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, BLOCK - 1, BLOCK})
  void videoOfOneBlock_hasTheSameMd5AsBlockAndAsWhole(int length) {
    byte[] video = Digests.bytes(length, length);

    send(video, length);

    assertThat(blocks.values()).containsExactly(video);
    assertThat(sums.get(0)).isEqualTo(committed).isEqualTo(Digests.md5(video));
  }

  static Stream<Arguments> lengthsAndPieces() {
    return Stream.of(
        Arguments.of(BLOCK + 1, BLOCK),
        Arguments.of(2 * BLOCK, 1000),
        Arguments.of(5 * BLOCK, BLOCK),
        Arguments.of(7 * BLOCK + 63, 1));
  }

  @ParameterizedTest
  @MethodSource("lengthsAndPieces")
  void videoOfManyBlocks_hasTheMd5OfEachAndOfTheWhole(int length, int piece) {
    byte[] video = Digests.bytes(length, length);

    send(video, piece);

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

  private void send(byte[] video, int piece) {
    try (BlockPipeline pipeline =
        new BlockPipeline(new Recorded(), senders, new BlockBuffers(BLOCK))) {
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
    private int added;

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

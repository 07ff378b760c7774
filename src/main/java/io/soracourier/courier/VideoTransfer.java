package io.soracourier.courier;

import io.soracourier.content.Mp4Walk;
import io.soracourier.content.TooLargeException;
import io.soracourier.content.VideoStream;
import io.soracourier.storage.BlockUpload;
import io.soracourier.storage.Commit;
import io.soracourier.storage.VideoMetadata;
import java.util.concurrent.ExecutorService;

/** Moves the bytes of one video: checked on the way, in blocks, committed when all are there. */
final class VideoTransfer {
  private final ExecutorService senders;
  private final int blockSize;
  private final long maxSize;

  VideoTransfer(ExecutorService senders, int blockSize, long maxSize) {
    this.senders = senders;
    this.blockSize = blockSize;
    this.maxSize = maxSize;
  }

  /**
   * @throws io.soracourier.content.InvalidContentException when it is no whole MP4; then nothing
   *     was committed, as with every other failure
   * @throws TooLargeException before the first block where the length was declared
   */
  Commit run(VideoStream stream, BlockUpload upload, VideoMetadata metadata) {
    long declared = stream.length().orElse(-1);
    if (declared > maxSize) {
      throw tooLarge("declares " + declared);
    }
    int size = declared > 0 && declared < blockSize ? (int) declared : blockSize;
    Mp4Walk walk = new Mp4Walk();
    try (BlockPipeline blocks = new BlockPipeline(upload, senders, size)) {
      long total = 0;
      int read;
      while ((read = stream.read(blocks.buffer(), blocks.position(), blocks.room())) >= 0) {
        walk.accept(blocks.buffer(), blocks.position(), read);
        total += read;
        if (total > maxSize) {
          throw tooLarge("has more than " + maxSize);
        }
        blocks.advance(read);
      }
      walk.end();
      return blocks.commit(metadata);
    }
  }

  private TooLargeException tooLarge(String size) {
    return new TooLargeException(
        "the content %s bytes, and courier.content.max-size allows %d; raise it, then enqueue the job again"
            .formatted(size, maxSize));
  }
}

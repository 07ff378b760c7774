package io.soracourier.courier;

import io.soracourier.content.VideoStream;
import io.soracourier.courier.CopyResult.Copied;
import io.soracourier.courier.CopyResult.Deferred;
import io.soracourier.courier.CopyResult.Refused;
import io.soracourier.lifecycle.Shutdown;
import io.soracourier.storage.Upload;
import io.soracourier.storage.UploadResult;
import io.soracourier.video.Mp4Walk;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.function.LongConsumer;

/** Moves the bytes of one video: checked on the way, in blocks, committed when all are there. */
final class VideoTransfer {
  private final ExecutorService senders;
  private final BlockBuffers buffers;
  private final long maxSize;
  private final Shutdown shutdown;

  VideoTransfer(ExecutorService senders, BlockBuffers buffers, long maxSize, Shutdown shutdown) {
    this.senders = senders;
    this.buffers = buffers;
    this.maxSize = maxSize;
    this.shutdown = shutdown;
  }

  /** Is called when everything was verified, and throws where the video must not be stored. */
  interface Check {
    /**
     * @param md5 of the whole, 16 bytes
     */
    void before(long bytes, byte[] md5);
  }

  /**
   * A video that declares to be too large is refused before the first block.
   *
   * @param received gets the number of bytes that have come, after each piece
   * @throws io.soracourier.video.InvalidContentException when it is no whole MP4; then nothing was
   *     committed, as with every other failure
   */
  CopyResult run(VideoStream stream, LongConsumer received, Upload upload, Check commit) {
    long declared = stream.length().orElse(-1);
    if (declared > maxSize) {
      return Refused.tooLarge("declares " + declared, maxSize);
    }
    Mp4Walk walk = new Mp4Walk();
    try (BlockPipeline blocks = new BlockPipeline(upload, senders, buffers, declared)) {
      long total = 0;
      ByteBuffer bytes;
      while ((bytes = stream.read(blocks.room())) != null) {
        total += bytes.remaining();
        walk.accept(bytes.duplicate());
        if (total > maxSize) {
          return Refused.tooLarge("has more than " + maxSize, maxSize);
        }
        if (shutdown.isImminent()) {
          return Deferred.PROCESS_ENDS;
        }
        blocks.add(bytes);
        received.accept(total);
      }
      walk.end();
      long all = total;
      UploadResult result = blocks.commit(md5 -> commit.before(all, md5));
      return result.outcome() == UploadResult.Outcome.OTHER_ALREADY_THERE
          ? Refused.differentBlob(result.video())
          : new Copied(result.video(), true);
    }
  }
}

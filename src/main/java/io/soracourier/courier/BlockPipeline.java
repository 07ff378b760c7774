package io.soracourier.courier;

import io.soracourier.storage.BlockUpload;
import io.soracourier.storage.Commit;
import io.soracourier.storage.VideoMetadata;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Two block buffers in turn: one is filled while the other is sent, so that reading overlaps
 * writing and a copy never holds more than two blocks.
 */
final class BlockPipeline implements AutoCloseable {
  private final BlockUpload upload;
  private final ExecutorService executor;
  private final MessageDigest whole = md5();
  private final byte[][] buffers;
  private int filling;
  private int position;
  private Future<?> sending;

  BlockPipeline(BlockUpload upload, ExecutorService executor, int blockSize) {
    this.upload = upload;
    this.executor = executor;
    this.buffers = new byte[][] {new byte[blockSize], null};
  }

  /** Where the next bytes go, from {@link #position()}. */
  byte[] buffer() {
    return buffers[filling];
  }

  int position() {
    return position;
  }

  int room() {
    return buffers[filling].length - position;
  }

  /** Bytes were put into the buffer. Sends it when it is full. */
  void advance(int bytes) {
    whole.update(buffer(), position, bytes);
    position += bytes;
    if (room() == 0) {
      send(buffer());
      filling = 1 - filling;
      if (buffers[filling] == null) {
        buffers[filling] = new byte[buffers[1 - filling].length];
      }
    }
  }

  /** Sends the rest and makes the blocks the blob. */
  Commit commit(VideoMetadata metadata) {
    awaitSent();
    buffers[1 - filling] = null;
    if (position > 0) {
      send(Arrays.copyOf(buffer(), position));
    }
    awaitSent();
    return upload.commit(whole.digest(), metadata);
  }

  private void send(byte[] block) {
    awaitSent();
    sending = executor.submit(() -> upload.stage(block, md5().digest(block)));
    position = 0;
  }

  private void awaitSent() {
    if (sending == null) {
      return;
    }
    try {
      sending.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("sending a block failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a block was sent", e);
    } finally {
      sending = null;
    }
  }

  /** Leaves no block on its way. What was staged and not committed, the storage drops. */
  @Override
  public void close() {
    if (sending != null) {
      sending.cancel(true);
    }
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}

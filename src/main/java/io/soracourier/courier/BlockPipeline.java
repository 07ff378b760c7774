package io.soracourier.courier;

import io.soracourier.storage.Upload;
import io.soracourier.storage.UploadResult;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Collects the video in blocks and sends them: one is filled while up to {@value #MAX_IN_FLIGHT}
 * are on their way, so that reading overlaps writing, the storage has the next block while it
 * stores the last one, and a copy never holds more than one block more than that.
 */
final class BlockPipeline implements AutoCloseable {
  /** At once; reading waits for the oldest of them. */
  static final int MAX_IN_FLIGHT = 2;

  private final Upload upload;
  private final ExecutorService executor;
  private final BlockBuffers buffers;
  private final VideoDigest digest = new VideoDigest();
  private final Deque<Sending> sendings = new ArrayDeque<>();
  private ByteBuffer filling;
  private int hashed;

  private record Sending(Future<?> future, ByteBuffer buffer) {}

  BlockPipeline(Upload upload, ExecutorService executor, BlockBuffers buffers) {
    this.upload = upload;
    this.executor = executor;
    this.buffers = buffers;
    this.filling = buffers.take();
  }

  /** How many bytes may come next. */
  int room() {
    return filling.remaining();
  }

  /** The next bytes, as many as there is room for at most. Sends the block when it is full. */
  void add(ByteBuffer bytes) {
    filling.put(bytes);
    int units = filling.position() / VideoDigest.UNIT * VideoDigest.UNIT;
    digest.update(filling.array(), hashed, units);
    hashed = units;
    if (!filling.hasRemaining()) {
      if (sendings.size() == MAX_IN_FLIGHT) {
        awaitOldest();
      }
      send();
      filling = buffers.take();
    }
  }

  /**
   * Sends the rest and makes the blocks the blob.
   *
   * @param check is given the MD5 of the whole, and throws where there is to be no blob
   */
  UploadResult commit(Consumer<byte[]> check) {
    if (sendings.size() == MAX_IN_FLIGHT) {
      awaitOldest();
    }
    if (filling.position() > 0) {
      send();
    }
    while (!sendings.isEmpty()) {
      awaitOldest();
    }
    byte[] md5 = digest.end();
    check.accept(md5);
    return upload.commit(md5);
  }

  private void send() {
    byte[] md5 = digest.endBlock(filling.array(), hashed, filling.position());
    hashed = 0;
    Runnable sending = upload.add(filling.flip(), md5);
    sendings.add(new Sending(executor.submit(sending), filling));
    filling = null;
  }

  private void awaitOldest() {
    Sending oldest = sendings.remove();
    try {
      oldest.future().get();
      buffers.giveBack(oldest.buffer());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("sending a block failed", e.getCause());
    } catch (InterruptedException e) {
      oldest.future().cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a block was sent", e);
    }
  }

  /**
   * Leaves no block on its way. What was staged and not committed, the storage drops. Buffers that
   * may still be read are left to the collector.
   */
  @Override
  public void close() {
    sendings.forEach(sending -> sending.future().cancel(true));
    if (filling != null) {
      buffers.giveBack(filling);
      filling = null;
    }
  }
}

package io.soracourier.courier;

import io.soracourier.storage.Md5;
import io.soracourier.storage.Upload;
import io.soracourier.storage.UploadResult;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the video in blocks and sends them: one is filled while up to {@value #MAX_IN_FLIGHT}
 * are on their way, so that reading overlaps writing, the storage has the next block while it
 * stores the last one, and a copy never keeps more than one block more than that.
 */
final class BlockPipeline implements AutoCloseable {
  /** In flight; reading waits for the oldest of them. */
  static final int MAX_IN_FLIGHT = 2;

  private final Upload upload;
  private final ExecutorService executor;
  private final BlockBuffers buffers;
  private final MessageDigest whole = Md5.begin();
  private final Deque<Sending> sendings = new ArrayDeque<>();

  /** Taken once it is needed. */
  private @Nullable ByteBuffer filling;

  private boolean sent;

  private record Sending(Future<?> future, ByteBuffer buffer) {}

  BlockPipeline(Upload upload, ExecutorService executor, BlockBuffers buffers) {
    this.upload = upload;
    this.executor = executor;
    this.buffers = buffers;
  }

  /** How many bytes may come next. */
  int room() {
    return filling().remaining();
  }

  /** The next bytes, as many as there is room for at most. Sends the block when it is full. */
  void add(ByteBuffer bytes) {
    whole.update(bytes.duplicate());
    ByteBuffer block = filling();
    block.put(bytes);
    if (!block.hasRemaining()) {
      if (sendings.size() == MAX_IN_FLIGHT) {
        awaitOldest();
      }
      send(block);
    }
  }

  private ByteBuffer filling() {
    if (filling == null) {
      filling = buffers.take();
    }
    return filling;
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
    if (filling != null && filling.position() > 0) {
      send(filling);
    }
    while (!sendings.isEmpty()) {
      awaitOldest();
    }
    byte[] md5 = whole.digest();
    check.accept(md5);
    return upload.commit(md5);
  }

  private void send(ByteBuffer filled) {
    ByteBuffer block = filled.flip();
    Runnable sending = upload.add(block, md5(block));
    sendings.add(new Sending(executor.submit(sending), block));
    filling = null;
  }

  /** The first block is all that there was so far: a video of one block is hashed once. */
  private Supplier<byte[]> md5(ByteBuffer block) {
    if (sent) {
      return () -> Md5.of(block);
    }
    sent = true;
    byte[] md5 = soFar();
    return () -> md5;
  }

  private byte[] soFar() {
    try {
      return ((MessageDigest) whole.clone()).digest();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("Java's own MD5 can be cloned", e);
    }
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

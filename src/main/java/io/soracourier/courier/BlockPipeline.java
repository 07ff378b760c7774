package io.soracourier.courier;

import io.soracourier.storage.Md5;
import io.soracourier.storage.Upload;
import io.soracourier.storage.UploadResult;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the video in blocks. A small one is stored in one piece when it is there. Of a larger
 * one the blocks are sent: one is filled while up to {@value #MAX_IN_FLIGHT} are on their way, so
 * that reading overlaps writing, and the storage has the next block while it stores the last one. A
 * copy never keeps more than one block more than that.
 */
final class BlockPipeline implements AutoCloseable {
  /** In flight; reading waits for the oldest of them. */
  static final int MAX_IN_FLIGHT = 2;

  /**
   * A video with fewer bytes than these blocks is stored in one piece. More would cost a slow line
   * time, because nothing is sent while the video is received: see docs/decisions/0005.
   */
  static final int ONE_PIECE = 2;

  private final Upload upload;
  private final ExecutorService executor;
  private final BlockBuffers buffers;
  private final MessageDigest whole = Md5.begin();
  private final Deque<Sending> sendings = new ArrayDeque<>();

  /** Full blocks that are sent only if the video turns out to be larger. */
  private final Deque<ByteBuffer> held = new ArrayDeque<>();

  /** Taken once it is needed. */
  private @Nullable ByteBuffer filling;

  private boolean small;

  private record Sending(Future<?> future, ByteBuffer buffer) {}

  /**
   * @param declared how many bytes there are to be, or -1 where that is not known
   */
  BlockPipeline(Upload upload, ExecutorService executor, BlockBuffers buffers, long declared) {
    this.upload = upload;
    this.executor = executor;
    this.buffers = buffers;
    this.small = declared < (long) buffers.size() * ONE_PIECE;
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
    if (block.hasRemaining()) {
      return;
    }
    filling = null;
    held.add(block.flip());
    small &= held.size() < ONE_PIECE;
    if (!small) {
      sendHeld();
    }
  }

  private ByteBuffer filling() {
    if (filling == null) {
      filling = buffers.take();
    }
    return filling;
  }

  /**
   * Makes what has come the video.
   *
   * @param check is given the MD5 of the whole, and throws where there is to be no video
   */
  UploadResult commit(Consumer<byte[]> check) {
    if (filling != null && filling.position() > 0) {
      held.add(filling.flip());
      filling = null;
    }
    return small ? store(check) : commitBlocks(check);
  }

  private UploadResult store(Consumer<byte[]> check) {
    byte[] md5 = whole.digest();
    check.accept(md5);
    List<ByteBuffer> pieces = List.copyOf(held);
    held.clear();
    UploadResult result = upload.store(pieces, md5);
    pieces.forEach(buffers::giveBack);
    return result;
  }

  private UploadResult commitBlocks(Consumer<byte[]> check) {
    sendHeld();
    while (!sendings.isEmpty()) {
      awaitOldest();
    }
    byte[] md5 = whole.digest();
    check.accept(md5);
    return upload.commit(md5);
  }

  private void sendHeld() {
    while (!held.isEmpty()) {
      send(held.remove());
    }
  }

  private void send(ByteBuffer block) {
    if (sendings.size() == MAX_IN_FLIGHT) {
      awaitOldest();
    }
    Runnable sending = upload.add(block, () -> Md5.of(block));
    sendings.add(new Sending(executor.submit(sending), block));
  }

  private void awaitOldest() {
    Sending oldest = sendings.remove();
    Results.of(oldest.future(), "sending a block");
    buffers.giveBack(oldest.buffer());
  }

  /**
   * Leaves no block on its way. What was staged and not committed, the storage drops. Buffers that
   * may still be read are left to the collector.
   */
  @Override
  public void close() {
    sendings.forEach(sending -> sending.future().cancel(true));
    held.forEach(buffers::giveBack);
    held.clear();
    if (filling != null) {
      buffers.giveBack(filling);
      filling = null;
    }
  }
}

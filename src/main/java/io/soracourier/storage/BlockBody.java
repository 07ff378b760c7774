package io.soracourier.storage;

import io.netty.buffer.Unpooled;
import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.core.buffer.Buffer;
import java.util.stream.IntStream;

/**
 * A block as the REST Client takes it without a copy. A {@code byte[]} parameter would be copied to
 * a buffer of its own size, and that one whole to direct memory: three times the block for each
 * copy under way. Slices that are views of the array leave as the socket takes them.
 */
final class BlockBody {
  /** What the socket takes at once: more is only held in direct memory. */
  static final int SLICE_BYTES = 64 * 1024;

  private BlockBody() {}

  static Multi<Buffer> of(byte[] block) {
    int slices = (block.length + SLICE_BYTES - 1) / SLICE_BYTES;
    return Multi.createFrom()
        .items(() -> IntStream.range(0, slices).mapToObj(i -> slice(block, i)));
  }

  /** Of the ways to a Vert.x buffer, the deprecated one is the only one that does not copy. */
  @SuppressWarnings("deprecation")
  private static Buffer slice(byte[] block, int index) {
    int offset = index * SLICE_BYTES;
    int length = Math.min(SLICE_BYTES, block.length - offset);
    return Buffer.newInstance(
        io.vertx.core.buffer.Buffer.buffer(Unpooled.wrappedBuffer(block, offset, length)));
  }
}

package io.soracourier.courier;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The memory that blocks are collected in. A buffer serves one copy after another: there are never
 * more than the concurrent copies need, and none is made for one copy and left to the collector.
 */
final class BlockBuffers {
  private final int size;
  private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

  BlockBuffers(int size) {
    this.size = size;
  }

  /** Bytes of each. */
  int size() {
    return size;
  }

  /** An empty buffer of a block's size, with an array. */
  ByteBuffer take() {
    ByteBuffer buffer = free.poll();
    return buffer == null ? ByteBuffer.allocate(size) : buffer;
  }

  /** Must be given back only when nobody reads it any more. */
  void giveBack(ByteBuffer buffer) {
    free.add(buffer.clear());
  }
}

package io.soracourier.storage;

import java.nio.ByteBuffer;

/** Blocks sent by hand. */
public final class Blocks {
  private Blocks() {}

  /** Adds a block and sends it, and returns when the store has it. */
  public static void stage(Upload upload, byte[] block) {
    stage(upload, block, Digests.md5(block));
  }

  public static void stage(Upload upload, byte[] block, byte[] md5) {
    upload.add(ByteBuffer.wrap(block), () -> md5).run();
  }
}

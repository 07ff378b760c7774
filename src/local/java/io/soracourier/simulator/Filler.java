package io.soracourier.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** Endless pseudo-random bytes, the same at any offset for the same seed. */
final class Filler {
  /**
   * The bytes repeat after a prime number of them, so that blocks of a round size all differ and a
   * copy that mixes them up is found out.
   */
  private static final int PERIOD = 1_048_573;

  private static final int BLOCKS_KEPT = 16;
  private static final Map<Long, byte[]> BLOCKS = new ConcurrentHashMap<>();

  private final long seed;

  Filler(long seed) {
    this.seed = seed;
  }

  Content ofLength(long length) {
    return new Content() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public void writeTo(OutputStream out, long from, long count) throws IOException {
        write(out, from, count);
      }
    };
  }

  private void write(OutputStream out, long from, long count) throws IOException {
    byte[] block = block();
    int phase = (int) (from % PERIOD);
    long left = count;
    while (left > 0) {
      int piece = (int) Math.min(left, PERIOD - phase);
      out.write(block, phase, piece);
      left -= piece;
      phase = 0;
    }
  }

  private byte[] block() {
    if (BLOCKS.size() > BLOCKS_KEPT) {
      BLOCKS.clear();
    }
    return BLOCKS.computeIfAbsent(
        seed,
        key -> {
          byte[] block = new byte[PERIOD];
          new Random(key).nextBytes(block);
          return block;
        });
  }
}

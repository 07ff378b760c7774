package io.soracourier.blob;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The ids of one attempt's blocks: as long as each other, as storage demands, and different from
 * those of every other attempt, so that none replaces another's block.
 *
 * @param prefix identifies the attempt; before the two bytes of the index
 */
record BlockIds(UUID attempt, byte[] prefix) {
  private static final int INDEX_BYTES = 2;
  private static final int BEGINNINGS = 1 << 16;

  /**
   * With less, attempts at the same moment could easily take the same ids, and a blob could be made
   * of blocks of both.
   */
  private static final int MIN_PREFIX = 2;

  /** With the index 30 bytes, as ids have always been: attempts of other versions may race. */
  private static final int USUAL_PREFIX = 28;

  static BlockIds of(UUID attempt) {
    return new BlockIds(attempt, Arrays.copyOf(bytes(attempt), USUAL_PREFIX));
  }

  /** The length of an id before Base64. */
  int length() {
    return prefix.length + INDEX_BYTES;
  }

  /**
   * Ids as long as those of blocks that are there, and of another beginning.
   *
   * @return empty when that length leaves no room for distinguishable ids
   */
  Optional<BlockIds> beside(UncommittedBlocks others) {
    int bytes = others.idBytes() - INDEX_BYTES;
    if (bytes < MIN_PREFIX) {
      return Optional.empty();
    }
    byte[] own = Arrays.copyOf(bytes(attempt), bytes);
    int wanted = UncommittedBlocks.beginning(own);
    for (int step = 0; step < BEGINNINGS; step++) {
      int beginning = (wanted + step) % BEGINNINGS;
      if (!others.beginnings().get(beginning)) {
        ByteBuffer.wrap(own).putShort((short) beginning);
        return Optional.of(new BlockIds(attempt, own));
      }
    }
    return Optional.empty();
  }

  private static byte[] bytes(UUID attempt) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(attempt.getMostSignificantBits())
        .putLong(attempt.getLeastSignificantBits())
        .array();
  }

  /**
   * The id in Base64.
   *
   * @param index of the block, below {@link VideoBlob#MAX_BLOCKS}
   */
  String id(int index) {
    byte[] id = ByteBuffer.allocate(length()).put(prefix).putShort((short) index).array();
    return Base64.getEncoder().encodeToString(id);
  }
}

package io.soracourier.storage;

import java.util.Map;

/**
 * One attempt to store one blob: blocks, then a commit that makes them the blob all at once. Blocks
 * are staged one at a time, in order. An upload that is given up needs no clean-up: the storage
 * drops its blocks.
 */
public interface BlockUpload {
  /**
   * Sends a block and returns when the storage has it and has verified it.
   *
   * @param block the whole array is the block; not kept after the return
   * @param md5 its MD5, 16 bytes
   * @throws StorageException when it could not be stored
   */
  void stage(byte[] block, byte[] md5);

  /**
   * Makes the staged blocks the blob, unless there is one already.
   *
   * @param wholeMd5 MD5 of all blocks together, 16 bytes
   * @param metadata names are C# identifiers, values visible ASCII
   * @throws StorageException when it is not known that there is a whole blob now
   */
  Commit commit(byte[] wholeMd5, Map<String, String> metadata);
}

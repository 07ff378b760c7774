package io.soracourier.storage;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * One attempt to store one video: as a whole, or in blocks and then a commit that makes them the
 * video atomically. One thread adds the blocks, in order, and commits; others may send them, in any
 * order. Until then nobody sees anything, and an upload that is given up needs no clean-up.
 *
 * <p>Attempts at the same video may race: none sees or changes another's blocks. The first commit
 * wins; the others find the winner's video.
 */
public interface Upload {
  /**
   * Stores the whole video at once, unless there is something already. No block was added.
   *
   * @param pieces its bytes in order, each what is between its position and limit, which stay as
   *     they are; free for other use when this has returned, but not when it has thrown
   * @param md5 of all of them together, 16 bytes
   * @throws StorageException when it is not known that there is something whole now
   */
  UploadResult store(List<ByteBuffer> pieces, byte[] md5);

  /**
   * Appends a block.
   *
   * @param block what is between its position and limit, which stay as they are; free for other use
   *     when the sending has returned, but not when it has thrown: parts of it may still be on
   *     their way then
   * @param md5 gives its MD5, 16 bytes, to the thread that sends it; not called where nothing is
   *     sent
   * @return its sending, for any thread, which returns when the store has the block and has
   *     verified it, and throws {@link StorageException} when it could not be stored
   */
  Runnable add(ByteBuffer block, Supplier<byte[]> md5);

  /**
   * Makes the blocks the video, unless there is something already. All of them have been sent.
   *
   * @param wholeMd5 MD5 of all blocks together, 16 bytes
   * @throws StorageException when it is not known that there is something whole now
   */
  UploadResult commit(byte[] wholeMd5);
}

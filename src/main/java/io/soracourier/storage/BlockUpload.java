package io.soracourier.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.soracourier.storage.Commit.Outcome;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * One attempt to store one blob: blocks, then a commit that makes them the blob all at once. One
 * thread adds the blocks, in order, and commits; others may send them, in any order. An upload that
 * is given up needs no clean-up: the storage drops its blocks.
 *
 * <p>Attempts at the same blob may race. Their block ids differ, so that none replaces another's
 * block. The first commit wins and makes the storage drop everybody else's blocks; the others' then
 * fail, and find the winner's blob.
 */
public class BlockUpload {
  private final VideoContainer videos;
  private final BlobRequests requests;
  private final String container;
  private final String blobName;
  private volatile BlockIds ids;
  private int blocks;
  private long bytes;

  BlockUpload(
      VideoContainer videos, BlobRequests requests, String container, String blobName, UUID id) {
    this.videos = videos;
    this.requests = requests;
    this.container = container;
    this.blobName = blobName;
    this.ids = BlockIds.of(id);
  }

  /**
   * Appends a block.
   *
   * @param block what is between its position and limit; free for other use when the sending has
   *     returned, but not when it has thrown: parts of it may still be on their way then
   * @param md5 its MD5, 16 bytes
   * @return its sending, for any thread, which returns when the storage has it and has verified it,
   *     creates the container when missing, and throws {@link StorageException} when the block
   *     could not be stored
   */
  public Runnable add(ByteBuffer block, byte[] md5) {
    int index = blocks++;
    String encodedMd5 = Base64.getEncoder().encodeToString(md5);
    bytes += block.remaining();
    return () -> stage(index, block, encodedMd5);
  }

  private void stage(int index, ByteBuffer block, String md5) {
    BlockIds before = ids;
    try {
      send(before.id(index), block, md5);
    } catch (StorageException e) {
      if (!e.errorCode().equals("InvalidBlobOrBlock")) {
        throw e;
      }
      send(adapted(before, e).id(index), block, md5);
    }
  }

  private void send(String blockId, ByteBuffer block, String md5) {
    try {
      requests.putBlock(container, blobName, blockId, block, md5);
    } catch (StorageException e) {
      if (!e.errorCode().equals("ContainerNotFound")) {
        throw e;
      }
      createContainer();
      requests.putBlock(container, blobName, blockId, block, md5);
    }
  }

  /**
   * Blocks that another program left under the name are there for a week, and storage refuses ids
   * of another length beside them. They are left as they are: our commit drops them.
   */
  private synchronized BlockIds adapted(BlockIds refused, StorageException refusal) {
    if (ids != refused) {
      return ids; // another block was first
    }
    UncommittedBlocks others = requests.getUncommittedBlocks(container, blobName);
    if (others.idBytes() == 0 || others.idBytes() == refused.length()) {
      throw refusal; // not for that reason, or they are gone by now
    }
    ids =
        refused
            .beside(others)
            .orElseThrow(
                () ->
                    StorageException.occupied(
                        name("Put Block"),
                        "uncommitted blocks with ids of %d bytes lie under that name, too short for"
                                .formatted(others.idBytes())
                            + " more blocks that cannot be mixed up",
                        StorageErrors.LEFT_OVER_BLOCKS));
    return ids;
  }

  /**
   * Makes the blocks the blob, unless there is one already. All of them have been sent.
   *
   * @param wholeMd5 MD5 of all blocks together, 16 bytes
   * @throws StorageException when it is not known that there is a whole blob now
   */
  public Commit commit(byte[] wholeMd5, VideoMetadata metadata) {
    String md5 = Base64.getEncoder().encodeToString(wholeMd5);
    Instant made;
    try {
      made = requests.putBlockList(container, blobName, md5, metadata, blockList());
    } catch (StorageException e) {
      return alreadyThere(md5, metadata, e);
    }
    return new Commit(
        Outcome.COMMITTED,
        new StoredVideo(videos.url(blobName), bytes, md5, made, metadata.asMap()));
  }

  /**
   * Whatever the commit failed with, a blob under the name ends the upload: another attempt's (the
   * usual answer is 409 {@code BlobAlreadyExists}, but 400 {@code InvalidBlockList} when its commit
   * has just dropped our blocks), or our own, when the commit took effect and its answer was lost
   * or was not storage's.
   */
  private Commit alreadyThere(String md5, VideoMetadata metadata, StorageException failure) {
    try {
      return compare(md5, metadata).orElseThrow(() -> failure);
    } catch (StorageException e) {
      if (e == failure || e.kind() == StorageException.Kind.OCCUPIED) {
        throw e;
      }
      failure.addSuppressed(e);
      throw failure;
    }
  }

  /** What is there, compared with what was added; empty where there is nothing. */
  final Optional<Commit> compare(String md5, VideoMetadata metadata) {
    return videos.compare(blobName, bytes, md5, metadata);
  }

  /** How messages name a request about the blob. */
  final String name(String operation) {
    return operation + " " + container + "/" + blobName;
  }

  private void createContainer() {
    try {
      requests.createContainer(container);
    } catch (StorageException e) {
      if (!e.errorCode().equals("ContainerAlreadyExists")) {
        throw e;
      }
    }
  }

  private byte[] blockList() {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
    for (int index = 0; index < blocks; index++) {
      xml.append("<Uncommitted>").append(ids.id(index)).append("</Uncommitted>");
    }
    return xml.append("</BlockList>").toString().getBytes(US_ASCII);
  }
}

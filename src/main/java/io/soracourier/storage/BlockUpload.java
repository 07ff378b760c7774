package io.soracourier.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.soracourier.storage.Commit.Outcome;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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
  private final String attempt;
  private final List<String> blockIds = new ArrayList<>();
  private long bytes;

  BlockUpload(
      VideoContainer videos, BlobRequests requests, String container, String blobName, UUID id) {
    this.videos = videos;
    this.requests = requests;
    this.container = container;
    this.blobName = blobName;
    this.attempt = id.toString().replace("-", "");
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
    String blockId = blockId(blockIds.size());
    String encodedMd5 = Base64.getEncoder().encodeToString(md5);
    blockIds.add(blockId);
    bytes += block.remaining();
    return () -> stage(blockId, block, encodedMd5);
  }

  private void stage(String blockId, ByteBuffer block, String md5) {
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
   * Makes the blocks the blob, unless there is one already. All of them have been sent.
   *
   * @param wholeMd5 MD5 of all blocks together, 16 bytes
   * @throws StorageException when it is not known that there is a whole blob now
   */
  public Commit commit(byte[] wholeMd5, VideoMetadata metadata) {
    String md5 = Base64.getEncoder().encodeToString(wholeMd5);
    MultivaluedMap<String, String> headers;
    try {
      headers = requests.putBlockList(container, blobName, md5, metadata, blockList());
    } catch (StorageException e) {
      return alreadyThere(md5, e);
    }
    return new Commit(
        Outcome.COMMITTED,
        new StoredVideo(
            videos.url(blobName),
            bytes,
            md5,
            VideoContainer.lastModified(headers),
            metadata.asMap()));
  }

  /**
   * Whatever the commit failed with, a blob under the name ends the upload: another attempt's (the
   * usual answer is 409 {@code BlobAlreadyExists}, but 400 {@code InvalidBlockList} when its commit
   * has just dropped our blocks), or our own, when the commit took effect and its answer was lost.
   */
  private Commit alreadyThere(String md5, StorageException failure) {
    StoredVideo there;
    try {
      there = videos.find(blobName).orElseThrow(() -> failure);
    } catch (StorageException e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
    boolean same = there.bytes() == bytes && md5.equals(there.contentMd5());
    return new Commit(same ? Outcome.SAME_ALREADY_THERE : Outcome.OTHER_ALREADY_THERE, there);
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

  /**
   * Letters and digits only, and a multiple of four of them: this is Base64 as it stands and needs
   * no encoding in a query.
   */
  private String blockId(int index) {
    return attempt + String.format("%08d", index);
  }

  private byte[] blockList() {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
    for (String blockId : blockIds) {
      xml.append("<Uncommitted>").append(blockId).append("</Uncommitted>");
    }
    return xml.append("</BlockList>").toString().getBytes(US_ASCII);
  }
}

package io.soracourier.blob;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.soracourier.azure.AzureStorageException;
import io.soracourier.azure.CreatedIfMissing;
import io.soracourier.azure.StorageErrors;
import io.soracourier.storage.Md5;
import io.soracourier.storage.Owner;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.Upload;
import io.soracourier.storage.UploadResult;
import io.soracourier.storage.UploadResult.Outcome;
import io.soracourier.storage.VideoRef;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * One attempt at one blob, by Put Blob or by blocks. Storage drops those of an upload that is given
 * up.
 *
 * <p>The block ids of racing attempts differ, so that none replaces another's block. The first
 * commit makes the storage drop everybody else's blocks; the others' then fail, and find the
 * winner's blob.
 */
final class BlobUpload implements Upload {
  private final VideoContainer videos;
  private final BlobRequests requests;
  private final String container;
  private final VideoRef video;
  private final String blobName;
  private volatile BlockIds ids;
  private int blocks;
  private long bytes;

  BlobUpload(
      VideoContainer videos, BlobRequests requests, String container, VideoRef video, UUID id) {
    this.videos = videos;
    this.requests = requests;
    this.container = container;
    this.video = video;
    this.blobName = VideoBlob.name(video);
    this.ids = BlockIds.of(id);
  }

  @Override
  public UploadResult store(List<ByteBuffer> pieces, byte[] wholeMd5) {
    String md5 = Base64.getEncoder().encodeToString(wholeMd5);
    bytes = pieces.stream().mapToLong(ByteBuffer::remaining).sum();
    try {
      return made(md5, putBlob(md5, pieces));
    } catch (AzureStorageException e) {
      Optional<UploadResult> there = alreadyThere(md5, e);
      if (there.isPresent() || !e.errorCode().equals("BlobAlreadyExists")) {
        return there.orElseThrow(() -> e);
      }
    }
    // There is none. Azurite takes blocks that another program left under the name for one.
    bytes = 0;
    pieces.forEach(piece -> add(piece, () -> Md5.of(piece)).run());
    return commit(wholeMd5);
  }

  private Instant putBlob(String md5, List<ByteBuffer> pieces) {
    return CreatedIfMissing.send(
        "Container",
        () -> requests.putBlob(container, blobName, VideoBlob.CONTENT_TYPE, md5, video, pieces),
        () -> requests.createContainer(container));
  }

  /** Its sending creates the container when missing. */
  @Override
  public Runnable add(ByteBuffer block, Supplier<byte[]> md5) {
    int index = blocks++;
    bytes += block.remaining();
    return () -> stage(index, block, Base64.getEncoder().encodeToString(md5.get()));
  }

  private void stage(int index, ByteBuffer block, String md5) {
    BlockIds before = ids;
    try {
      send(before.id(index), block, md5);
    } catch (AzureStorageException e) {
      if (!e.errorCode().equals("InvalidBlobOrBlock")) {
        throw e;
      }
      send(adapted(before, e).id(index), block, md5);
    }
  }

  private void send(String blockId, ByteBuffer block, String md5) {
    CreatedIfMissing.run(
        "Container",
        () -> requests.putBlock(container, blobName, blockId, block, md5),
        () -> requests.createContainer(container));
  }

  /**
   * Blocks that another program left under the name are there for a week, and storage refuses ids
   * of another length beside them. They are left as they are: our commit drops them.
   */
  private synchronized BlockIds adapted(BlockIds refused, AzureStorageException refusal) {
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
                    AzureStorageException.occupied(
                        "Put Block " + container + "/" + blobName,
                        "uncommitted blocks with ids of %d bytes lie under that name, too short for"
                                .formatted(others.idBytes())
                            + " more blocks that cannot be mixed up",
                        StorageErrors.LEFT_OVER_BLOCKS));
    return ids;
  }

  @Override
  public UploadResult commit(byte[] wholeMd5) {
    String md5 = Base64.getEncoder().encodeToString(wholeMd5);
    try {
      return made(md5, requests.putBlockList(container, blobName, md5, video, blockList()));
    } catch (StorageException e) {
      return alreadyThere(md5, e).orElseThrow(() -> e);
    }
  }

  private UploadResult made(String md5, Instant made) {
    Owner owner = Owner.of(video, video.jobId(), video.generationId());
    return new UploadResult(
        Outcome.COMMITTED, new StoredVideo(videos.url(video), bytes, md5, made, owner));
  }

  /**
   * Whatever the request failed with, a blob under the name ends the upload: another attempt's (the
   * usual response is 409 {@code BlobAlreadyExists}, but 400 {@code InvalidBlockList} when its
   * commit has just dropped our blocks), or our own, when the request took effect and its response
   * was lost or was not storage's.
   *
   * @return empty when there is none; where that is not known, the failure is thrown
   */
  private Optional<UploadResult> alreadyThere(String md5, StorageException failure) {
    try {
      return videos.compare(video, bytes, md5);
    } catch (StorageException e) {
      if (e.kind() == StorageException.Kind.OCCUPIED) {
        throw e;
      }
      failure.addSuppressed(e);
      throw failure;
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

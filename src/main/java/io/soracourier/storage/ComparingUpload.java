package io.soracourier.storage;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** An attempt at a blob that is there already: it sends nothing, and compares in the end. */
final class ComparingUpload extends BlockUpload {
  ComparingUpload(VideoContainer videos, BlobRequests requests, String container, String blobName) {
    super(videos, requests, container, blobName, new UUID(0, 0));
  }

  @Override
  public Runnable add(ByteBuffer block, byte[] md5) {
    super.add(block, md5);
    return () -> {};
  }

  @Override
  public Commit commit(byte[] wholeMd5, VideoMetadata metadata) {
    return compare(Base64.getEncoder().encodeToString(wholeMd5), metadata)
        .orElseThrow(this::vanished);
  }

  private StorageException vanished() {
    return StorageException.unsendable(
        StorageException.Kind.TRANSIENT,
        name("Get Blob Properties"),
        "the blob that was there is gone");
  }
}

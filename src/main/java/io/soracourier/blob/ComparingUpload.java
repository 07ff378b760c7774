package io.soracourier.blob;

import io.soracourier.azure.AzureStorageException;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.Upload;
import io.soracourier.storage.UploadResult;
import io.soracourier.storage.VideoRef;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/** An attempt at a blob that is there already: it sends nothing, and compares in the end. */
final class ComparingUpload implements Upload {
  private final VideoContainer videos;
  private final String container;
  private final VideoRef video;
  private long bytes;

  ComparingUpload(VideoContainer videos, String container, VideoRef video) {
    this.videos = videos;
    this.container = container;
    this.video = video;
  }

  @Override
  public UploadResult store(List<ByteBuffer> pieces, byte[] md5) {
    pieces.forEach(piece -> bytes += piece.remaining());
    return commit(md5);
  }

  @Override
  public Runnable add(ByteBuffer block, Supplier<byte[]> md5) {
    bytes += block.remaining();
    return () -> {};
  }

  @Override
  public UploadResult commit(byte[] wholeMd5) {
    return videos
        .compare(video, bytes, Base64.getEncoder().encodeToString(wholeMd5))
        .orElseThrow(this::vanished);
  }

  private StorageException vanished() {
    return AzureStorageException.unsendable(
        StorageException.Kind.TRANSIENT,
        "Get Blob Properties " + container + "/" + VideoBlob.name(video),
        "the blob that was there is gone");
  }
}

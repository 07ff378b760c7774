package io.soracourier.blob;

import io.soracourier.azure.StorageResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Get Blob Properties reports about a blob.
 *
 * @param type {@code BlockBlob}, {@code AppendBlob} or {@code PageBlob}
 * @param contentMd5 Base64; null where the blob has none
 * @param copyStatus of a copy within the storage that made or makes the blob; else empty
 * @param jobId by its metadata
 * @param generationId the same
 */
record BlobProperties(
    String type,
    long length,
    @Nullable String contentMd5,
    String etag,
    Instant lastModified,
    String copyStatus,
    @Nullable String jobId,
    @Nullable String generationId) {
  static BlobProperties of(StorageResponse response) {
    return new BlobProperties(
        response.header(VideoBlob.TYPE),
        response.contentLength(),
        response.contentMd5(),
        response.etag(),
        response.lastModified(),
        response.header("x-ms-copy-status"),
        response.headerOrNull(VideoBlob.JOB_ID),
        response.headerOrNull(VideoBlob.GENERATION_ID));
  }

  /** What it is where it cannot be a video of the courier's, e.g. "an append blob"; else null. */
  @Nullable String otherKind() {
    return switch (type) {
      case "BlockBlob", "" -> null;
      case "AppendBlob" -> "an append blob";
      case "PageBlob" -> "a page blob";
      default -> "a blob of another kind";
    };
  }

  boolean isBeingCopied() {
    return copyStatus.equals("pending");
  }
}

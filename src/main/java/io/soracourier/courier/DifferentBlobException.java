package io.soracourier.courier;

import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.VideoMetadata;

/** Something else has the blob's name. It is kept. */
final class DifferentBlobException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DifferentBlobException(StoredVideo other, VideoMetadata video) {
    super(
        "another blob is at %s (%d bytes, %s%s) and was kept; move it away, then enqueue the job again"
            .formatted(
                other.url(),
                other.bytes(),
                other.contentMd5() == null ? "no MD5" : "MD5 " + other.contentMd5(),
                owner(other, video)));
  }

  private static String owner(StoredVideo other, VideoMetadata video) {
    return video.isContradictedBy(other.metadata())
        ? ", by its metadata of job %s, generation %s"
            .formatted(
                other.metadata().getOrDefault("jobid", "unknown"),
                other.metadata().getOrDefault("generationid", "unknown"))
        : "";
  }
}

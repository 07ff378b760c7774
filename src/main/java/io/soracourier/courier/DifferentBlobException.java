package io.soracourier.courier;

import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.VideoMetadata;
import io.soracourier.text.Excerpt;

/** Something else has the blob's name. It is kept. */
final class DifferentBlobException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_ID = 100;

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
            .formatted(id(other, "jobid"), id(other, "generationid"))
        : "";
  }

  /** Somebody else's text. */
  private static String id(StoredVideo other, String key) {
    return Excerpt.of(other.metadata().getOrDefault(key, "unknown"), MAX_ID);
  }
}

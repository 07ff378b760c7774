package io.soracourier.courier;

import io.soracourier.storage.Owner;
import io.soracourier.storage.StoredVideo;
import io.soracourier.text.Excerpt;

/** Something else has the blob's name. It is kept. */
final class DifferentBlobException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_ID = 100;

  DifferentBlobException(StoredVideo other) {
    super(
        "another blob is at %s (%d bytes, %s%s) and was kept; move it away, then enqueue the job again"
            .formatted(
                other.url(),
                other.bytes(),
                other.contentMd5() == null ? "no MD5" : "MD5 " + other.contentMd5(),
                owner(other.owner())));
  }

  private static String owner(Owner other) {
    return other.kind() == Owner.Kind.OTHER
        ? ", by its metadata of job %s, generation %s"
            .formatted(id(other.jobId()), id(other.generationId()))
        : "";
  }

  /** Somebody else's text. */
  private static String id(String kept) {
    return Excerpt.of(kept == null ? "unknown" : kept, MAX_ID);
  }
}

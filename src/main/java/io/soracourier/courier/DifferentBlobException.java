package io.soracourier.courier;

import io.soracourier.storage.StoredVideo;

/** Something else has the blob's name. It is kept. */
final class DifferentBlobException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DifferentBlobException(StoredVideo other) {
    super(
        "another blob is at %s (%d bytes, MD5 %s) and was kept; move it away, then enqueue the job again"
            .formatted(other.url(), other.bytes(), other.contentMd5()));
  }
}

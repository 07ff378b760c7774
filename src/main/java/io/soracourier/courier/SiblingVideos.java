package io.soracourier.courier;

import io.soracourier.sora.Generation;
import io.soracourier.sora.VideoJob;
import io.soracourier.storage.Owner;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import java.util.Base64;
import java.util.Optional;

/**
 * The other videos of a job that differ in their query alone: a server that ignores it returns the
 * same one each time. What is stored is compared, so that a redelivered job knows as much as the
 * look that copied it.
 */
record SiblingVideos(VideoStore videos, VideoJob job, Generation generation) {
  /**
   * @param md5 of the whole, 16 bytes
   * @throws SameVideoException when one of them has these bytes
   * @throws StorageException when that is not known
   */
  void checkOther(long bytes, byte[] md5) {
    if (!job.api().isJobItsVideo()) {
      return;
    }
    String base64 = Base64.getEncoder().encodeToString(md5);
    job.generations().stream()
        .filter(other -> other.content() != null && !other.id().equals(generation.id()))
        .limit(Announced.MAX_VIDEOS)
        .filter(other -> stored(other).filter(there -> is(there, bytes, base64)).isPresent())
        .findFirst()
        .ifPresent(
            other -> {
              throw new SameVideoException(other);
            });
  }

  private Optional<StoredVideo> stored(Generation other) {
    try {
      return videos.find(new VideoRef(job.id().value(), other.id()));
    } catch (StorageException e) {
      if (e.kind() == StorageException.Kind.OCCUPIED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean is(StoredVideo there, long bytes, String md5) {
    return there.owner().kind() != Owner.Kind.OTHER
        && there.bytes() == bytes
        && md5.equals(there.contentMd5());
  }
}

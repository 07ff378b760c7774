package io.soracourier.courier;

import io.soracourier.courier.CopyResult.Copied;
import io.soracourier.courier.CopyResult.Refused;
import io.soracourier.storage.Owner;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** What is stored under a video's name before it is copied, as soon as that is known. */
final class EarlierVideo implements AutoCloseable {
  private final Future<Optional<StoredVideo>> found;

  private EarlierVideo(Future<Optional<StoredVideo>> found) {
    this.found = found;
  }

  /** Requests it by a thread of these, and does not wait for it. */
  static EarlierVideo request(VideoStore videos, VideoRef video, ExecutorService threads) {
    return new EarlierVideo(threads.submit(() -> videos.find(video)));
  }

  static EarlierVideo of(Optional<StoredVideo> found) {
    return new EarlierVideo(CompletableFuture.completedFuture(found));
  }

  /**
   * Whether there is something.
   *
   * @throws io.soracourier.storage.StorageException when that is not known
   */
  boolean isThere() {
    return found().isPresent();
  }

  /**
   * Whether a copy is to go on.
   *
   * @throws io.soracourier.storage.StorageException when that is not known
   */
  boolean needsContent() {
    return end().isEmpty();
  }

  /**
   * What comes of a copy that need not begin, or must not. Logs it.
   *
   * @throws io.soracourier.storage.StorageException when that is not known
   */
  Optional<CopyResult> end(LookLog log) {
    Optional<CopyResult> end = end();
    if (end.isPresent() && end.get() instanceof Copied copied) {
      log.with(LogField.BYTES, copied.video().bytes())
          .with(LogField.BLOB_URL, copied.video().url())
          .with(LogField.MESSAGE, "already there")
          .write(LogEvent.COPIED);
    }
    return end;
  }

  private Optional<CopyResult> end() {
    StoredVideo there = found().orElse(null);
    if (there != null && there.owner().kind() == Owner.Kind.OTHER) {
      return Optional.of(Refused.differentBlob(there));
    }
    return there == null || !there.isDelivered()
        ? Optional.empty()
        : Optional.of(new Copied(there, false));
  }

  private Optional<StoredVideo> found() {
    return Results.of(found, "looking for an earlier video");
  }

  @Override
  public void close() {
    found.cancel(true);
  }
}

package io.soracourier.courier;

import io.soracourier.content.ContentResolver;
import io.soracourier.content.InterruptedDownloadException;
import io.soracourier.content.VideoStream;
import io.soracourier.courier.CopyResult.Copied;
import io.soracourier.courier.CopyResult.Deferred;
import io.soracourier.courier.CopyResult.Refused;
import io.soracourier.courier.CopySlots.Turn;
import io.soracourier.sora.Generation;
import io.soracourier.sora.VideoJob;
import io.soracourier.storage.Owner;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Copies a generation's content into the store. The video is made once, by a commit after
 * everything was verified; until then nothing is stored, and a second attempt finds it done.
 */
@ApplicationScoped
class VideoCopy {
  private static final int MAX_STARTS = 3;

  private final ContentResolver resolver;
  private final VideoStore videos;
  private final CopyResources resources;
  private final CopyObserver observer;
  private final Clock clock;

  VideoCopy(
      ContentResolver resolver,
      VideoStore videos,
      CopyResources resources,
      CopyObserver observer,
      Clock clock) {
    this.resolver = resolver;
    this.videos = videos;
    this.resources = resources;
    this.observer = observer;
    this.clock = clock;
  }

  /** For a look that may copy. */
  Turn turn() {
    return resources.slots().turn();
  }

  /**
   * Makes sure that the generation's video is stored.
   *
   * @param slot takes one for it, and returns whether there was one
   * @param opened run each time that there is a video at its address, whatever becomes of it then
   * @throws RuntimeException of {@code content}, {@code sora} and {@code storage}, when the content
   *     could not be read or not be stored
   */
  CopyResult copy(
      VideoJob job, Generation generation, BooleanSupplier slot, LookLog log, Runnable opened) {
    VideoRef video = new VideoRef(job.id().value(), generation.id());
    Optional<StoredVideo> earlier = videos.find(video);
    if (earlier.isPresent() && earlier.get().owner().kind() == Owner.Kind.OTHER) {
      return Refused.differentBlob(earlier.get());
    }
    if (earlier.isPresent() && isDelivered(earlier.get())) {
      log.with(LogField.BYTES, earlier.get().bytes())
          .with(LogField.BLOB_URL, earlier.get().url())
          .with(LogField.MESSAGE, "already there")
          .write(LogEvent.COPIED);
      return new Copied(earlier.get());
    }
    return slot.getAsBoolean()
        ? copy(job, generation, video, earlier.isPresent(), log, opened)
        : Deferred.NO_SLOT;
  }

  /** The MD5 is the courier's own then, of bytes that it has verified; no video is empty. */
  private static boolean isDelivered(StoredVideo there) {
    return there.owner().kind() == Owner.Kind.THIS
        && there.contentMd5() != null
        && there.bytes() > 0;
  }

  /**
   * From the generation's other address too, where the first one gives another of the job's videos.
   *
   * @param comparing whether something is stored already, which may be the same
   */
  private CopyResult copy(
      VideoJob job,
      Generation generation,
      VideoRef video,
      boolean comparing,
      LookLog log,
      Runnable opened) {
    Instant begin = clock.instant();
    for (int start = 1; ; start++) {
      try (VideoStream stream = resolver.open(job, generation)) {
        opened.run();
        if (start == 1) {
          log.with(LogField.REQUEST, "GET " + stream.source())
              .with(
                  LogField.BYTES, stream.length().isPresent() ? stream.length().getAsLong() : null)
              .write(LogEvent.RESOLVED);
        }
        long declared = stream.length().orElse(-1);
        CopyResult result =
            resources
                .transfer()
                .run(
                    stream,
                    bytes -> observer.received(job.id().value(), generation.id(), bytes, declared),
                    comparing ? videos.beginComparison(video) : videos.begin(video),
                    new SiblingVideos(videos, job, generation)::checkOther);
        if (result instanceof Copied copied) {
          log.with(LogField.BYTES, copied.video().bytes())
              .with(LogField.SECONDS, Duration.between(begin, clock.instant()).toMillis() / 1000.0)
              .with(LogField.CUTS, stream.cuts() > 0 ? stream.cuts() : null)
              .with(LogField.BLOB_URL, copied.video().url())
              .write(LogEvent.COPIED);
        }
        return result;
      } catch (InterruptedDownloadException cut) {
        if (start == MAX_STARTS) {
          throw cut.cut();
        }
      } catch (SameVideoException e) {
        return generation.otherContent() == null
            ? new Refused(FailureReason.CONTENT_NOT_FOUND, e.getMessage())
            : copy(job, generation.elsewhere(), video, comparing, log, opened);
      }
    }
  }
}

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
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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
   * What is stored of a video whose content is not available any more.
   *
   * @throws io.soracourier.storage.StorageException when that is not known
   */
  Optional<CopyResult> earlier(VideoRef video, LookLog log) {
    return EarlierVideo.of(videos.find(video)).end(log);
  }

  /**
   * Makes sure that the generation's video is stored. Whether it is already is requested together
   * with its content, which costs no time where it is not; the content is dropped where it is.
   *
   * @param turn takes a slot for it
   * @param left until the content expires
   * @param opened run each time that there is a video at its address, whatever becomes of it then
   * @throws RuntimeException of {@code content}, {@code sora} and {@code storage}, when the content
   *     could not be read or not be stored
   */
  CopyResult copy(
      VideoJob job, Generation generation, Turn turn, Duration left, LookLog log, Runnable opened) {
    VideoRef video = new VideoRef(job.id().value(), generation.id());
    if (turn.takeFree()) {
      try (EarlierVideo earlier = EarlierVideo.request(videos, video, resources.threads())) {
        return copy(job, generation, video, earlier, log, opened);
      }
    }
    EarlierVideo earlier = EarlierVideo.of(videos.find(video));
    Optional<CopyResult> end = earlier.end(log);
    if (end.isPresent()) {
      return end.get();
    }
    return turn.take(left) ? copy(job, generation, video, earlier, log, opened) : Deferred.NO_SLOT;
  }

  /** It may be of another delivery that was faster, at a server whose downloads differ. */
  private static boolean isOtherBlob(CopyResult result) {
    return result instanceof Refused refused && refused.reason() == FailureReason.STORAGE_DENIED;
  }

  /** From the generation's other address too, where the first one gives another of its videos. */
  private CopyResult copy(
      VideoJob job,
      Generation generation,
      VideoRef video,
      EarlierVideo earlier,
      LookLog log,
      Runnable opened) {
    Instant begin = clock.instant();
    for (int start = 1; ; start++) {
      Optional<VideoStream> found;
      try {
        // What is stored needs no content, which may have expired.
        found = resolver.open(job, generation, earlier::needsContent);
      } catch (RuntimeException e) {
        return earlier.end(log).orElseThrow(() -> e);
      }
      if (found.isEmpty()) {
        return earlier.end(log).orElseThrow();
      }
      try (VideoStream stream = found.get()) {
        opened.run();
        Optional<CopyResult> end = earlier.end(log);
        if (end.isPresent()) {
          return end.get();
        }
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
                    earlier.isThere() ? videos.beginComparison(video) : videos.begin(video),
                    new SiblingVideos(videos, job, generation)::checkOther);
        if (result instanceof Copied copied) {
          log.with(LogField.BYTES, copied.video().bytes())
              .with(LogField.SECONDS, Duration.between(begin, clock.instant()).toMillis() / 1000.0)
              .with(LogField.CUTS, stream.cuts() > 0 ? stream.cuts() : null)
              .with(LogField.BLOB_URL, copied.video().url())
              .write(LogEvent.COPIED);
        }
        return isOtherBlob(result) ? earlier(video, log).orElse(result) : result;
      } catch (InterruptedDownloadException cut) {
        if (start == MAX_STARTS) {
          throw cut.cut();
        }
      } catch (SameVideoException e) {
        return generation.otherContent() == null
            ? new Refused(FailureReason.CONTENT_NOT_FOUND, e.getMessage())
            : copy(job, generation.elsewhere(), video, earlier, log, opened);
      }
    }
  }
}

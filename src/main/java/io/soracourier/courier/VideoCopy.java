package io.soracourier.courier;

import io.quarkus.runtime.Startup;
import io.soracourier.content.ContentConfig;
import io.soracourier.content.ContentResolver;
import io.soracourier.content.InterruptedDownloadException;
import io.soracourier.content.VideoStream;
import io.soracourier.courier.CopySlots.Turn;
import io.soracourier.lifecycle.Shutdown;
import io.soracourier.sora.Generation;
import io.soracourier.sora.VideoJob;
import io.soracourier.storage.Owner;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.UploadResult;
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Copies a generation's content into the store. The video is made once, by a commit after
 * everything was verified; until then nothing is stored, and a second attempt finds it done.
 */
@Startup
@ApplicationScoped
class VideoCopy {
  private static final Logger LOG = Logger.getLogger(VideoCopy.class);

  private static final int MAX_STARTS = 3;

  private final ContentResolver resolver;
  private final VideoStore videos;
  private final Clock clock;
  private final ExecutorService senders;
  private final VideoTransfer transfer;
  private final CopySlots slots;
  private final CopyObserver observer;

  VideoCopy(
      ContentResolver resolver,
      VideoStore videos,
      CopyObserver observer,
      CourierConfig config,
      ContentConfig contentConfig,
      Shutdown shutdown,
      Clock clock) {
    this.resolver = resolver;
    this.videos = videos;
    this.observer = observer;
    this.clock = clock;
    CourierSettingChecks.copies(config.copy(), contentConfig, videos).forEach(Runnable::run);
    int concurrency = config.copy().concurrency();
    int blockSize = (int) config.copy().blockSize().asLongValue();
    long maxSize = contentConfig.maxSize().asLongValue();
    int copies =
        Math.min(concurrency, CopySlots.affordable(Runtime.getRuntime().maxMemory(), blockSize));
    if (copies < concurrency) {
      LOG.warnf(
          "courier.copy.concurrency is %d, and the heap has room for the blocks of %d copies: so"
              + " many are made at once",
          concurrency, copies);
    }
    // Threads of their own, so that invocations that wait for a copy can never take those it needs.
    this.senders =
        Executors.newFixedThreadPool(copies * BlockPipeline.MAX_IN_FLIGHT, VideoCopy::senderThread);
    this.transfer = new VideoTransfer(senders, new BlockBuffers(blockSize), maxSize, shutdown);
    this.slots = new CopySlots(copies, config.look().maxDelay(), shutdown);
  }

  private static Thread senderThread(Runnable task) {
    Thread thread = new Thread(task, "block-sender");
    thread.setDaemon(true);
    return thread;
  }

  @PreDestroy
  void close() {
    senders.shutdownNow();
  }

  /** For a look that may copy. */
  Turn turn() {
    return slots.turn();
  }

  /**
   * Makes sure that the generation's video is stored.
   *
   * @param slot takes one for it, and says whether there was one
   * @param opened run each time that there is a video at its address, whatever becomes of it then
   * @throws NoSlotException when there was no slot for it
   * @throws DeferredException when the process is ending and the rest would take too long
   * @throws DifferentBlobException when something else is stored in its place
   * @throws SameVideoException when what came is another of the job's videos
   * @throws RuntimeException of {@code content}, {@code sora} and {@code storage}, when the content
   *     could not be had or not be stored
   */
  StoredVideo copy(
      VideoJob job, Generation generation, BooleanSupplier slot, LookLog log, Runnable opened) {
    VideoRef video = new VideoRef(job.id().value(), generation.id());
    Optional<StoredVideo> earlier = videos.find(video);
    if (earlier.isPresent() && earlier.get().owner().kind() == Owner.Kind.OTHER) {
      throw new DifferentBlobException(earlier.get());
    }
    if (earlier.isPresent() && isDelivered(earlier.get())) {
      log.with(LogField.BYTES, earlier.get().bytes())
          .with(LogField.BLOB_URL, earlier.get().url())
          .with(LogField.MESSAGE, "already there")
          .write(LogEvent.COPIED);
      return earlier.get();
    }
    if (!slot.getAsBoolean()) {
      throw new NoSlotException();
    }
    try {
      return copyAndLog(job, generation, video, earlier.isPresent(), log, opened);
    } catch (SameVideoException e) {
      if (generation.otherContent() == null) {
        throw e;
      }
      return copyAndLog(job, generation.elsewhere(), video, earlier.isPresent(), log, opened);
    }
  }

  /** The MD5 is the courier's own then, of bytes that it has verified; no video is empty. */
  private static boolean isDelivered(StoredVideo there) {
    return there.owner().kind() == Owner.Kind.THIS
        && there.contentMd5() != null
        && there.bytes() > 0;
  }

  /**
   * @param comparing whether something is stored already, which may be the same
   */
  private StoredVideo copyAndLog(
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
        UploadResult result =
            transfer.run(
                stream,
                bytes -> observer.received(job.id().value(), generation.id(), bytes, declared),
                comparing ? videos.beginComparison(video) : videos.begin(video),
                new SiblingVideos(videos, job, generation)::checkOther);
        if (result.outcome() == UploadResult.Outcome.OTHER_ALREADY_THERE) {
          throw new DifferentBlobException(result.video());
        }
        log.with(LogField.BYTES, result.video().bytes())
            .with(LogField.SECONDS, Duration.between(begin, clock.instant()).toMillis() / 1000.0)
            .with(LogField.CUTS, stream.cuts() > 0 ? stream.cuts() : null)
            .with(LogField.BLOB_URL, result.video().url())
            .write(LogEvent.COPIED);
        return result.video();
      } catch (InterruptedDownloadException cut) {
        if (start == MAX_STARTS) {
          throw cut.cut();
        }
      }
    }
  }
}

package io.soracourier.courier;

import io.quarkus.runtime.Startup;
import io.soracourier.content.ContentConfig;
import io.soracourier.content.ContentResolver;
import io.soracourier.content.CutContentException;
import io.soracourier.content.VideoStream;
import io.soracourier.lifecycle.Shutdown;
import io.soracourier.sora.Generation;
import io.soracourier.sora.VideoJob;
import io.soracourier.storage.Commit;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.VideoContainer;
import io.soracourier.storage.VideoMetadata;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Copies a generation's content into its blob. The blob is made once, by a commit after everything
 * was verified; until then there is nothing under its name, and whoever comes second finds it done.
 */
@Startup
@ApplicationScoped
class VideoCopy {
  private static final Logger LOG = Logger.getLogger(VideoCopy.class);

  private static final int MOST_STARTS = 3;

  private final ContentResolver resolver;
  private final VideoContainer container;
  private final Clock clock;
  private final ExecutorService senders;
  private final VideoTransfer transfer;
  private final CopySlots slots;

  VideoCopy(
      ContentResolver resolver,
      VideoContainer container,
      CourierConfig config,
      ContentConfig contentConfig,
      Shutdown shutdown,
      Clock clock) {
    this.resolver = resolver;
    this.container = container;
    this.clock = clock;
    CourierSettingChecks.copies(config.copy(), contentConfig).forEach(Runnable::run);
    int concurrency = config.copy().concurrency();
    int blockSize = blockSize(config.copy());
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
        Executors.newFixedThreadPool(
            copies * BlockPipeline.MOST_UNDER_WAY, VideoCopy::senderThread);
    this.transfer = new VideoTransfer(senders, new BlockBuffers(blockSize), maxSize, shutdown);
    this.slots = new CopySlots(copies, config.look().maxDelay(), shutdown);
  }

  /** In bytes: whole units of the digest. */
  static int blockSize(CourierConfig.Copy copy) {
    return (int) copy.blockSize().asLongValue() / VideoDigest.UNIT * VideoDigest.UNIT;
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

  /** The blob's name: a generation has one, whoever copies it and however often. */
  static String blobName(Generation generation) {
    return generation.id() + ".mp4";
  }

  /**
   * Makes sure that the generation's blob is there.
   *
   * @param opened run each time that there is a video at its address, whatever becomes of it then
   * @throws PutOffException when all copies that may run at once went on running, or the process is
   *     ending
   * @throws DifferentBlobException when another blob has that name
   * @throws RuntimeException of {@code content}, {@code sora} and {@code storage}, when the content
   *     could not be had or not be stored
   */
  StoredVideo copy(VideoJob job, Generation generation, LookLog log, Runnable opened) {
    VideoMetadata metadata = new VideoMetadata(job.id().value(), generation.id());
    Optional<StoredVideo> earlier = container.find(blobName(generation));
    if (earlier.isPresent() && metadata.isContradictedBy(earlier.get().metadata())) {
      throw new DifferentBlobException(earlier.get(), metadata);
    }
    if (earlier.isPresent() && isDelivered(earlier.get(), metadata)) {
      log.with(LogField.BYTES, earlier.get().bytes())
          .with(LogField.BLOB_URL, earlier.get().url())
          .with(LogField.MESSAGE, "already there")
          .write(LogEvent.COPIED);
      return earlier.get();
    }
    if (!slots.acquire()) {
      throw new PutOffException("as many copies are under way as courier.copy.concurrency allows");
    }
    try {
      return copyAndLog(job, generation, metadata, earlier.isPresent(), log, opened);
    } finally {
      slots.release();
    }
  }

  /** The MD5 is the courier's own then, of bytes that it has verified; no video is empty. */
  private static boolean isDelivered(StoredVideo there, VideoMetadata metadata) {
    return metadata.isIn(there.metadata()) && there.contentMd5() != null && there.bytes() > 0;
  }

  /**
   * @param comparing whether there is a blob already, which may be the same
   */
  private StoredVideo copyAndLog(
      VideoJob job,
      Generation generation,
      VideoMetadata metadata,
      boolean comparing,
      LookLog log,
      Runnable opened) {
    String blobName = blobName(generation);
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
        Commit commit =
            transfer.run(
                stream,
                comparing ? container.beginComparison(blobName) : container.begin(blobName),
                metadata);
        if (commit.outcome() == Commit.Outcome.OTHER_ALREADY_THERE) {
          throw new DifferentBlobException(commit.video(), metadata);
        }
        log.with(LogField.BYTES, commit.video().bytes())
            .with(LogField.SECONDS, Duration.between(begin, clock.instant()).toMillis() / 1000.0)
            .with(LogField.CUTS, stream.cuts() > 0 ? stream.cuts() : null)
            .with(LogField.BLOB_URL, commit.video().url())
            .write(LogEvent.COPIED);
        return commit.video();
      } catch (CutContentException cut) {
        if (start == MOST_STARTS) {
          throw cut.cut();
        }
      }
    }
  }
}

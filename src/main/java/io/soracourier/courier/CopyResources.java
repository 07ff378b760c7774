package io.soracourier.courier;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.quarkus.runtime.Startup;
import io.soracourier.content.ContentConfig;
import io.soracourier.lifecycle.Shutdown;
import io.soracourier.storage.VideoStore;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/** What all copies share, as the settings have it: slots, threads, and buffers for blocks. */
@Startup
@Singleton
class CopyResources {
  private static final Logger LOG = Logger.getLogger(CopyResources.class);

  private final ExecutorService senders;
  private final VideoTransfer transfer;
  private final CopySlots slots;

  CopyResources(
      CourierConfig config, ContentConfig contentConfig, VideoStore videos, Shutdown shutdown) {
    CourierSettingChecks.copies(config.copy(), contentConfig, videos).forEach(Runnable::run);
    int concurrency = config.copy().concurrency();
    int blockSize = (int) config.copy().blockSize().asLongValue();
    int copies =
        Math.min(concurrency, CopySlots.affordable(Runtime.getRuntime().maxMemory(), blockSize));
    if (copies < concurrency) {
      LOG.warnf(
          "courier.copy.concurrency is %d, but the heap has room for the blocks of %d copies only:"
              + " that many run concurrently",
          concurrency, copies);
    }
    // Threads of their own, so that invocations that wait for a copy can never take those it needs.
    this.senders =
        Executors.newFixedThreadPool(
            copies * BlockPipeline.MAX_IN_FLIGHT, new DefaultThreadFactory("block-sender", true));
    long maxSize = contentConfig.maxSize().asLongValue();
    this.transfer = new VideoTransfer(senders, new BlockBuffers(blockSize), maxSize, shutdown);
    this.slots = new CopySlots(copies, config.look().maxDelay(), shutdown);
  }

  VideoTransfer transfer() {
    return transfer;
  }

  /**
   * Threads for what runs beside a copy: as many for each as it may have blocks on their way, which
   * it has only when the rest is done.
   */
  ExecutorService threads() {
    return senders;
  }

  CopySlots slots() {
    return slots;
  }

  @PreDestroy
  void close() {
    // A thread that waits for one that never began would wait for ever.
    senders.shutdownNow().forEach(task -> ((Future<?>) task).cancel(false));
  }
}

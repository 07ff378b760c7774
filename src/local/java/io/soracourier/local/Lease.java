package io.soracourier.local;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueMessageItem;
import com.azure.storage.queue.models.QueueStorageException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The time for which a received message is ours. A message that is ours no longer, because its
 * lease ran out or somebody changed it, is not deleted: the host only notes that for debugging.
 */
final class Lease implements AutoCloseable {
  private final QueueClient queue;
  private final String messageId;
  private String popReceipt;
  private ScheduledFuture<?> renewal;

  Lease(QueueClient queue, QueueMessageItem message) {
    this.queue = queue;
    this.messageId = message.getMessageId();
    this.popReceipt = message.getPopReceipt();
  }

  synchronized void renewEvery(Duration interval, Duration lease, ScheduledExecutorService timer) {
    renewal =
        timer.scheduleAtFixedRate(
            () -> update(lease), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  void delete() {
    close();
    ifStillOurs(() -> queue.deleteMessage(messageId, popReceipt));
  }

  void release(Duration visibilityTimeout) {
    close();
    update(visibilityTimeout);
  }

  private synchronized void update(Duration visibilityTimeout) {
    ifStillOurs(
        () ->
            popReceipt =
                queue
                    .updateMessage(messageId, popReceipt, null, visibilityTimeout)
                    .getPopReceipt());
  }

  static void ifStillOurs(Runnable operation) {
    try {
      operation.run();
    } catch (QueueStorageException e) {
      boolean lost = e.getStatusCode() == 404 || e.getStatusCode() == 400;
      if (!lost) {
        throw e;
      }
    }
  }

  /** Renews no more. */
  @Override
  public synchronized void close() {
    if (renewal != null) {
      renewal.cancel(false);
    }
  }
}

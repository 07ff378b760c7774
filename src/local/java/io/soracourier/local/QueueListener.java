package io.soracourier.local;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueMessageItem;
import com.azure.storage.queue.models.QueueStorageException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

/**
 * Receives messages for one function, a batch at a time, and fetches the next batch when few enough
 * are left in work. An empty queue is looked at less and less often, up to the longest interval.
 */
final class QueueListener {
  private final QueueClient queue;
  private final QueueOptions options;
  private final Duration lease;
  private final ExecutorService workers;
  private final BiConsumer<QueueMessageItem, QueueClient> processing;
  private final Thread thread;
  private int inWork;
  private boolean stopped;
  private int emptyLooks;

  QueueListener(
      QueueClient queue,
      QueueOptions options,
      Duration lease,
      ExecutorService workers,
      BiConsumer<QueueMessageItem, QueueClient> processing) {
    this.queue = queue;
    this.options = options;
    this.lease = lease;
    this.workers = workers;
    this.processing = processing;
    this.thread = new Thread(this::run, "queue-listener-" + queue.getQueueName());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Receives no more; what is in flight continues. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  synchronized int inWork() {
    return inWork;
  }

  private void run() {
    try {
      while (!isStopped()) {
        List<QueueMessageItem> batch = receive();
        if (batch.isEmpty()) {
          pause();
        } else {
          emptyLooks = 0;
          batch.forEach(this::accept);
          awaitRoom();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A queue that is not there, or a service in trouble, is as good as empty: look again later. */
  private List<QueueMessageItem> receive() {
    try {
      return queue.receiveMessages(options.batchSize(), lease, null, null).stream().toList();
    } catch (QueueStorageException e) {
      return List.of();
    } catch (RuntimeException e) {
      if (isStopped()) {
        return List.of();
      }
      throw e;
    }
  }

  private void accept(QueueMessageItem message) {
    synchronized (this) {
      if (stopped) {
        return; // its lease brings it back
      }
      inWork++;
    }
    workers.execute(
        () -> {
          try {
            processing.accept(message, queue);
          } finally {
            done();
          }
        });
  }

  private synchronized void done() {
    inWork--;
    notifyAll();
  }

  private synchronized void awaitRoom() throws InterruptedException {
    while (!stopped && inWork > options.newBatchThreshold()) {
      wait();
    }
  }

  /** The shortest interval, and then it plus 1, 2, 4, … of its like, a fifth more or less. */
  private synchronized void pause() throws InterruptedException {
    long shortest = QueueOptions.MIN_POLLING_INTERVAL.toMillis();
    double jitter = ThreadLocalRandom.current().nextDouble(0.8, 1.2);
    double more = emptyLooks == 0 ? 0 : jitter * (1L << Math.min(emptyLooks - 1, 20)) * shortest;
    emptyLooks++;
    long pause = (long) Math.min(shortest + more, options.maxPollingInterval().toMillis());
    long deadline = System.nanoTime() + pause * 1_000_000;
    for (long left = pause;
        !stopped && left > 0;
        left = (deadline - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }
}

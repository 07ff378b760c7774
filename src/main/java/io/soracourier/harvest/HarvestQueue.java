package io.soracourier.harvest;

import io.soracourier.sora.JobId;
import io.soracourier.storage.StorageException;

/** Where missing jobs are put. */
public interface HarvestQueue {
  /**
   * Enqueues a job.
   *
   * @throws StorageException when it is not known that it is on the queue
   */
  void enqueue(JobId id);
}

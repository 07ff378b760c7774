package io.soracourier.storage;

import io.smallrye.faulttolerance.api.ExponentialBackoff;
import io.smallrye.faulttolerance.api.RetryWhen;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Retry;

/** Single requests to Queue storage, tried again where that may help. */
@ApplicationScoped
@Retry(
    maxRetries = StorageRequest.MAX_RETRIES,
    delay = StorageRequest.DELAY_MILLIS,
    jitter = StorageRequest.JITTER_MILLIS)
@ExponentialBackoff(maxDelay = StorageRequest.MAX_DELAY_MILLIS)
@RetryWhen(exception = StorageRequest.Retryable.class)
class QueueRequests {
  /** Past the service's own default of seven days, a job would vanish without a word. */
  private static final long NEVER_EXPIRES = -1;

  private final QueueApi api;

  QueueRequests(QueueApi api) {
    this.api = api;
  }

  void putMessage(String queue, long visibilitySeconds, byte[] message) {
    StorageRequest.run(
        "Put Message " + queue,
        () -> api.putMessage(queue, visibilitySeconds, NEVER_EXPIRES, message));
  }

  void createQueue(String queue) {
    StorageRequest.run("Create Queue " + queue, () -> api.createQueue(queue));
  }
}

package io.soracourier.storage;

import io.smallrye.faulttolerance.api.ApplyGuard;
import jakarta.enterprise.context.ApplicationScoped;

/** Single requests to Queue storage, by the policy {@link StoragePolicies#REQUEST}. */
@ApplicationScoped
@ApplyGuard(StoragePolicies.REQUEST)
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

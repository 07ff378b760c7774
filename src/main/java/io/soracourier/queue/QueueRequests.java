package io.soracourier.queue;

import io.smallrye.faulttolerance.api.ApplyGuard;
import io.soracourier.azure.StoragePolicies;
import io.soracourier.azure.StorageRequest;
import io.soracourier.azure.StorageResponse;
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
        () ->
            StorageResponse.bodiless(
                    api.putMessage(queue, visibilitySeconds, NEVER_EXPIRES, message))
                .expect(201));
  }

  /** 204 says that it is there already, with the same metadata: none. */
  void createQueue(String queue) {
    StorageRequest.run(
        "Create Queue " + queue,
        () -> StorageResponse.bodiless(api.createQueue(queue)).expect(201, 204));
  }
}

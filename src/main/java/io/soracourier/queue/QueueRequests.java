package io.soracourier.queue;

import io.smallrye.faulttolerance.api.ApplyGuard;
import io.soracourier.azure.SmallBody;
import io.soracourier.azure.StorageConfig;
import io.soracourier.azure.StoragePolicies;
import io.soracourier.azure.StorageRequest;
import io.soracourier.azure.StorageResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;

/** Single requests to Queue storage, by the policy {@link StoragePolicies#REQUEST}. */
@ApplicationScoped
@ApplyGuard(StoragePolicies.REQUEST)
class QueueRequests {
  /** Past the service's own default of seven days, a job would vanish without a word. */
  private static final long NEVER_EXPIRES = -1;

  private final QueueApi api;
  private final StorageConfig config;

  QueueRequests(QueueApi api, StorageConfig config) {
    this.api = api;
    this.config = config;
  }

  /** The message's id, where the response has one. */
  Optional<String> putMessage(String queue, long visibilitySeconds, byte[] message) {
    return StorageRequest.send(
        "Put Message " + queue,
        () -> {
          RestResponse<InputStream> response =
              api.putMessage(queue, visibilitySeconds, NEVER_EXPIRES, message);
          SmallBody.expect(response, 201);
          return MessageIds.in(response, config.readTimeout());
        });
  }

  long getApproximateLength(String queue) {
    return StorageRequest.send(
        "Get Queue Metadata " + queue,
        () ->
            StorageResponse.bodiless(api.getQueueMetadata(queue))
                .expect(200)
                .count("x-ms-approximate-messages-count"));
  }

  /** 204: it exists already, with the same metadata: none. */
  void createQueue(String queue) {
    StorageRequest.run(
        "Create Queue " + queue,
        () -> StorageResponse.bodiless(api.createQueue(queue)).expect(201, 204));
  }
}

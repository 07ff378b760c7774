package io.soracourier.storage;

import io.smallrye.faulttolerance.api.ExponentialBackoff;
import io.smallrye.faulttolerance.api.RetryWhen;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.ByteBuffer;
import org.eclipse.microprofile.faulttolerance.Retry;

/** Single requests to Blob storage, tried again where that may help. */
@ApplicationScoped
@Retry(
    maxRetries = StorageRequest.MAX_RETRIES,
    delay = StorageRequest.DELAY_MILLIS,
    jitter = StorageRequest.JITTER_MILLIS)
@ExponentialBackoff(maxDelay = StorageRequest.MAX_DELAY_MILLIS)
@RetryWhen(exception = StorageRequest.Retryable.class)
class BlobRequests {
  private final BlobApi api;
  private final BlockClient blocks;

  BlobRequests(BlobApi api, BlockClient blocks) {
    this.api = api;
    this.blocks = blocks;
  }

  void putBlock(String container, String blob, String blockId, ByteBuffer block, String md5) {
    StorageRequest.run(
        "Put Block " + container + "/" + blob,
        () -> blocks.putBlock(container, blob, blockId, block, md5));
  }

  MultivaluedMap<String, String> putBlockList(
      String container, String blob, String md5, VideoMetadata metadata, byte[] blockList) {
    return StorageRequest.send(
        "Put Block List " + container + "/" + blob,
        () ->
            api.putBlockList(
                    container, blob, md5, metadata.jobId(), metadata.generationId(), blockList)
                .getStringHeaders());
  }

  MultivaluedMap<String, String> getBlobProperties(String container, String blob) {
    return StorageRequest.send(
        "Get Blob Properties " + container + "/" + blob,
        () -> api.getBlobProperties(container, blob).getStringHeaders());
  }

  void createContainer(String container) {
    StorageRequest.run("Create Container " + container, () -> api.createContainer(container));
  }
}

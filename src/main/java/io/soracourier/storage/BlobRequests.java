package io.soracourier.storage;

import io.smallrye.faulttolerance.api.ApplyGuard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MultivaluedMap;

/** Single requests to Blob storage, by the policy {@link StoragePolicies#REQUEST}. */
@ApplicationScoped
@ApplyGuard(StoragePolicies.REQUEST)
class BlobRequests {
  private final BlobApi api;

  BlobRequests(BlobApi api) {
    this.api = api;
  }

  void putBlock(String container, String blob, String blockId, byte[] block, String md5) {
    StorageRequest.run(
        "Put Block " + container + "/" + blob,
        () -> api.putBlock(container, blob, blockId, block.length, md5, BlockBody.of(block)));
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

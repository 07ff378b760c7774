package io.soracourier.storage;

import io.smallrye.faulttolerance.api.ApplyGuard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.ByteBuffer;

/** Single requests to Blob storage, by the policy {@link StoragePolicies#REQUEST}. */
@ApplicationScoped
@ApplyGuard(StoragePolicies.REQUEST)
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

package io.soracourier.blob;

import io.smallrye.faulttolerance.api.ApplyGuard;
import io.soracourier.azure.BodyBytes;
import io.soracourier.azure.StoragePolicies;
import io.soracourier.azure.StorageRequest;
import io.soracourier.azure.StorageResponse;
import io.soracourier.storage.VideoRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

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

  /** When the blob was made. */
  Instant putBlockList(
      String container, String blob, String md5, VideoRef video, byte[] blockList) {
    return StorageRequest.send(
        "Put Block List " + container + "/" + blob,
        () ->
            StorageResponse.bodiless(
                    api.putBlockList(
                        container, blob, md5, video.jobId(), video.generationId(), blockList))
                .expect(201)
                .lastModified());
  }

  /** When the blob was made. */
  Instant putBlob(
      String container,
      String blob,
      String type,
      String md5,
      VideoRef video,
      List<ByteBuffer> pieces) {
    return StorageRequest.send(
        "Put Blob " + container + "/" + blob,
        () -> blocks.putBlob(container, blob, type, md5, video, pieces).lastModified());
  }

  BlobProperties getBlobProperties(String container, String blob) {
    return StorageRequest.send(
        "Get Blob Properties " + container + "/" + blob,
        () ->
            BlobProperties.of(
                StorageResponse.bodiless(api.getBlobProperties(container, blob)).expect(200)));
  }

  UncommittedBlocks getUncommittedBlocks(String container, String blob) {
    return StorageRequest.send(
        "Get Block List " + container + "/" + blob,
        () -> {
          RestResponse<InputStream> response = api.getBlockList(container, blob);
          try (InputStream body = BodyBytes.stream(response)) {
            StorageResponse.of(response).expect(200);
            return UncommittedBlocks.read(body);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /**
   * Reads a whole blob.
   *
   * @param expected what is known of it
   * @return its MD5 in Base64
   */
  String md5(String container, String blob, BlobProperties expected) {
    return StorageRequest.send(
        "Get Blob " + container + "/" + blob,
        () -> {
          String etag = expected.etag().isEmpty() ? null : expected.etag();
          RestResponse<InputStream> response = api.getBlob(container, blob, etag);
          try (InputStream body = BodyBytes.stream(response)) {
            StorageResponse head = StorageResponse.of(response).expect(200);
            if (head.contentLength() != expected.length()) {
              throw head.unreadable("Content-Length");
            }
            return BodyDigest.md5(body, expected.length());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  void createContainer(String container) {
    StorageRequest.run(
        "Create Container " + container,
        () -> StorageResponse.bodiless(api.createContainer(container)).expect(201));
  }
}

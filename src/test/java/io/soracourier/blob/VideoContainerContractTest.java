package io.soracourier.blob;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.specialized.BlockBlobClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.soracourier.azure.FaultyStorageProfile;
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import io.soracourier.storage.VideoStoreContract;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Against Azurite, with Microsoft's own client as everybody else. */
@QuarkusTest
@TestProfile(FaultyStorageProfile.class)
class VideoContainerContractTest extends VideoStoreContract {
  @Inject VideoStore videos;
  @Inject FaultyStorageProfile.Faulty storage;

  @Override
  protected VideoStore videos() {
    return videos;
  }

  @Override
  protected void put(VideoRef where, byte[] bytes, String md5, String jobId, String generationId) {
    container().createIfNotExists();
    BlockBlobClient blob = blob(where).getBlockBlobClient();
    String id = Base64.getEncoder().encodeToString(new byte[30]);
    BlobHttpHeaders headers =
        new BlobHttpHeaders().setContentMd5(md5 == null ? null : Base64.getDecoder().decode(md5));
    Map<String, String> metadata = new HashMap<>();
    metadata.put("jobid", jobId);
    metadata.put("generationid", generationId);
    metadata.values().removeIf(value -> value == null);
    blob.stageBlock(id, BinaryData.fromBytes(bytes));
    blob.commitBlockListWithResponse(List.of(id), headers, metadata, null, null, null, null);
  }

  @Override
  protected byte[] read(VideoRef where) {
    return container().exists() && blob(where).exists()
        ? blob(where).downloadContent().toBytes()
        : null;
  }

  private BlobClient blob(VideoRef where) {
    return container().getBlobClient(where.generationId() + ".mp4");
  }

  private BlobContainerClient container() {
    return new BlobServiceClientBuilder()
        .connectionString(storage.account().connectionString())
        .buildClient()
        .getBlobContainerClient("videos");
  }
}

package io.soracourier.blob;

import io.smallrye.common.annotation.Identifier;
import io.soracourier.azure.AzureStorageException;
import io.soracourier.azure.StorageSettings;
import io.soracourier.storage.Owner;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.Upload;
import io.soracourier.storage.UploadResult;
import io.soracourier.storage.UploadResult.Outcome;
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/**
 * The container that the videos go to, each as a {@link VideoBlob}. The store where nothing else is
 * chosen; by its name another one can be chosen beside it.
 */
@ApplicationScoped
@Default
@Identifier("blob")
class VideoContainer implements VideoStore {
  private final BlobRequests requests;
  private final URI endpoint;
  private final String container;

  VideoContainer(BlobRequests requests, StorageSettings settings) {
    this.requests = requests;
    this.endpoint = settings.blobEndpoint();
    this.container = settings.container();
  }

  @Override
  public Optional<StoredVideo> find(VideoRef video) {
    return find(video, VideoBlob.name(video));
  }

  /** The same of a blob of that name. */
  Optional<StoredVideo> find(VideoRef video, String blobName) {
    return properties(blobName).map(blob -> stored(video, blobName, blob));
  }

  /**
   * Checks whether the blob under the video's name, if there is one, is that video: has its bytes,
   * and no ids of another one. A blob without an MD5 is read to the end.
   *
   * @param md5 of the video, Base64
   * @throws StorageException when that is not known
   */
  Optional<UploadResult> compare(VideoRef video, long bytes, String md5) {
    String blobName = VideoBlob.name(video);
    return properties(blobName)
        .map(
            blob -> {
              StoredVideo there = stored(video, blobName, blob);
              if (there.bytes() != bytes || there.owner().kind() == Owner.Kind.OTHER) {
                return new UploadResult(Outcome.OTHER_ALREADY_THERE, there);
              }
              if (there.contentMd5() == null) {
                there = there.withContentMd5(requests.md5(container, blobName, blob));
              }
              boolean same = md5.equals(there.contentMd5());
              return new UploadResult(
                  same ? Outcome.SAME_ALREADY_THERE : Outcome.OTHER_ALREADY_THERE, there);
            });
  }

  private Optional<BlobProperties> properties(String blobName) {
    BlobProperties blob;
    try {
      blob = requests.getBlobProperties(container, blobName);
    } catch (StorageException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
    String request = "Get Blob Properties " + container + "/" + blobName;
    if (blob.otherKind() != null) {
      throw AzureStorageException.occupied(request, blob.otherKind() + " has that name");
    }
    if (blob.isBeingCopied()) {
      throw AzureStorageException.unsendable(
          Kind.CONFLICT, request, "a copy to that name is not finished");
    }
    return Optional.of(blob);
  }

  /** Scheme, host and port of the blobs' URLs. */
  URI origin() {
    return UriBuilder.fromUri(endpoint).replacePath(null).build();
  }

  @Override
  public URI url(VideoRef video) {
    return url(VideoBlob.name(video));
  }

  URI url(String blobName) {
    return UriBuilder.fromUri(endpoint).segment(container, blobName).build();
  }

  @Override
  public Upload begin(VideoRef video) {
    return new BlobUpload(this, requests, container, video, UUID.randomUUID());
  }

  /** The name needs no blocks then, which a lease would refuse. */
  @Override
  public Upload beginComparison(VideoRef video) {
    return new ComparingUpload(this, container, video);
  }

  @Override
  public int maxBlocks() {
    return VideoBlob.MAX_BLOCKS;
  }

  @Override
  public long maxBytes() {
    return VideoBlob.MAX_BYTES;
  }

  private StoredVideo stored(VideoRef video, String blobName, BlobProperties blob) {
    return new StoredVideo(
        url(blobName),
        blob.length(),
        blob.contentMd5(),
        blob.lastModified(),
        Owner.of(video, blob.jobId(), blob.generationId()));
  }
}

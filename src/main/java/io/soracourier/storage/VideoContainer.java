package io.soracourier.storage;

import io.soracourier.storage.Commit.Outcome;
import io.soracourier.storage.StorageException.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/** The container that the videos go to. */
@ApplicationScoped
public class VideoContainer {
  private final BlobRequests requests;
  private final URI endpoint;
  private final String container;

  VideoContainer(BlobRequests requests, StorageSettings settings) {
    this.requests = requests;
    this.endpoint = settings.blobEndpoint();
    this.container = settings.container();
  }

  /**
   * The whole blob of this name, if there is one.
   *
   * @throws StorageException {@code OCCUPIED} when it is of a kind that the courier never makes;
   *     else when it is not known whether there is one
   */
  public Optional<StoredVideo> find(String blobName) {
    return properties(blobName).map(blob -> stored(blobName, blob));
  }

  /**
   * Checks whether the blob of this name, if there is one, is the video that was to get it: has its
   * bytes, and no metadata that names another one. A blob without an MD5 is read to the end.
   *
   * @param md5 of the video, Base64
   * @throws StorageException when that is not known
   */
  Optional<Commit> compare(String blobName, long bytes, String md5, VideoMetadata metadata) {
    return properties(blobName)
        .map(
            blob -> {
              StoredVideo video = stored(blobName, blob);
              if (blob.length() != bytes || metadata.isContradictedBy(blob.metadata())) {
                return new Commit(Outcome.OTHER_ALREADY_THERE, video);
              }
              if (blob.contentMd5() == null) {
                video = video.withContentMd5(requests.md5(container, blobName, blob));
              }
              boolean same = md5.equals(video.contentMd5());
              return new Commit(
                  same ? Outcome.SAME_ALREADY_THERE : Outcome.OTHER_ALREADY_THERE, video);
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
      throw StorageException.occupied(
          request, blob.otherKind() + " has that name", Kind.OCCUPIED.advice());
    }
    if (blob.isBeingCopied()) {
      throw StorageException.unsendable(
          Kind.CONFLICT, request, "a copy to that name is not finished");
    }
    return Optional.of(blob);
  }

  /** Where the blob of this name is or will be; without any credential. */
  public URI url(String blobName) {
    return UriBuilder.fromUri(endpoint).segment(container, blobName).build();
  }

  /** Sends nothing yet. */
  public BlockUpload begin(String blobName) {
    return new BlockUpload(this, requests, container, blobName, UUID.randomUUID());
  }

  /**
   * An upload that sends nothing and ends in comparing the video with the blob that is there. Its
   * name needs no blocks then, which a lease would refuse.
   */
  public BlockUpload beginComparison(String blobName) {
    return new ComparingUpload(this, requests, container, blobName);
  }

  private StoredVideo stored(String blobName, BlobProperties blob) {
    return new StoredVideo(
        url(blobName), blob.length(), blob.contentMd5(), blob.lastModified(), blob.metadata());
  }
}

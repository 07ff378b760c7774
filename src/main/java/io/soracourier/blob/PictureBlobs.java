package io.soracourier.blob;

import io.soracourier.azure.StorageSettings;
import io.soracourier.storage.Md5;
import io.soracourier.storage.Owner;
import io.soracourier.storage.PictureFormat;
import io.soracourier.storage.PictureStore;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.VideoRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Pictures as blobs of the container for videos, each beside its video. */
@ApplicationScoped
class PictureBlobs implements PictureStore {
  private final BlobRequests requests;
  private final VideoContainer videos;
  private final String container;

  PictureBlobs(BlobRequests requests, VideoContainer videos, StorageSettings settings) {
    this.requests = requests;
    this.videos = videos;
    this.container = settings.container();
  }

  @Override
  public URI store(VideoRef video, String name, PictureFormat format, ByteBuffer picture) {
    String blob = VideoBlob.pictureName(video, name, format);
    String md5 = Base64.getEncoder().encodeToString(Md5.of(picture));
    try {
      requests.putBlob(container, blob, format.mediaType(), md5, video, List.of(picture));
    } catch (StorageException e) {
      // Whatever it failed with: what is there now may be this one, or one of an earlier delivery.
      if (!isStored(video, blob)) {
        throw e;
      }
    }
    return videos.url(blob);
  }

  @Override
  public Optional<URI> find(VideoRef video, String name) {
    for (PictureFormat format : PictureFormat.values()) {
      String blob = VideoBlob.pictureName(video, name, format);
      if (isStored(video, blob)) {
        return Optional.of(videos.url(blob));
      }
    }
    return Optional.empty();
  }

  /** Whether it is the courier's, and of this video. */
  private boolean isStored(VideoRef video, String blob) {
    return videos
        .find(video, blob)
        .filter(found -> found.bytes() > 0 && found.owner().kind() == Owner.Kind.THIS)
        .isPresent();
  }
}

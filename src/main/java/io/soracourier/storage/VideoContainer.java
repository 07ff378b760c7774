package io.soracourier.storage;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;

/** The container that the videos go to. */
@ApplicationScoped
public class VideoContainer {
  /** The whole blob of this name, if there is one. */
  public Optional<StoredVideo> find(String blobName) {
    throw new UnsupportedOperationException();
  }

  /** Where the blob of this name is or will be; without any credential. */
  public URI url(String blobName) {
    throw new UnsupportedOperationException();
  }

  /** Sends nothing yet. */
  public BlockUpload begin(String blobName) {
    throw new UnsupportedOperationException();
  }
}

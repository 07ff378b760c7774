package io.soracourier.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The container that the videos go to. */
@ApplicationScoped
public class VideoContainer {
  private static final String METADATA_PREFIX = "x-ms-meta-";

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
   * @throws StorageException when it is not known whether there is
   */
  public Optional<StoredVideo> find(String blobName) {
    try {
      return Optional.of(stored(blobName, requests.getBlobProperties(container, blobName)));
    } catch (StorageException e) {
      if (e.kind() == StorageException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Where the blob of this name is or will be; without any credential. */
  public URI url(String blobName) {
    return UriBuilder.fromUri(endpoint).segment(container, blobName).build();
  }

  /** Sends nothing yet. */
  public BlockUpload begin(String blobName) {
    return new BlockUpload(this, requests, container, blobName, UUID.randomUUID());
  }

  private StoredVideo stored(String blobName, MultivaluedMap<String, String> headers) {
    Map<String, String> metadata = new HashMap<>();
    headers.forEach(
        (name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (lower.startsWith(METADATA_PREFIX)) {
            metadata.put(lower.substring(METADATA_PREFIX.length()), values.get(0));
          }
        });
    return new StoredVideo(
        url(blobName),
        Long.parseLong(headers.getFirst("Content-Length")),
        headers.getFirst("Content-MD5"),
        lastModified(headers),
        metadata);
  }

  /** HTTP dates are whole seconds: the same for the commit and for every later look at the blob. */
  static Instant lastModified(MultivaluedMap<String, String> headers) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.parse(
        headers.getFirst("Last-Modified"), Instant::from);
  }
}

package io.soracourier.storage;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * A whole blob, as the storage describes it.
 *
 * @param url without any credential
 * @param bytes its length
 * @param contentMd5 MD5 of the whole in Base64, or null where another tool stored it without one
 * @param lastModified when it was committed: blobs of the courier never change
 * @param metadata names in lower case
 */
public record StoredVideo(
    URI url, long bytes, String contentMd5, Instant lastModified, Map<String, String> metadata) {
  public StoredVideo {
    metadata = Map.copyOf(metadata);
  }

  StoredVideo withContentMd5(String md5) {
    return new StoredVideo(url, bytes, md5, lastModified, metadata);
  }
}

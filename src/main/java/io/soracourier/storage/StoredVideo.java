package io.soracourier.storage;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something whole under a video's name, as the store describes it.
 *
 * @param url without any credential
 * @param bytes its length
 * @param contentMd5 MD5 of the whole in Base64, or null where another tool stored it without one
 * @param lastModified when it was committed: what the courier stores never changes
 * @param owner whose it is
 */
public record StoredVideo(
    URI url, long bytes, @Nullable String contentMd5, Instant lastModified, Owner owner) {
  /**
   * Whether a delivery stored this video, as {@link VideoStore#find} describes it: the MD5 that is
   * kept with the video's own ids is the courier's, of bytes that it has verified; no video is
   * empty.
   */
  public boolean isDelivered() {
    return owner.kind() == Owner.Kind.THIS && contentMd5 != null && bytes > 0;
  }

  /** The same with the MD5 that was read from its bytes. */
  public StoredVideo withContentMd5(String md5) {
    return new StoredVideo(url, bytes, md5, lastModified, owner);
  }
}

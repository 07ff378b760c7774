package io.soracourier.local;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobProperties;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** A blob as Microsoft's own client sees it. */
public final class StoredBlob {
  private final BlobClient client;

  StoredBlob(BlobClient client) {
    this.client = client;
  }

  public boolean exists() {
    return client.exists();
  }

  public String url() {
    return client.getBlobUrl();
  }

  /** The whole blob, in memory. */
  public byte[] bytes() {
    return client.downloadContent().toBytes();
  }

  public InputStream open() {
    return client.openInputStream();
  }

  /** Reads it all: MD5 in Base64 of the bytes that the service sends, however many. */
  public String md5OfContent() {
    try (InputStream stream = open()) {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      byte[] buffer = new byte[1 << 16];
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        md5.update(buffer, 0, read);
      }
      return Base64.getEncoder().encodeToString(md5.digest());
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new LocalStackException("GET " + url() + " failed", e);
    }
  }

  /** The {@code Content-MD5} property in Base64; null when the blob has none. */
  public String md5Property() {
    byte[] md5 = properties().getContentMd5();
    return md5 == null ? null : Base64.getEncoder().encodeToString(md5);
  }

  public long size() {
    return properties().getBlobSize();
  }

  public String contentType() {
    return properties().getContentType();
  }

  public Map<String, String> metadata() {
    return properties().getMetadata();
  }

  public String etag() {
    return properties().getETag();
  }

  private BlobProperties properties() {
    return client.getProperties();
  }
}

package io.soracourier.storage;

import java.net.URI;
import org.eclipse.microprofile.config.Config;

/**
 * Where the storage is and how to get in.
 *
 * @param blobEndpoint without a trailing slash, e.g. {@code https://acct.blob.core.windows.net}
 * @param queueEndpoint likewise
 * @param container where the videos go
 */
public record StorageSettings(
    URI blobEndpoint, URI queueEndpoint, StorageCredential credential, String container) {

  /**
   * @throws io.soracourier.setting.InvalidSettingException when a setting is missing, malformed, or
   *     contradicts another one
   */
  public static StorageSettings from(Config config) {
    throw new UnsupportedOperationException();
  }
}

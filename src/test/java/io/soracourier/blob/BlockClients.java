package io.soracourier.blob;

import io.soracourier.azure.Authentication;
import io.soracourier.azure.StorageConfig;
import io.soracourier.azure.StorageConfigs;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.net.URI;
import java.time.Duration;

/** Clients of Put Block outside the application. */
final class BlockClients {
  private static final Vertx VERTX = Vertx.vertx();

  private BlockClients() {}

  static BlockClient of(URI endpoint, Authentication authentication) {
    return of(endpoint, authentication, StorageConfigs.DEFAULTS.readTimeout());
  }

  static BlockClient of(URI endpoint, Authentication authentication, Duration timeout) {
    return of(options(StorageConfigs.DEFAULTS), endpoint, authentication, timeout);
  }

  /** With blocks of the usual size. */
  static HttpClientOptions options(StorageConfig config) {
    return BlobClients.blockOptions(config, 4095 << 10);
  }

  static BlockClient of(
      HttpClientOptions options, URI endpoint, Authentication authentication, Duration timeout) {
    return new BlockClient(VERTX, options, endpoint, authentication, timeout);
  }
}

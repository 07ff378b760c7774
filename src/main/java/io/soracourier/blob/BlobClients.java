package io.soracourier.blob;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.MemorySize;
import io.soracourier.azure.Authentication;
import io.soracourier.azure.StorageClients;
import io.soracourier.azure.StorageConfig;
import io.soracourier.azure.StorageSettings;
import io.soracourier.http.Proxies;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the clients of Blob storage. */
final class BlobClients {
  /** As many blocks as may be in flight at the same time wait for nothing but the network. */
  private static final int BLOCK_POOL_SIZE = 256;

  /** A video that is smaller than so many blocks is sent by one request. */
  private static final int ONE_PIECE = 2;

  /**
   * Beyond the timeout of the largest request, whose words are better. A connection on which
   * nothing moves ends then: that of a request that was given up would wait until all is sent that
   * was written, and hold its block, and one whose response has no end would wait for that.
   */
  private static final Duration SPARE = Duration.ofSeconds(1);

  @Produces
  @Singleton
  BlobApi blobApi(
      StorageSettings settings,
      Authentication authentication,
      StorageConfig config,
      Proxies proxies) {
    return StorageClients.builder(settings.blobEndpoint(), authentication, config, proxies)
        .build(BlobApi.class);
  }

  @Produces
  @Singleton
  BlobServiceApi blobServiceApi(
      StorageSettings settings,
      Authentication authentication,
      StorageConfig config,
      Proxies proxies) {
    return StorageClients.builder(root(settings.blobEndpoint()), authentication, config, proxies)
        .build(BlobServiceApi.class);
  }

  /** With a slash at its end: a request for a query alone has no path, and is not valid HTTP. */
  static URI root(URI endpoint) {
    return URI.create(endpoint + "/");
  }

  @Produces
  @Singleton
  @Startup
  BlockClient blockClient(
      StorageSettings settings,
      Authentication authentication,
      StorageConfig config,
      Proxies proxies,
      @ConfigProperty(name = "courier.copy.block-size") MemorySize blockSize,
      Vertx vertx) {
    HttpClientOptions options = blockOptions(config, blockSize.asLongValue());
    proxies.forUri(settings.blobEndpoint()).ifPresent(options::setProxyOptions);
    return new BlockClient(
        vertx, options, settings.blobEndpoint(), authentication, config.readTimeout());
  }

  void close(@Disposes BlockClient blocks) {
    blocks.close();
  }

  static HttpClientOptions blockOptions(StorageConfig config, long blockSize) {
    Duration longest = BlockClient.time(config.readTimeout(), ONE_PIECE * blockSize);
    return new HttpClientOptions()
        .setConnectTimeout((int) config.connectTimeout().toMillis())
        .setMaxPoolSize(BLOCK_POOL_SIZE)
        .setKeepAliveTimeout(StorageClients.KEPT_SECONDS)
        .setIdleTimeout((int) Math.min(longest.plus(SPARE).toMillis(), Integer.MAX_VALUE))
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setDecompressionSupported(false);
  }
}

package io.soracourier.storage;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Blocks sent by hand. */
final class Blocks {
  private static final Vertx VERTX = Vertx.vertx();

  private Blocks() {}

  /** Adds a block and sends it, and returns when the storage has it. */
  static void stage(Upload upload, byte[] block) {
    stage(upload, block, Digests.md5(block));
  }

  static void stage(Upload upload, byte[] block, byte[] md5) {
    upload.add(ByteBuffer.wrap(block), md5).run();
  }

  static BlockClient client(URI endpoint, Authentication authentication) {
    return client(endpoint, authentication, StorageConfigs.DEFAULTS.readTimeout());
  }

  static BlockClient client(URI endpoint, Authentication authentication, Duration timeout) {
    return client(
        StorageClients.blockOptions(StorageConfigs.DEFAULTS), endpoint, authentication, timeout);
  }

  static BlockClient client(
      HttpClientOptions options, URI endpoint, Authentication authentication, Duration timeout) {
    return new BlockClient(VERTX, options, endpoint, authentication, timeout);
  }
}

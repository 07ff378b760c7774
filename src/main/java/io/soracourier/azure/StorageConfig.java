package io.soracourier.azure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a request to the storage may take, and how one that failed is retried. */
@ConfigMapping(prefix = "courier.storage")
public interface StorageConfig {
  /** How long connecting may take. */
  @WithDefault("5s")
  Duration connectTimeout();

  /**
   * How long a request may take, from its beginning to its response, and how long a body that is
   * read may pause. Two blocks of 4 MiB take 34 s at 2 Mbit/s, and the service itself gives most
   * operations 30 s.
   */
  @WithDefault("45s")
  Duration readTimeout();

  /** How a request that failed is tried again within the invocation. */
  Retry retry();

  /** How a request that failed is tried again within the invocation. */
  interface Retry {
    /** Retries after the first attempt. */
    @WithDefault("4")
    int count();

    /** Time to the second try; it doubles from try to try, with half of it at random. */
    @WithDefault("500ms")
    Duration delay();
  }
}

package io.soracourier.content;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How content is fetched. */
@ConfigMapping(prefix = "courier.content")
public interface ContentConfig {
  /**
   * Hosts other than the endpoint's that a URL found in a response may point to: exact names, or
   * {@code *.suffix}.
   */
  @WithDefault("*.blob.core.windows.net")
  List<String> allowedHosts();

  /** Redirects followed for one request. */
  @WithDefault("3")
  int maxRedirects();

  /**
   * How long content may be missing, or no whole video, from the first look that did not get it.
   */
  @WithDefault("10m")
  Duration grace();

  /** A connection, a response or a body that brings nothing for this long is closed. */
  @WithDefault("30s")
  Duration stallTimeout();

  /** A video larger than this is refused before the first block. */
  @WithDefault("5000M")
  MemorySize maxSize();
}

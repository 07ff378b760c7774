package io.soracourier.blob;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Links with which a video can be read. */
@ConfigMapping(prefix = "courier.links")
public interface LinkConfig {
  /** How long one works. */
  @WithDefault("1h")
  Duration lifetime();
}

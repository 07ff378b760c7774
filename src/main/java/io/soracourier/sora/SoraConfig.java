package io.soracourier.sora;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the video service is asked. */
@ConfigMapping(prefix = "courier.sora")
public interface SoraConfig {
  /** The API that jobs belong to; {@code auto} tells by the id and asks the other one on a 404. */
  @WithDefault("auto")
  Api api();

  /** How long a connection may take. */
  @WithDefault("10s")
  Duration connectTimeout();

  /** How long an answer about a job may take. */
  @WithDefault("30s")
  Duration readTimeout();

  /** Values of {@link #api()}. */
  enum Api {
    AUTO,
    SORA_1,
    VIDEOS
  }
}

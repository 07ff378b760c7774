package io.soracourier.sora;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a call of the video service that failed is retried within the invocation. */
@ConfigMapping(prefix = "courier.sora.retry")
public interface RetryConfig {
  /** Retries after the first attempt. */
  @WithDefault("2")
  int count();

  /** Time to the second try; it doubles from try to try, with half of it at random. */
  @WithDefault("500ms")
  Duration delay();

  /** No further try begins so long after the first. */
  @WithDefault("60s")
  Duration within();

  /** A {@code Retry-After} up to this is waited for; a longer one is left to the queue. */
  @WithDefault("3s")
  Duration longestRetryAfter();
}

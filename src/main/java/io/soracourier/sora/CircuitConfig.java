package io.soracourier.sora;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When a video service that is down is not called. */
@ConfigMapping(prefix = "courier.sora.circuit")
public interface CircuitConfig {
  /** How many of the latest calls are judged. */
  @WithDefault("20")
  int calls();

  /** The circuit opens when so large a part of them found the service unavailable. */
  @WithDefault("0.75")
  double failureRatio();

  /** How long nothing is called then. After it, one call decides whether the circuit closes. */
  @WithDefault("10s")
  Duration delay();
}

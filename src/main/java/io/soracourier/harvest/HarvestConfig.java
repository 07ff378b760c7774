package io.soracourier.harvest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Whether the server's jobs are enqueued by the courier itself, and which. */
@ConfigMapping(prefix = "courier.harvest")
public interface HarvestConfig {
  /** Whether that is done at all. */
  @WithDefault("false")
  boolean enabled();

  /** Which jobs; see {@link HarvestFilter#parse}. */
  @WithDefault(HarvestFilter.EVERY_JOB)
  Optional<String> filter();
}

package io.soracourier.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The records of jobs, which people read and nothing else depends on. */
@ConfigMapping(prefix = "courier.jobs")
public interface JobsConfig {
  /** The table of the records; empty: no records are kept. */
  @WithDefault("jobs")
  Optional<String> table();

  /** The longest time that reading or changing a record may take. */
  @WithDefault("500ms")
  Duration timeout();

  /** How long records are kept. */
  @WithDefault("30d")
  Duration keep();
}

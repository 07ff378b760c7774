package io.soracourier.azure;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The storage's configuration as it is where nothing is set. */
public final class StorageConfigs {
  public static final StorageConfig DEFAULTS = with(Map.of());

  private StorageConfigs() {}

  public static StorageConfig withReadTimeout(long millis) {
    return with(Map.of("courier.storage.read-timeout", millis + "ms"));
  }

  private static StorageConfig with(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(StorageConfig.class)
        .withDefaultValues(settings)
        .build()
        .getConfigMapping(StorageConfig.class);
  }
}

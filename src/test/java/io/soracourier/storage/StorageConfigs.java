package io.soracourier.storage;

import io.smallrye.config.SmallRyeConfigBuilder;

/** The storage's configuration as it is where nothing is set. */
final class StorageConfigs {
  static final StorageConfig DEFAULTS =
      new SmallRyeConfigBuilder()
          .addDiscoveredConverters()
          .withMapping(StorageConfig.class)
          .build()
          .getConfigMapping(StorageConfig.class);

  private StorageConfigs() {}
}

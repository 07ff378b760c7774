package io.soracourier.azure;

import io.soracourier.identity.ManagedIdentities;
import io.soracourier.setting.Bounds;
import io.soracourier.setting.Reference;
import io.soracourier.setting.SettingChecks;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** What the settings of the storage must be. */
@Singleton
class StorageSettingChecks implements SettingChecks {
  static final int MAX_RETRIES = 10;
  private static final Duration MIN = Duration.ofMillis(1);
  private static final Duration MAX = Duration.ofMinutes(10);

  private final Config config;
  private final ManagedIdentities identities;
  private final StorageConfig storage;

  StorageSettingChecks(Config config, ManagedIdentities identities, StorageConfig storage) {
    this.config = config;
    this.identities = identities;
    this.storage = storage;
  }

  @Override
  public List<Runnable> checks() {
    List<Runnable> checks = new ArrayList<>();
    StorageSettings.NAMES.forEach(name -> checks.add(() -> Reference.check(config, name)));
    checks.add(() -> StorageSettings.container(config));
    checks.add(() -> StorageClients.settings(config, identities.present()));
    checks.addAll(of(storage));
    return checks;
  }

  static List<Runnable> of(StorageConfig storage) {
    return List.of(
        () -> Bounds.check("courier.storage.connect-timeout", storage.connectTimeout(), MIN, MAX),
        () -> Bounds.check("courier.storage.read-timeout", storage.readTimeout(), MIN, MAX),
        () -> Bounds.check("courier.storage.retry.count", storage.retry().count(), 0, MAX_RETRIES),
        () -> Bounds.check("courier.storage.retry.delay", storage.retry().delay(), MIN, MAX));
  }
}

package io.soracourier.http;

import io.quarkus.runtime.Startup;
import io.soracourier.setting.Reference;
import io.soracourier.setting.SettingChecks;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** Checks the settings of the network, and makes what all clients share. */
@Singleton
class HttpSetup implements SettingChecks {
  private final Config config;

  HttpSetup(Config config) {
    this.config = config;
  }

  @Override
  public List<Runnable> checks() {
    return List.of(
        () -> Reference.check(config, Proxies.SETTING),
        () -> Proxies.proxy(config),
        () -> Proxies.exceptions(config));
  }

  @Produces
  @Singleton
  @Startup
  Proxies proxies() {
    Proxies proxies = Proxies.from(config);
    proxies.registerSecrets();
    return proxies;
  }
}

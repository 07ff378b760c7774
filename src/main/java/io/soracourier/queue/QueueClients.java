package io.soracourier.queue;

import io.soracourier.azure.Authentication;
import io.soracourier.azure.StorageClients;
import io.soracourier.azure.StorageConfig;
import io.soracourier.azure.StorageSettings;
import io.soracourier.http.Proxies;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the client of Queue storage. */
final class QueueClients {
  @Produces
  @Singleton
  QueueApi queueApi(
      StorageSettings settings,
      Authentication authentication,
      StorageConfig config,
      Proxies proxies) {
    return StorageClients.builder(settings.queueEndpoint(), authentication, config, proxies)
        .build(QueueApi.class);
  }
}

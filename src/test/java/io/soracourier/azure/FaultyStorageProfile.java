package io.soracourier.azure;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.soracourier.local.Azurite;
import io.soracourier.local.StorageAccount;
import io.soracourier.local.StorageProxy;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The application with Azurite as its storage, where requests can be made to fail. */
public class FaultyStorageProfile implements QuarkusTestProfile {
  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(Beans.class);
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        // Read when the application starts, but the beans below are what is used.
        "VideoStorage", "UseDevelopmentStorage=true",
        "AZURE_OPENAI_ENDPOINT", "http://127.0.0.1:1",
        "AZURE_OPENAI_API_KEY", "never-sent",
        "courier.storage.retry.delay", "1ms",
        // The first request that Azurite answers takes longer than the default.
        "courier.jobs.timeout", "10s",
        // Microsoft's client warns of a header with each request.
        "quarkus.log.category.\"com.azure.core.http\".level", "ERROR");
  }

  /** The services of one account of their own. */
  public record Faulty(
      StorageProxy blobs, StorageProxy queues, StorageProxy tables, StorageAccount account) {}

  /** In place of the settings from configuration. */
  @Alternative
  @Singleton
  static class Beans {
    @Produces
    @Singleton
    Faulty faulty() {
      StorageAccount account = Azurite.shared().freshAccount();
      return new Faulty(
          StorageProxy.before(account.blobEndpoint()),
          StorageProxy.before(account.queueEndpoint()),
          StorageProxy.before(account.tableEndpoint()),
          account);
    }

    @Produces
    @Singleton
    StorageSettings settings(Faulty faulty) {
      return new StorageSettings(
          faulty.blobs().endpoint(),
          faulty.queues().endpoint(),
          Optional.of(faulty.tables().endpoint()),
          new StorageCredential.SharedKey(
              faulty.account().name(), Base64.getDecoder().decode(faulty.account().key())),
          "videos");
    }
  }
}

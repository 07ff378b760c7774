package io.soracourier.sora;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.soracourier.simulator.SimulatorOptions;
import io.soracourier.simulator.SoraSimulator;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/** The application with the simulator as its video service, and no storage. */
public class SimulatedServiceProfile implements QuarkusTestProfile {
  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(Beans.class);
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "quarkus.http.test-port", "0",
        // Checked at the start nevertheless.
        "AZURE_OPENAI_ENDPOINT", "https://r.openai.azure.com",
        "AZURE_OPENAI_API_KEY", SimulatorOptions.defaults().apiKey(),
        "VideoStorage",
            "AccountName=none;AccountKey=bm9uZQ==;BlobEndpoint=http://127.0.0.1:1/none;"
                + "QueueEndpoint=http://127.0.0.1:1/none",
        "courier.sora.read-timeout", "1s",
        "courier.sora.retry.delay", "1ms");
  }

  /** In place of what the settings name. */
  @Alternative
  @Singleton
  static class Beans {
    @Produces
    @Singleton
    SoraSimulator simulator() {
      return SoraSimulator.start();
    }

    void stop(@Disposes SoraSimulator simulator) {
      simulator.close();
    }

    @Produces
    @Singleton
    Endpoint endpoint(SoraSimulator simulator) {
      return Endpoint.parse(simulator.endpoint().toString());
    }
  }
}

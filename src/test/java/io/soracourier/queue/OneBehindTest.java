package io.soracourier.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.soracourier.azure.Credentials;
import io.soracourier.azure.FaultyStorageProfile;
import io.soracourier.azure.OneBehind;
import io.soracourier.azure.StorageClients;
import io.soracourier.azure.StorageConfigs;
import io.soracourier.http.Proxies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A server in between that gives each request the response to the one before. */
@QuarkusTest
@TestProfile(FaultyStorageProfile.class)
class OneBehindTest {
  private static final byte[] MESSAGE = "<QueueMessage/>".getBytes(StandardCharsets.UTF_8);

  /** By the same connection each attempt would take effect and count as lost. */
  @Test
  void messageWhoseResponseIsAnothers_isSentOnceMoreByAnotherConnection() throws IOException {
    try (OneBehind storage = new OneBehind()) {
      QueueRequests queue =
          new QueueRequests(
              StorageClients.builder(
                      storage.endpoint(),
                      Credentials.of("AccountName=acct;SharedAccessSignature=sig=c2VjcmV0"),
                      StorageConfigs.DEFAULTS,
                      Proxies.none())
                  .build(QueueApi.class),
              StorageConfigs.DEFAULTS);

      assertThatThrownBy(() -> queue.putMessage("jobs", 0, MESSAGE))
          .hasMessageStartingWith("Put Message jobs failed: no response (")
          .hasMessageContaining("x-ms-client-request-id another,");
      queue.putMessage("jobs", 0, MESSAGE);
      queue.putMessage("jobs", 0, MESSAGE);

      assertThat(storage.requests()).containsExactly("0 POST", "1 POST", "1 POST");
    }
  }
}

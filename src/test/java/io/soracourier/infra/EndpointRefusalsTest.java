package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is refused of the server's address, from both places that it may come from: {@code mvn test
 * -Pbicep}.
 */
@Tag("bicep")
class EndpointRefusalsTest {
  @ParameterizedTest
  @ValueSource(strings = {"none", "None", " NONE ", ""})
  void neitherModelAccountNorEndpoint(String account) {
    Snapshot.refused("DEPLOY_ENDPOINT", "endpoint", "modelAccountId = '" + account + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "videos.example.com/v1",
        "http://videos.example.com/v1",
        "ftp://videos.example.com",
        "https://",
        "https:///v1",
        "https://:443/v1",
        "https://:/v1",
        "https:videos.example.com",
        "https://videos.example.com/v1?api-key=abc",
        "https://videos.example.com/v1#a",
        "https://user:password@videos.example.com/v1",
        "https://videos example.com",
        "https://{host}/v1",
        "none"
      })
  void endpoint_thatIsNoAddress(String endpoint) {
    Snapshot.refused("DEPLOY_ENDPOINT", "endpoint", "endpoint = '" + endpoint + "'");
  }

  /** It is shown in the app's setting and in the output of the deployment. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://videos.example.com/v1?api-key=canary",
        "https://videos.example.com/v1?canary",
        "https://videos.example.com/v1?",
        "https://videos.example.com/v1?api-version=",
        "https://videos.example.com/v1?api-version=preview&api-key=canary",
        "https://videos.example.com/v1?api-key=canary&api-version=preview",
        "https://videos.example.com/v1?api-version=preview;key=canary",
        "https://videos.example.com/v1?api-version=preview?key=canary",
        "https://videos.example.com/v1?api-version=preview#canary",
        "https://videos.example.com/v1#canary",
        "https://canary@videos.example.com/v1",
        "https://user:canary@videos.example.com/v1",
        "https://user:ca/nary@videos.example.com/v1",
        "https://:443/canary",
        "https:///canary",
        "sk-canary"
      })
  void endpointAmongTheSettings_thatMayHoldAKey(String endpoint) {
    for (String name : List.of("AZURE_OPENAI_ENDPOINT", "azure_openai_endpoint")) {
      String message =
          Snapshot.refused(
              "DEPLOY_COURIER_SETTINGS",
              "courierSettings",
              "courierSettings = { " + name + ": '" + endpoint + "' }");

      assertThat(message).contains("AZURE_OPENAI_ENDPOINT").doesNotContain("canary", "ca/nary");
    }
  }

  /** What the app makes of these is in docs/reference/endpoint.md. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://contoso.openai.azure.com/openai/deployments/sora/videos?api-version=preview",
        "https://contoso.openai.azure.com/openai/v1/videos?API-Version=2025-04-01-preview",
        "HTTPS://videos.example.com:8443/v1/videos/{id}",
        "<https://videos.example.com/v1>",
        "http://127.0.0.1:8000"
      })
  void endpointAmongTheSettings_asItIsPasted_isAccepted(String endpoint) {
    Snapshot snapshot =
        Snapshot.of(
            Snapshot.generated(
                "accepted", "courierSettings = { AZURE_OPENAI_ENDPOINT: '" + endpoint + "' }"),
            Snapshot.SUBSCRIPTION);

    assertThat(snapshot.settings().get("AZURE_OPENAI_ENDPOINT").asText()).isEqualTo(endpoint);
  }
}

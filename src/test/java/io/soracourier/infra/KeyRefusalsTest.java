package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is refused of a key, its vault and further settings, without a word of what may be the key:
 * {@code mvn test -Pbicep}.
 */
@Tag("bicep")
class KeyRefusalsTest {
  private static final String ENDPOINT = "endpoint = 'https://videos.example.com/v1'";
  private static final String GROUP =
      "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-keys/providers";
  private static final String ACCOUNT = GROUP + "/Microsoft.CognitiveServices/accounts/contoso";
  private static final String SECRET = "https://contoso.vault.azure.net/secrets/key";
  private static final String VAULT = GROUP + "/Microsoft.KeyVault/vaults/contoso";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-0123456789abcdef",
        "@Microsoft.KeyVault(SecretUri=https://contoso.vault.azure.net/secrets/key)",
        "http://contoso.vault.azure.net/secrets/key",
        "https://contoso.vault.azure.net",
        "https://contoso.vault.azure.net/secrets",
        "https://contoso.vault.azure.net/secrets/",
        "https://contoso.vault.azure.net//secrets/key",
        "https://contoso.vault.azure.net/keys/key",
        "https://contoso.vault.azure.net/secrets/my_key",
        "https://contoso.vault.azure.net/secrets/key/1",
        "https://contoso.vault.azure.net/secrets/key/0123456789abcdef0123456789abcdeg",
        "https://contoso.vault.azure.net/secrets/key/0123456789abcdef0123456789abcdef/",
        "https://contoso.vault.azure.net/secrets/key?api-version=7.4",
        "https://contoso.vault.azure.net/secrets/key) @(",
        "https://contoso.vault.azure.net:443/secrets/key",
        "https://contoso.vault.azure.net.example.com/secrets/key",
        "https://a.b.vault.azure.net/secrets/key",
        "https://kv.vault.azure.net/secrets/key",
        "https://.vault.azure.net/secrets/key",
        "https://contoso.vault.azure.cn/secrets/key",
        "https://contoso.vault.usgovcloudapi.net/secrets/key",
        "https://contoso.managedhsm.azure.net/secrets/key",
        "https://contoso.example.com/secrets/key"
      })
  void secret_thatIsNoAddressOfOne(String uri) {
    String message =
        Snapshot.refused(
            "DEPLOY_KEY_SECRET_URI", "keySecretUri", ENDPOINT, "keySecretUri = '" + uri + "'");

    assertThat(message).as("it may be the key itself").doesNotContain(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "contoso",
        VAULT + "/",
        VAULT + "/secrets/key",
        GROUP + "/Microsoft.KeyVault/vaults/other",
        GROUP + "/Microsoft.KeyVault/managedHSMs/contoso",
        ACCOUNT,
        SECRET
      })
  void vault_thatIsNotTheOneOfTheSecret(String id) {
    Snapshot.refused(
        "DEPLOY_KEY_VAULT_ID",
        "keyVaultId",
        ENDPOINT,
        "keySecretUri = '" + SECRET + "'",
        "keyVaultId = '" + id + "'");
  }

  @Test
  void vault_withoutASecret() {
    Snapshot.refused("DEPLOY_KEY_VAULT_ID", "keyVaultId", ENDPOINT, "keyVaultId = '" + VAULT + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AZURE_OPENAI_API_KEY: 'sk-canary'",
        "azure_openai_api_key: 'sk-canary'",
        "AZURE_OPENAI_API_KEY: '@Microsoft.KeyVault(SecretUri=https://canary)'"
      })
  void key_inClearText(String setting) {
    String message =
        Snapshot.refused(
            "DEPLOY_COURIER_SETTINGS", "courierSettings", ENDPOINT, courierSettings(setting));

    assertThat(message).contains("DEPLOY_KEY_SECRET_URI").doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AZURE_OPENAI_API_KEY: 'none'", "azure_openai_api_key: 'sk-canary'"})
  void key_fromTwoPlaces(String setting) {
    String message =
        Snapshot.refused(
            "DEPLOY_KEY_SECRET_URI",
            "keySecretUri",
            ENDPOINT,
            "keySecretUri = '" + SECRET + "'",
            courierSettings(setting));

    assertThat(message).contains("are both set").doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VIDEO_CONTAINER",
        "video_container",
        "COURIER_HARVEST_ENABLED",
        "AzureWebJobsStorage",
        "AzureWebJobsStorage__accountName",
        "VideoStorage",
        "VideoStorage__blobServiceUri",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "FUNCTIONS_WORKER_RUNTIME",
        "WEBSITE_RUN_FROM_PACKAGE"
      })
  void setting_thatTheTemplateSetsOrThePlanRefuses(String name) {
    assertThat(
            Snapshot.refused(
                "DEPLOY_COURIER_SETTINGS",
                "courierSettings",
                ENDPOINT,
                courierSettings(name + ": 'canary'")))
        .contains(name)
        .doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COURIER_LOOK_MAX_DELAY: '1s', courier_look_max_delay: '2s'",
        "HTTPS_PROXY: 'a', https_proxy: 'b'"
      })
  void setting_thatIsNamedTwice(String settings) {
    Snapshot.refused(
        "DEPLOY_COURIER_SETTINGS", "courierSettings", ENDPOINT, courierSettings(settings));
  }

  private static String courierSettings(String setting) {
    return "courierSettings = { " + setting + " }";
  }
}

package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is refused before anything is deployed, in a sentence that names the variable and the
 * parameter: {@code mvn test -Pbicep}.
 */
@Tag("bicep")
class RefusalsTest {
  private static final String ENDPOINT = "endpoint = 'https://videos.example.com/v1'";
  private static final String GROUP =
      "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-models/providers";
  private static final String ACCOUNT = GROUP + "/Microsoft.CognitiveServices/accounts/contoso";
  private static final String SECRET = "https://contoso.vault.azure.net/secrets/key";
  private static final String VAULT = GROUP + "/Microsoft.KeyVault/vaults/contoso";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "contoso",
        "new-one",
        "/subscriptions/22222222-2222-2222-2222-222222222222",
        "/subscriptions/x/resourceGroups/y",
        "/subscriptions/x/resourceGroups/y/providers/Microsoft.CognitiveServices/accounts/contoso",
        "/subscriptions/…/resourceGroups/…/providers/Microsoft.CognitiveServices/accounts/…",
        ACCOUNT + "/",
        ACCOUNT + "/projects/p1",
        ACCOUNT + "/deployments/sora",
        "/" + ACCOUNT,
        "https://management.azure.com" + ACCOUNT,
        GROUP + "//Microsoft.CognitiveServices/accounts/contoso",
        GROUP + "/Microsoft.CognitiveServices/accounts/",
        GROUP + "/Microsoft.CognitiveServices/accounts",
        GROUP + "/Microsoft.CognitiveServices/accounts/a",
        GROUP + "/Microsoft.CognitiveServices/accounts/con toso",
        GROUP + "/Microsoft.CognitiveServices/accounts/contoso?x",
        GROUP + "/Microsoft.Storage/storageAccounts/contoso",
        GROUP + "/Microsoft.MachineLearningServices/workspaces/contoso",
        "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups//providers/Microsoft.CognitiveServices/accounts/contoso",
        "https://contoso.openai.azure.com/"
      })
  void modelAccount_thatIsNoIdOfOne(String id) {
    refused("DEPLOY_MODEL_ACCOUNT_ID", "modelAccountId", ENDPOINT, "modelAccountId = '" + id + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"new", "New", " NEW "})
  void modelAccount_thatShouldBeMade(String word) {
    assertThat(Snapshot.refusal("refused", ENDPOINT, "modelAccountId = '" + word + "'"))
        .contains("DEPLOY_MODEL_ACCOUNT_ID (modelAccountId) is new", "no longer created");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", " NONE ", ""})
  void neitherModelAccountNorEndpoint(String account) {
    refused("DEPLOY_ENDPOINT", "endpoint", "modelAccountId = '" + account + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "videos.example.com/v1",
        "http://videos.example.com/v1",
        "ftp://videos.example.com",
        "https://",
        "https:///v1",
        "https:videos.example.com",
        "https://videos.example.com/v1?api-key=abc",
        "https://videos.example.com/v1#a",
        "https://user:password@videos.example.com/v1",
        "https://videos example.com",
        "https://{host}/v1",
        "none"
      })
  void endpoint_thatIsNoAddress(String endpoint) {
    refused("DEPLOY_ENDPOINT", "endpoint", "endpoint = '" + endpoint + "'");
  }

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
        refused("DEPLOY_KEY_SECRET_URI", "keySecretUri", ENDPOINT, "keySecretUri = '" + uri + "'");

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
    refused(
        "DEPLOY_KEY_VAULT_ID",
        "keyVaultId",
        ENDPOINT,
        "keySecretUri = '" + SECRET + "'",
        "keyVaultId = '" + id + "'");
  }

  @Test
  void vault_withoutASecret() {
    refused("DEPLOY_KEY_VAULT_ID", "keyVaultId", ENDPOINT, "keyVaultId = '" + VAULT + "'");
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
        refused("DEPLOY_COURIER_SETTINGS", "courierSettings", ENDPOINT, courierSettings(setting));

    assertThat(message).contains("DEPLOY_KEY_SECRET_URI").doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AZURE_OPENAI_API_KEY: 'none'", "azure_openai_api_key: 'sk-canary'"})
  void key_fromTwoPlaces(String setting) {
    String message =
        refused(
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
            refused(
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
        "ab",
        "Videos",
        "my--videos",
        "-videos",
        "videos-",
        "my_videos",
        "$root",
        "my.videos",
        "vidéos",
        ""
      })
  void container_thatStorageRefuses(String name) {
    refused(
        "DEPLOY_VIDEO_CONTAINER",
        "videoContainerName",
        ENDPOINT,
        "videoContainerName = '" + name + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"function-app", "azure-webjobs-hosts", "azure-webjobs-secrets"})
  void container_thatIsTheHosts(String name) {
    refused(
        "DEPLOY_VIDEO_CONTAINER",
        "videoContainerName",
        ENDPOINT,
        "separateHostStorage = false",
        "videoContainerName = '" + name + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.42.0.0",
        "10.42.0.0/",
        "10.42.0.0/24",
        "10.42.0.0/25",
        "10.42.0.0/32",
        "10.42.0.0/7",
        "10.42.0.0/x",
        "10.42.0.0/16/16",
        "10.42.0/16",
        "10.42.0.0.0/16",
        "10.42.1.0/16",
        "10.42.0.256/16",
        "10.042.0.0/16",
        "fd00::/16",
        "x",
        ""
      })
  void network_thatHoldsNoTwoSubnets(String prefix) {
    refused(
        "DEPLOY_VNET_ADDRESS_PREFIX",
        "vnetAddressPrefix",
        ENDPOINT,
        "vnetEnabled = true",
        "vnetAddressPrefix = '" + prefix + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "DEPLOY_MODEL_ROLE_ID, modelRoleId, modelRoleId = 'Cognitive Services OpenAI User'",
    "DEPLOY_MODEL_ROLE_ID, modelRoleId, modelRoleId = ''",
    "DEPLOY_MODEL_ROLE_ID, modelRoleId, modelRoleId = '5e0bd9bd-7b93-4f28-af87-19fc36ad61bx'",
    "DEPLOY_RESOURCE_GROUP, resourceGroupName, resourceGroupName = 'a/b'",
    "DEPLOY_RESOURCE_GROUP, resourceGroupName, resourceGroupName = 'ends.'",
    "DEPLOY_RESOURCE_GROUP, environmentName, environmentName = 'two words'",
    "DEPLOY_ALWAYS_READY, alwaysReadyInstances, alwaysReadyInstances = 5|maximumInstanceCount = 4",
    "DEPLOY_ALERT_EMAIL, alertEmail, alertEmail = 'ops'",
    "DEPLOY_ALERT_EMAIL, alertEmail, alertEmail = 'a@example.com;b@example.com'",
    "DEPLOY_GRANT_DEPLOYER, grantDeployerDataRoles, grantDeployerDataRoles = true",
    "AZURE_PRINCIPAL_ID, principalId, grantDeployerDataRoles = true|principalId = 'me@example.com'"
  })
  void otherValue_thatCannotBeMeant(String variable, String parameter, String values) {
    List<String> given = Arrays.asList(values.split("\\|"));

    refused(
        variable,
        parameter,
        Stream.concat(Stream.of(ENDPOINT), given.stream()).toArray(String[]::new));
  }

  static Stream<Arguments> outsideOfItsRange() {
    return Stream.of(
        arguments("location = 'switzerlandwest'"),
        arguments("location = 'eastus2euap'"),
        arguments("maximumInstanceCount = 0"),
        arguments("maximumInstanceCount = 1001"),
        arguments("instanceMemoryMB = 1024"),
        arguments("storageSku = 'Premium_LRS'"),
        arguments("principalType = 'Person'"),
        arguments("packaging = 'jvm'"));
  }

  /** These have a list or a range in their declaration, which azd and Azure name by themselves. */
  @ParameterizedTest
  @MethodSource("outsideOfItsRange")
  void value_outsideOfItsRange(String parameter) {
    assertThat(Snapshot.refusal("refused", ENDPOINT, parameter)).isNotBlank();
  }

  @Test
  void everythingThatIsWrong_isSaidAtOnce() {
    assertThat(
            Snapshot.refusal(
                "refused",
                "modelAccountId = 'contoso'",
                "videoContainerName = 'A'",
                "keyVaultId = 'x'"))
        .contains("DEPLOY_MODEL_ACCOUNT_ID", "DEPLOY_VIDEO_CONTAINER", "DEPLOY_KEY_VAULT_ID")
        .doesNotContain("DEPLOY_ENDPOINT (endpoint) has to");
  }

  private static String courierSettings(String setting) {
    return "courierSettings = { " + setting + " }";
  }

  private static String refused(String variable, String parameter, String... parameters) {
    String message = Snapshot.refusal("refused", parameters);
    assertThat(message).contains(variable, "(" + parameter + ")");
    return message;
  }
}

package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        "/subscriptions/2222222-22222-2222-2222-222222222222/resourceGroups/a/providers/Microsoft.CognitiveServices/accounts/contoso",
        "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/a!/providers/Microsoft.CognitiveServices/accounts/contoso",
        "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/ends./providers/Microsoft.CognitiveServices/accounts/contoso",
        GROUP + "/Microsoft.CognitiveServices/accounts/c\u00f6ntoso",
        "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups//providers/Microsoft.CognitiveServices/accounts/contoso",
        "https://contoso.openai.azure.com/"
      })
  void modelAccount_thatIsNoIdOfOne(String id) {
    Snapshot.refused(
        "DEPLOY_MODEL_ACCOUNT_ID", "modelAccountId", ENDPOINT, "modelAccountId = '" + id + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"new", "New", " NEW "})
  void modelAccount_thatShouldBeMade(String word) {
    assertThat(Snapshot.refusal(ENDPOINT, "modelAccountId = '" + word + "'"))
        .contains("DEPLOY_MODEL_ACCOUNT_ID (modelAccountId) is new", "no longer created");
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
    Snapshot.refused(
        "DEPLOY_VIDEO_CONTAINER",
        "videoContainerName",
        ENDPOINT,
        "videoContainerName = '" + name + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"function-app", "azure-webjobs-hosts", "azure-webjobs-secrets"})
  void container_thatIsTheHosts(String name) {
    Snapshot.refused(
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
    Snapshot.refused(
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
    "DEPLOY_MODEL_ROLE_ID, modelRoleId, modelRoleId = '5e0bd9bd7-b93-4f28-af87-19fc36ad61bd'",
    "DEPLOY_MODEL_ROLE_ID, modelRoleId, modelRoleId = '-e0bd9bd-7b93-4f28-af87419fc36ad61bd'",
    "DEPLOY_RESOURCE_GROUP, resourceGroupName, resourceGroupName = 'a/b'",
    "DEPLOY_RESOURCE_GROUP, resourceGroupName, resourceGroupName = 'ends.'",
    "DEPLOY_RESOURCE_GROUP, environmentName, environmentName = 'two words'",
    "DEPLOY_ALWAYS_READY, alwaysReadyInstances, alwaysReadyInstances = 5|maximumInstanceCount = 4",
    "DEPLOY_ALERT_EMAIL, alertEmail, alertEmail = 'ops'",
    "DEPLOY_ALERT_EMAIL, alertEmail, alertEmail = '@example.com'",
    "DEPLOY_ALERT_EMAIL, alertEmail, alertEmail = 'ops@'",
    "DEPLOY_ALERT_EMAIL, alertEmail, alertEmail = '@'",
    "DEPLOY_ALERT_EMAIL, alertEmail, alertEmail = 'a@b@example.com'",
    "DEPLOY_ALERT_EMAIL, alertEmail, alertEmail = 'Ops <ops@example.com>'",
    "DEPLOY_ALERT_EMAIL, alertEmail, alertEmail = 'a@example.com;b@example.com'",
    "DEPLOY_GRANT_DEPLOYER, grantDeployerDataRoles, grantDeployerDataRoles = true",
    "AZURE_PRINCIPAL_ID, principalId, grantDeployerDataRoles = true|principalId = 'me@example.com'"
  })
  void otherValue_thatCannotBeMeant(String variable, String parameter, String values) {
    List<String> given = Arrays.asList(values.split("\\|"));

    Snapshot.refused(
        variable,
        parameter,
        Stream.concat(Stream.of(ENDPOINT), given.stream()).toArray(String[]::new));
  }

  /** Azure has letters and digits of all scripts in it, and five signs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        " ", "!", "\"", "#", "$", "%", "&", "\\'", "*", "+", ",", ":", ";", "<", "=", ">", "?", "@",
        "[", "\\\\", "]", "^", "`", "{", "|", "}", "~", "\u2013", "\u2026"
      })
  void group_withASignThatAzureRefuses(String sign) {
    Snapshot.refused(
        "DEPLOY_RESOURCE_GROUP",
        "resourceGroupName",
        ENDPOINT,
        "resourceGroupName = 'rg-" + sign + "courier'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rg-m\u00fcnchen_(1).videos", "\u6771\u4eac", "RG-\u00dc\u0130"})
  void group_ofLettersOfAnyScript_isAccepted(String group) {
    String id = ACCOUNT.replace("rg-models", group);

    Snapshot snapshot =
        Snapshot.of(
            Snapshot.generated(
                "accepted", "resourceGroupName = '" + group + "'", "modelAccountId = '" + id + "'"),
            Snapshot.SUBSCRIPTION);

    assertThat(snapshot.json().toString()).contains(id);
  }

  /** These have a list or a range in their declaration, which azd and Azure name by themselves. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "location = 'switzerlandwest'",
        "location = 'eastus2euap'",
        "maximumInstanceCount = 0",
        "maximumInstanceCount = 1001",
        "instanceMemoryMB = 1024",
        "storageSku = 'Premium_LRS'",
        "principalType = 'Person'",
        "packaging = 'jvm'"
      })
  void value_outsideOfItsRange(String parameter) {
    assertThat(Snapshot.refusal(ENDPOINT, parameter)).isNotBlank();
  }

  @Test
  void everythingThatIsWrong_isSaidAtOnce() {
    assertThat(
            Snapshot.refusal(
                "modelAccountId = 'contoso'", "videoContainerName = 'A'", "keyVaultId = 'x'"))
        .contains("DEPLOY_MODEL_ACCOUNT_ID", "DEPLOY_VIDEO_CONTAINER", "DEPLOY_KEY_VAULT_ID")
        .doesNotContain("DEPLOY_ENDPOINT (endpoint) must");
  }
}

package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the hook refuses of azd's values and what the template refuses, side by side: {@code mvn
 * test -Pbicep}. Where they differ, a deployment ends half-way, or cannot begin.
 */
@Tag("bicep")
class SameVerdictTest {
  private static final String ID =
      "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-models/providers/Microsoft.";
  private static final String SECRET = "https://myvault.vault.azure.net/secrets/video-key";
  private static final String VERSION = "/0123456789abcdef0123456789abcdef";
  private static final Map<String, String> USUAL =
      Map.of(
          "AZURE_ENV_NAME", "courier",
          "AZURE_LOCATION", "swedencentral",
          "DEPLOY_ENDPOINT", "https://videos.openai.azure.com/v1");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DEPLOY_ENDPOINT | endpoint | ' https://videos.openai.azure.com/v1 ' | true",
        "DEPLOY_ENDPOINT | endpoint | HTTPS://videos.openai.azure.com | true",
        "DEPLOY_ENDPOINT | endpoint | http://videos.openai.azure.com | false",
        "DEPLOY_ENDPOINT | endpoint | https://videos.openai.azure.com/?a | false",
        "DEPLOY_ENDPOINT | endpoint | https://videos.openai.azure.com/#a | false",
        "DEPLOY_ENDPOINT | endpoint | https://videos.openai.azure.com/{a} | false",
        "DEPLOY_ENDPOINT | endpoint | https://videos.openai.azure.com/a b | false",
        "DEPLOY_ENDPOINT | endpoint | https://videos.openai.azure.com/<a> | false",
        "DEPLOY_ENDPOINT | endpoint | https://videos.openai.azure.com/@a | false",
        "DEPLOY_ENDPOINT | endpoint | https:///v1 | false",
        "DEPLOY_MODEL_ACCOUNT_ID | modelAccountId | ' None ' | true",
        "DEPLOY_MODEL_ACCOUNT_ID | modelAccountId | new | false",
        "DEPLOY_MODEL_ACCOUNT_ID | modelAccountId | ' "
            + ID
            + "CognitiveServices/accounts/videos ' | true",
        "DEPLOY_MODEL_ACCOUNT_ID | modelAccountId | "
            + ID
            + "CognitiveServices/accounts/videos/ | false",
        "DEPLOY_MODEL_ROLE_ID | modelRoleId | ' 5e0bd9bd-7b93-4f28-af87-19fc36ad61bd ' | true",
        "DEPLOY_MODEL_ROLE_ID | modelRoleId | Reader | false",
        "DEPLOY_KEY_SECRET_URI | keySecretUri | ' " + SECRET + " ' | true",
        "DEPLOY_KEY_SECRET_URI | keySecretUri | " + SECRET + "/ | true",
        "DEPLOY_KEY_SECRET_URI | keySecretUri | " + SECRET + VERSION + " | true",
        "DEPLOY_KEY_SECRET_URI | keySecretUri | " + SECRET + VERSION + "/ | false",
        "DEPLOY_KEY_SECRET_URI | keySecretUri | https://a-b.vault.azure.cn/secrets/key | false",
        "DEPLOY_KEY_VAULT_ID | keyVaultId | " + ID + "KeyVault/vaults/myvault | false",
        "DEPLOY_VNET_ADDRESS_PREFIX | vnetAddressPrefix | ' 10.0.2.0/23 ' | true",
        "DEPLOY_VNET_ADDRESS_PREFIX | vnetAddressPrefix | 10.0.0.0/8 | true",
        "DEPLOY_VNET_ADDRESS_PREFIX | vnetAddressPrefix | 10.0.1.0/23 | false",
        "DEPLOY_VNET_ADDRESS_PREFIX | vnetAddressPrefix | 10.0.0.1/16 | false",
        "DEPLOY_VNET_ADDRESS_PREFIX | vnetAddressPrefix | 010.0.0.0/16 | false",
        "DEPLOY_VNET_ADDRESS_PREFIX | vnetAddressPrefix | 10.0.0.0/016 | false",
        "DEPLOY_RESOURCE_GROUP | resourceGroupName | rg.a | true",
        "DEPLOY_RESOURCE_GROUP | resourceGroupName | rg. | false",
        "AZURE_ENV_NAME | environmentName | courier. | false",
        "DEPLOY_ALERT_EMAIL | alertEmail | a@example.com | true",
        "DEPLOY_ALERT_EMAIL | alertEmail | a@example.com;b | false",
        "DEPLOY_ALERT_EMAIL | alertEmail | @example.com | false",
        "DEPLOY_ALERT_EMAIL | alertEmail | a@ | false",
        "DEPLOY_COURIER_SETTINGS | courierSettings | {\"AZURE_OPENAI_ENDPOINT\":\"https://videos.openai.azure.com/v1?api-version=preview\"} | true",
        "DEPLOY_COURIER_SETTINGS | courierSettings | {\"AZURE_OPENAI_ENDPOINT\":\"https://videos.openai.azure.com/v1?api-key=a\"} | false",
        "DEPLOY_COURIER_SETTINGS | courierSettings | {\"AZURE_OPENAI_ENDPOINT\":\"https://a@videos.openai.azure.com/v1\"} | false",
        "DEPLOY_COURIER_SETTINGS | courierSettings | {\"A\":4,\"B\":true,\"C\":null} | true",
        "DEPLOY_COURIER_SETTINGS | courierSettings | {\"A\":\"b\",\"a\":null} | true",
        "DEPLOY_COURIER_SETTINGS | courierSettings | {\"A\":\"b\",\"a\":\"b\"} | false",
        "DEPLOY_COURIER_SETTINGS | courierSettings | {\"azure_openai_api_key\":\" none \"} | true",
        "DEPLOY_COURIER_SETTINGS | courierSettings | {\"AZURE_OPENAI_API_KEY\":\"None\"} | false",
        "DEPLOY_COURIER_SETTINGS | courierSettings | {\"AZURE_OPENAI_API_KEY\":\"key\"} | false",
        "DEPLOY_COURIER_SETTINGS | courierSettings | {\"video_container\":\"a\"} | false",
        "DEPLOY_COURIER_SETTINGS | courierSettings | {\"AzureWebJobsStorage__a\":null} | false"
      })
  void value_isJudgedByTheHookAsByTheTemplate(
      String variable, String parameter, String value, boolean accepted) throws Exception {
    assertThat(hookAccepts(Map.of(variable, value))).as("hook").isEqualTo(accepted);
    assertThat(templateAccepts(variable, parameter + " = " + literal(variable, value)))
        .as("template")
        .isEqualTo(accepted);
  }

  /** In one setting, another is what is judged. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"COURIER_SORA_ALLOW_HTTP\":\"TRUE\",\"AZURE_OPENAI_API_KEY\":\"none\"} | true",
        "{\"courier_sora_allow_http\":true,\"AZURE_OPENAI_API_KEY\":\"none\"} | true",
        "{\"COURIER_SORA_ALLOW_HTTP\":\"yes\",\"AZURE_OPENAI_API_KEY\":\"none\"} | false",
        "{\"AZURE_OPENAI_API_KEY\":\"none\"} | false"
      })
  void httpEndpoint_isJudgedByTheHookAsByTheTemplate(String settings, boolean accepted)
      throws Exception {
    String endpoint = "http://10.0.0.4:8000/v1";

    assertThat(
            hookAccepts(Map.of("DEPLOY_ENDPOINT", endpoint, "DEPLOY_COURIER_SETTINGS", settings)))
        .isEqualTo(accepted);
    assertThat(
            templateAccepts(
                "DEPLOY_ENDPOINT",
                "endpoint = '" + endpoint + "'",
                "courierSettings = " + literal("DEPLOY_COURIER_SETTINGS", settings)))
        .isEqualTo(accepted);
  }

  private boolean hookAccepts(Map<String, String> given) throws IOException, InterruptedException {
    HookProject project = HookProject.create(directory);
    for (String file : List.of("infra/main.bicep", "infra/main.parameters.json")) {
      Files.copy(Path.of(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    Map<String, String> values = new HashMap<>(USUAL);
    values.putAll(given);
    HookProject.Result result = project.run(values, "check.sh");
    assertThat(result.exitCode()).as(result.output()).isBetween(0, 1);
    return result.exitCode() == 0;
  }

  private static boolean templateAccepts(String variable, String... given) {
    List<String> parameters = new ArrayList<>(List.of(given));
    if (!variable.equals("DEPLOY_ENDPOINT")) {
      parameters.add("endpoint = '" + USUAL.get("DEPLOY_ENDPOINT") + "'");
    }
    if (variable.equals("DEPLOY_VNET_ADDRESS_PREFIX")) {
      parameters.add("vnetEnabled = true");
    }
    Path file = Snapshot.generated("verdict", parameters.toArray(String[]::new));
    String refusal = BicepCompiler.get().snapshot(file, Snapshot.SUBSCRIPTION).refusal();
    assertThat(refusal == null || refusal.contains(variable)).as(refusal).isTrue();
    return refusal == null;
  }

  private static String literal(String variable, String value) {
    String text = "'" + value + "'";
    return variable.equals("DEPLOY_COURIER_SETTINGS") ? "json(" + text + ")" : text;
  }
}

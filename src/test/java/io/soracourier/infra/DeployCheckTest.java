package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the hooks check of azd's variables before anything is created. */
class DeployCheckTest {
  private static final String GROUP =
      "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-models/providers/";
  private static final String ACCOUNT = GROUP + "Microsoft.CognitiveServices/accounts/videos";
  private static final String VAULT = GROUP + "Microsoft.KeyVault/vaults/myvault";
  private static final String SECRET = "https://myvault.vault.azure.net/secrets/video-key";
  private static final String CANARY = "sk-CANARY";

  private static final Map<String, String> TEXTS =
      Map.of(
          "resourceGroupName", "DEPLOY_RESOURCE_GROUP",
          "endpoint", "DEPLOY_ENDPOINT",
          "modelAccountId", "DEPLOY_MODEL_ACCOUNT_ID",
          "modelRoleId", "DEPLOY_MODEL_ROLE_ID",
          "keySecretUri", "DEPLOY_KEY_SECRET_URI",
          "keyVaultId", "DEPLOY_KEY_VAULT_ID",
          "videoContainerName", "DEPLOY_VIDEO_CONTAINER",
          "separateHostStorage", "DEPLOY_SEPARATE_HOST_STORAGE",
          "vnetAddressPrefix", "DEPLOY_VNET_ADDRESS_PREFIX",
          "alertEmail", "DEPLOY_ALERT_EMAIL");

  @TempDir static Path classes;
  @TempDir Path project;

  private record Result(int exitCode, List<String> lines) {}

  @BeforeAll
  static void compile() {
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(
                    null,
                    null,
                    System.err,
                    "-proc:none",
                    "-d",
                    classes.toString(),
                    "src/build/DeployCheck.java"))
        .isZero();
  }

  @Test
  void valuesOfEveryKind_areAcceptedWithoutAWord() throws Exception {
    Map<String, String> values = new HashMap<>();
    values.put("AZURE_ENV_NAME", "courier");
    values.put("AZURE_LOCATION", "swedencentral");
    values.put("DEPLOY_RESOURCE_GROUP", "rg-courier_1.a");
    values.put("DEPLOY_MODEL_ACCOUNT_ID", ACCOUNT);
    values.put("DEPLOY_MODEL_ROLE_ID", "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd");
    values.put("DEPLOY_ENDPOINT", "HTTPS://videos.example.com:8443/v1");
    values.put("DEPLOY_KEY_SECRET_URI", SECRET + "/0123456789abcdef0123456789abcdef");
    values.put("DEPLOY_KEY_VAULT_ID", VAULT);
    values.put("DEPLOY_COURIER_SETTINGS", "{ \"COURIER_LOOK_MAX_DELAY\": \"30s\", \"A\":\"\" }");
    values.put("DEPLOY_INSTANCE_MEMORY_MB", "2048");
    values.put("DEPLOY_MAX_INSTANCES", "10");
    values.put("DEPLOY_ALWAYS_READY", "10");
    values.put("DEPLOY_HARVEST", "true");
    values.put("DEPLOY_VIDEO_CONTAINER", "videos-2");
    values.put("DEPLOY_SEPARATE_HOST_STORAGE", "false");
    values.put("DEPLOY_VNET_ADDRESS_PREFIX", "10.42.0.0/23");
    values.put("DEPLOY_ALERT_EMAIL", "you@example.com");
    values.put("DEPLOY_PACKAGE", "native");
    values.put("DEPLOY_ZIP", "keep");
    values.put("DEPLOY_VERIFY", "true");
    values.put("DEPLOY_GLIBC", "2.36");

    assertThat(check(values)).isEqualTo(new Result(0, List.of()));
  }

  /** As a workflow passes what it has no value for. */
  @Test
  void emptyValue_isUnset() throws Exception {
    Map<String, String> values = new HashMap<>();
    ProjectFile.read("infra/main.parameters.json")
        .all("\\$\\{(\\w+)")
        .forEach(name -> values.put(name, ""));
    values.put("DEPLOY_ENDPOINT", "https://videos.openai.azure.com/v1");

    assertThat(check(values)).isEqualTo(new Result(0, List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AZURE_LOCATION | West Europe | AZURE_LOCATION (location) is 'West Europe': it is one of eastus2, swedencentral (the regions with Flex Consumption). Type: azd env set AZURE_LOCATION swedencentral",
        "DEPLOY_HARVEST | yes | DEPLOY_HARVEST (harvestEnabled) is 'yes': it is true or false. Type: azd env set DEPLOY_HARVEST true",
        "DEPLOY_HARVEST | True | DEPLOY_HARVEST (harvestEnabled) is 'True': it is true or false. Type: azd env set DEPLOY_HARVEST true",
        "DEPLOY_HARVEST | ' no ' | DEPLOY_HARVEST (harvestEnabled) is ' no ': it is true or false. Type: azd env set DEPLOY_HARVEST false",
        "DEPLOY_SEPARATE_HOST_STORAGE | maybe | DEPLOY_SEPARATE_HOST_STORAGE (separateHostStorage) is 'maybe': it is true or false. Type: azd env set DEPLOY_SEPARATE_HOST_STORAGE true",
        "DEPLOY_MAX_INSTANCES | ' 20 ' | DEPLOY_MAX_INSTANCES (maximumInstanceCount) is ' 20 ': it is a number from 1 to 1000. Type: azd env set DEPLOY_MAX_INSTANCES 20",
        "DEPLOY_INSTANCE_MEMORY_MB | ' 4096' | DEPLOY_INSTANCE_MEMORY_MB (instanceMemoryMB) is ' 4096': it is one of 512, 2048, 4096. Type: azd env set DEPLOY_INSTANCE_MEMORY_MB 4096",
        "AZURE_LOCATION | East US 2 | AZURE_LOCATION (location) is 'East US 2': it is one of eastus2, swedencentral (the regions with Flex Consumption). Type: azd env set AZURE_LOCATION eastus2",
        "DEPLOY_MODEL_ACCOUNT_ID | ' New ' | DEPLOY_MODEL_ACCOUNT_ID (modelAccountId) is ' New ': model accounts are no longer created here: it is none, with DEPLOY_ENDPOINT, or the id of an account that exists. Type: az cognitiveservices account list --query [].id --output tsv",
        "DEPLOY_VNET_ADDRESS_PREFIX | 10.0.3.1/23 | DEPLOY_VNET_ADDRESS_PREFIX (vnetAddressPrefix) is '10.0.3.1/23': it is an IPv4 network of the size /8 to /23, written as its first address. Type: azd env set DEPLOY_VNET_ADDRESS_PREFIX 10.0.2.0/23",
        "DEPLOY_VNET_ADDRESS_PREFIX | 010.0.0.0/16 | DEPLOY_VNET_ADDRESS_PREFIX (vnetAddressPrefix) is '010.0.0.0/16': it is an IPv4 network of the size /8 to /23, written as its first address. Type: azd env set DEPLOY_VNET_ADDRESS_PREFIX 10.0.0.0/16",
        "DEPLOY_MAX_INSTANCES | 0 | DEPLOY_MAX_INSTANCES (maximumInstanceCount) is '0': it is a number from 1 to 1000. Type: azd env set DEPLOY_MAX_INSTANCES 10",
        "DEPLOY_MAX_INSTANCES | 1001 | DEPLOY_MAX_INSTANCES (maximumInstanceCount) is '1001': it is a number from 1 to 1000. Type: azd env set DEPLOY_MAX_INSTANCES 10",
        "DEPLOY_MAX_INSTANCES | many | DEPLOY_MAX_INSTANCES (maximumInstanceCount) is 'many': it is a number from 1 to 1000. Type: azd env set DEPLOY_MAX_INSTANCES 10",
        "DEPLOY_INSTANCE_MEMORY_MB | 1024 | DEPLOY_INSTANCE_MEMORY_MB (instanceMemoryMB) is '1024': it is one of 512, 2048, 4096. Type: azd env set DEPLOY_INSTANCE_MEMORY_MB 512",
        "DEPLOY_PACKAGE | jvm | DEPLOY_PACKAGE is 'jvm': the native package is the only one that is deployed, and the one for the JVM runs on a developer's machine. Type: azd env set DEPLOY_PACKAGE native",
        "DEPLOY_ZIP | KEEP | DEPLOY_ZIP is 'KEEP': it is build or keep. Type: azd env set DEPLOY_ZIP keep",
        "DEPLOY_ZIP | new | DEPLOY_ZIP is 'new': it is build or keep. Type: azd env set DEPLOY_ZIP build",
        "DEPLOY_VERIFY | 1 | DEPLOY_VERIFY is '1': it is true or false. Type: azd env set DEPLOY_VERIFY true",
        "DEPLOY_VERIFY | maybe | DEPLOY_VERIFY is 'maybe': it is true or false. Type: azd env set DEPLOY_VERIFY false",
        "DEPLOY_GLIBC | 2 | DEPLOY_GLIBC is '2': it is a version of glibc. Type: azd env set DEPLOY_GLIBC 2.31",
      })
  void wrongValue_isOneLineWithWhatToType(String name, String value, String message)
      throws Exception {
    assertThat(check(Map.of("DEPLOY_ENDPOINT", "https://videos.openai.azure.com", name, value)))
        .isEqualTo(new Result(1, List.of(message)));
  }

  @ParameterizedTest
  @CsvSource({
    "AZURE_ENV_NAME, my courier",
    "AZURE_ENV_NAME, courier.",
    "AZURE_PRINCIPAL_ID, me",
    "DEPLOY_RESOURCE_GROUP, rg.",
    "DEPLOY_RESOURCE_GROUP, rg/courier",
    "DEPLOY_MODEL_ROLE_ID, Cognitive Services User",
    "DEPLOY_MODEL_ACCOUNT_ID, videos",
    "DEPLOY_MODEL_ACCOUNT_ID, new",
    "DEPLOY_MODEL_ACCOUNT_ID, /subscriptions/00000000-0000-0000-0000-000000000001",
    "DEPLOY_MODEL_ACCOUNT_ID, " + ACCOUNT + "/",
    "DEPLOY_MODEL_ACCOUNT_ID, " + ACCOUNT + "/projects/p1",
    "DEPLOY_MODEL_ACCOUNT_ID, " + GROUP + "Microsoft.Storage/storageAccounts/videos",
    "DEPLOY_VIDEO_CONTAINER, Videos",
    "DEPLOY_VIDEO_CONTAINER, my--videos",
    "DEPLOY_VIDEO_CONTAINER, v",
    "DEPLOY_ALERT_EMAIL, me",
    "DEPLOY_ALERT_EMAIL, @example.com",
    "DEPLOY_ALERT_EMAIL, me@",
    "DEPLOY_ALERT_EMAIL, a@example.com;b",
    "DEPLOY_ALERT_EMAIL, a@example.com;b@example.com",
    "DEPLOY_ALERT_EMAIL, 'a@example.com, b@example.com'",
    "DEPLOY_VNET_ADDRESS_PREFIX, 10.42.0.0",
    "DEPLOY_VNET_ADDRESS_PREFIX, 10.42.0.0/25",
    "DEPLOY_VNET_ADDRESS_PREFIX, 10.42.0.0/7",
    "DEPLOY_VNET_ADDRESS_PREFIX, 10.42.0.0/016",
    "DEPLOY_VNET_ADDRESS_PREFIX, 10.0.0.1/16",
    "DEPLOY_VNET_ADDRESS_PREFIX, 10.0.1.0/23",
    "DEPLOY_VNET_ADDRESS_PREFIX, 10.420.0.0/16"
  })
  void valueOfAnotherForm_isRefusedWithItsName(String name, String value) throws Exception {
    Result result =
        check(Map.of("DEPLOY_ENDPOINT", "https://videos.openai.azure.com", name, value));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.lines()).hasSize(1).first().asString().startsWith(name).contains(" Type: az");
  }

  @Test
  void everyWrongValue_isReported() throws Exception {
    Result result =
        check(
            Map.of(
                "DEPLOY_HARVEST", "yes",
                "DEPLOY_VIDEO_CONTAINER", "V",
                "DEPLOY_ZIP", "old",
                "DEPLOY_MODEL_ACCOUNT_ID", "videos",
                "DEPLOY_KEY_VAULT_ID", "myvault",
                "DEPLOY_COURIER_SETTINGS", "A=b"));

    assertThat(result.lines())
        .extracting(line -> line.replaceAll("\\W.*", ""))
        .containsExactlyInAnyOrder(
            "DEPLOY_HARVEST",
            "DEPLOY_VIDEO_CONTAINER",
            "DEPLOY_ZIP",
            "DEPLOY_MODEL_ACCOUNT_ID",
            "DEPLOY_COURIER_SETTINGS",
            "DEPLOY_KEY_VAULT_ID",
            // Not used without the address of a secret.
            "DEPLOY_KEY_VAULT_ID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "none"})
  void noServer_isRefused(String account) throws Exception {
    Result result = check(Map.of("DEPLOY_MODEL_ACCOUNT_ID", account));

    assertThat(result.lines())
        .singleElement()
        .asString()
        .startsWith("DEPLOY_ENDPOINT is not set")
        .contains("azd env set DEPLOY_ENDPOINT https://");
  }

  @ParameterizedTest
  @CsvSource({
    "DEPLOY_MODEL_ACCOUNT_ID, " + ACCOUNT,
    "DEPLOY_ENDPOINT, https://vidéos.openai.azure.com/v1",
    "DEPLOY_COURIER_SETTINGS, '{\"azure_openai_endpoint\":\"https://videos.openai.azure.com\"}'"
  })
  void serverByAnyOfItsVariables_isAccepted(String name, String value) throws Exception {
    assertThat(check(Map.of(name, value))).isEqualTo(new Result(0, List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "videos.openai.azure.com",
        "http://videos.openai.azure.com",
        "https://",
        "https:videos.openai.azure.com",
        "https://user:" + CANARY + "@videos.openai.azure.com",
        "https://videos.openai.azure.com/v1?api-key=" + CANARY,
        "https://videos.openai.azure.com/v1?api-version=preview&key=" + CANARY,
        CANARY
      })
  void endpointThatIsNotHttps_isRefusedAndNotRepeated(String endpoint) throws Exception {
    Result direct = check(Map.of("DEPLOY_ENDPOINT", endpoint));
    Result setting =
        check(
            Map.of(
                "DEPLOY_COURIER_SETTINGS",
                "{\"AZURE_OPENAI_ENDPOINT\":\"%s\"}".formatted(endpoint)));

    assertThat(direct.lines()).singleElement().asString().startsWith("DEPLOY_ENDPOINT is not");
    assertThat(setting.lines())
        .singleElement()
        .asString()
        .startsWith("AZURE_OPENAI_ENDPOINT in DEPLOY_");
    assertThat(direct.lines() + "" + setting.lines()).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A=b | it is an object of JSON",
        "[\"A\"] | it is an object of JSON",
        "{A:b} | it is not JSON, in which names and texts are in double quotes",
        "{'A':'" + CANARY + "'} | it is not JSON",
        "{\"A\":\"" + CANARY + "\",} | it is not JSON",
        "{\"A\":\"" + CANARY + "\" \"B\":\"c\"} | it is not JSON",
        "{\"A\":{\"B\":\""
            + CANARY
            + "\"}} | its values are texts, numbers, true or false, and neither",
        "{\"A\":[\"" + CANARY + "\"]} | its values are texts",
        "{\"A\":04} | it is not JSON",
        "{\"A\":True} | it is not JSON",
        "{\"" + CANARY + "\":\"a\"} | a name in it is not one of an environment variable",
        "{\"\":\"a\"} | a name in it is not one",
        "{\"courier.look.max-delay\":\""
            + CANARY
            + "\"} | courier.look.max-delay is not the name of an environment variable: it is written as COURIER_LOOK_MAX_DELAY",
        "{\\\"A\\\":\\\"b\\\"} | it has backslashes before its quotes, which azd pipeline config",
        "{\"A\":\"b\",\"a\":\"" + CANARY + "\"} | a is in it twice"
      })
  void settingsThatAreNotTexts_areRefusedAndNotRepeated(String settings, String why)
      throws Exception {
    Result result =
        check(
            Map.of(
                "DEPLOY_ENDPOINT",
                "https://videos.openai.azure.com",
                "DEPLOY_COURIER_SETTINGS",
                settings));

    assertThat(result.lines())
        .singleElement()
        .asString()
        .startsWith("DEPLOY_COURIER_SETTINGS (courierSettings): " + why)
        .doesNotContain(CANARY);
  }

  /** As the template reads them: what JSON has but objects and lists, and null is "not set". */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"COURIER_SORA_RETRY_COUNT\":4,\"A__b\":-1.5e3,\"c.d\":true,\"E\":false,\"F\":null}",
        "{\"AZURE_OPENAI_ENDPOINT\":null,\"azure_openai_endpoint\":\"\"}",
        "{\"AZURE_OPENAI_API_KEY\":\" none \"}",
        "{\"AZURE_OPENAI_ENDPOINT\":\"https://a.openai.azure.com/v1?api-version=preview\"}",
        "{\"AZURE_OPENAI_ENDPOINT\":\"https://a.openai.azure.com/v1/videos/{id}\"}",
        " { } ",
        "null"
      })
  void settingsThatTheTemplateTakes_areAccepted(String settings) throws Exception {
    assertThat(
            check(
                Map.of(
                    "DEPLOY_ENDPOINT",
                    "https://videos.openai.azure.com",
                    "DEPLOY_COURIER_SETTINGS",
                    settings)))
        .isEqualTo(new Result(0, List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "DEPLOY_MODEL_ACCOUNT_ID, ' None '",
    "DEPLOY_MODEL_ACCOUNT_ID, ' '",
    "DEPLOY_MODEL_ACCOUNT_ID, NONE",
    "DEPLOY_MODEL_ACCOUNT_ID, ' " + ACCOUNT + " '",
    "DEPLOY_MODEL_ROLE_ID, ' 5e0bd9bd-7b93-4f28-af87-19fc36ad61bd '",
    "DEPLOY_VNET_ADDRESS_PREFIX, ' 10.0.2.0/23 '",
    "DEPLOY_ENDPOINT, ' https://videos.openai.azure.com '",
    "DEPLOY_KEY_SECRET_URI, ' '"
  })
  void blanksAndLettersThatTheTemplateTakes_areAccepted(String name, String value)
      throws Exception {
    Map<String, String> values =
        new HashMap<>(Map.of("DEPLOY_ENDPOINT", "https://videos.openai.azure.com"));
    values.put(name, value);

    assertThat(check(values)).isEqualTo(new Result(0, List.of()));
  }

  /** Where the group has a name of its own, that of the environment is at no end. */
  @Test
  void dotAtTheEndOfAnEnvironmentWithAGroup_isAccepted() throws Exception {
    assertThat(
            check(
                Map.of(
                    "AZURE_ENV_NAME", "courier.",
                    "DEPLOY_RESOURCE_GROUP", "rg-courier",
                    "DEPLOY_ENDPOINT", "https://videos.openai.azure.com")))
        .isEqualTo(new Result(0, List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"COURIER_SORA_ALLOW_HTTP\":\"true\",\"AZURE_OPENAI_API_KEY\":\"none\"} | true",
        "{\"courier_sora_allow_http\":\"TRUE\",\"AZURE_OPENAI_API_KEY\":\"none\"} | true",
        "{\"COURIER_SORA_ALLOW_HTTP\":true,\"AZURE_OPENAI_API_KEY\":\"none\"} | true",
        "{\"COURIER_SORA_ALLOW_HTTP\":false,\"AZURE_OPENAI_API_KEY\":\"none\"} | false",
        "{\"AZURE_OPENAI_API_KEY\":\"none\"} | false"
      })
  void httpEndpoint_isAcceptedWhereTheSettingsAllowIt(String settings, boolean allowed)
      throws Exception {
    String address = "http://10.0.0.4:8000/v1";
    Result direct = check(Map.of("DEPLOY_ENDPOINT", address, "DEPLOY_COURIER_SETTINGS", settings));
    Result setting =
        check(
            Map.of(
                "DEPLOY_COURIER_SETTINGS",
                settings.replace("{", "{\"AZURE_OPENAI_ENDPOINT\":\"" + address + "\",")));

    for (Result result : List.of(direct, setting)) {
      assertThat(result.exitCode()).isEqualTo(allowed ? 0 : 1);
      assertThat(result.lines()).hasSize(allowed ? 0 : 1);
      assertThat(result.lines())
          .allSatisfy(line -> assertThat(line).contains("COURIER_SORA_ALLOW_HTTP true"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?a=" + CANARY,
        "#" + CANARY,
        "/{" + CANARY + "}",
        "/a b",
        "/'",
        "/\"",
        "/<",
        "/>",
        "/\\",
        "/@" + CANARY
      })
  void endpointThatTheTemplateRefuses_isRefusedAndNotRepeated(String end) throws Exception {
    Result result = check(Map.of("DEPLOY_ENDPOINT", "https://videos.openai.azure.com/v1" + end));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.lines())
        .singleElement()
        .asString()
        .startsWith("DEPLOY_ENDPOINT is not the address")
        .contains("azd env set DEPLOY_ENDPOINT https://")
        .doesNotContain(CANARY);
  }

  /** By the names that the template itself lists. */
  @Test
  void settingThatTheTemplateSets_isRefusedByItsName() throws Exception {
    Set<String> names = new TreeSet<>(ProjectFile.all(reservedSettings(), "(?m)^ *'([^']+)'$"));
    ProjectFile.all(reservedSettings(), "startsWith\\(toLower\\(setting.key\\), '([^']+)'\\)")
        .forEach(prefix -> names.add(prefix + "__a"));

    assertThat(names)
        .contains("video_container", "azurewebjobsstorage__a", "videostorage__a")
        .hasSizeGreaterThan(10);
    for (String name : List.of("VIDEO_CONTAINER", "AzureWebJobsStorage", "VideoStorage__a")) {
      assertThat(settings(name).lines()).singleElement().asString().contains(name + ", which");
    }
    Result all = settings(names.toArray(String[]::new));
    assertThat(all.lines())
        .singleElement()
        .asString()
        .startsWith("DEPLOY_COURIER_SETTINGS (courierSettings): it may not have")
        .contains(names)
        .doesNotContain(CANARY);
  }

  private Result settings(String... names) throws Exception {
    String settings =
        Stream.of(names)
            .map(name -> "\"%s\":\"%s\"".formatted(name, CANARY))
            .collect(Collectors.joining(",", "{", "}"));
    return check(
        Map.of(
            "DEPLOY_ENDPOINT",
            "https://videos.openai.azure.com",
            "DEPLOY_COURIER_SETTINGS",
            settings));
  }

  private static String reservedSettings() {
    return ProjectFile.read("infra/main.bicep").first("(?s)(\nvar reservedSettings = .*?\n\\)\n)");
  }

  /** The identity's token goes to Azure only: without a key the app would not start. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://videos.example.com/v1 | {} | false",
        "https://videos.openai.azure.com.example.com/v1 | {} | false",
        "https://videosopenai.azure.com/v1 | {} | false",
        "https://contoso.azure-api.net/sora | {} | false",
        "https://api.openai.com/v1 | {\"AZURE_OPENAI_API_KEY\":\" \"} | false",
        "http://10.0.0.4/v1 | {\"COURIER_SORA_ALLOW_HTTP\":true,\"AZURE_OPENAI_SCOPE\":\"a\"} | false",
        "https://videos.example.com/v1 | {\"AZURE_OPENAI_API_KEY\":\"none\"} | true",
        "https://videos.example.com/v1 | {\"azure_openai_scope\":\"https://a/.default\"} | true",
        "https://contoso.azure-api.net/sora | {\"AZURE_OPENAI_SCOPE\":\"https://a/.default\"} | true",
        "HTTPS://Videos.OpenAI.Azure.com:443/v1 | {} | true",
        "https://videos.cognitiveservices.azure.us | {} | true",
        "https://videos.services.ai.azure.com/v1 | {} | true"
      })
  void serverWithoutACredential_isRefusedWithBothWays(
      String endpoint, String settings, boolean accepted) throws Exception {
    Result direct = check(Map.of("DEPLOY_ENDPOINT", endpoint, "DEPLOY_COURIER_SETTINGS", settings));
    String with =
        settings
            .replace("{", "{\"AZURE_OPENAI_ENDPOINT\":\"" + endpoint + "\",")
            .replace(",}", "}");
    Result setting =
        check(Map.of("DEPLOY_MODEL_ACCOUNT_ID", ACCOUNT, "DEPLOY_COURIER_SETTINGS", with));

    for (Result result : List.of(direct, setting)) {
      assertThat(result.exitCode()).as(result.toString()).isEqualTo(accepted ? 0 : 1);
      assertThat(result.lines()).hasSize(accepted ? 0 : 1);
      assertThat(result.lines())
          .allSatisfy(
              line ->
                  assertThat(line)
                      .contains(
                          "would not start",
                          "type: azd env set DEPLOY_KEY_SECRET_URI https://",
                          "type: azd env set DEPLOY_COURIER_SETTINGS"
                              + " '{\"AZURE_OPENAI_API_KEY\":\"none\"}'"));
    }
  }

  @Test
  void secretWithoutItsVault_isANote() throws Exception {
    assertThat(
            check(
                Map.of(
                    "DEPLOY_ENDPOINT",
                    "https://videos.example.com/v1",
                    "DEPLOY_KEY_SECRET_URI",
                    " " + SECRET + "/ ")))
        .isEqualTo(
            new Result(
                0,
                List.of(
                    "Note: DEPLOY_KEY_SECRET_URI is set without DEPLOY_KEY_VAULT_ID: the vault must"
                        + " be in the resource group of this installation already.")));
  }

  @Test
  void keyInClearText_isRefusedAndNotRepeated() throws Exception {
    String settings = "{\"Azure_OpenAI_API_Key\":\"%s\"}";
    String endpoint = "https://videos.openai.azure.com";
    Map<String, String> clear =
        Map.of("DEPLOY_ENDPOINT", endpoint, "DEPLOY_COURIER_SETTINGS", settings.formatted(CANARY));
    Map<String, String> none =
        Map.of("DEPLOY_ENDPOINT", endpoint, "DEPLOY_COURIER_SETTINGS", settings.formatted("none"));
    Map<String, String> both = new HashMap<>(none);
    both.put("DEPLOY_KEY_SECRET_URI", SECRET);
    both.put("DEPLOY_KEY_VAULT_ID", VAULT);

    assertThat(check(clear).lines())
        .singleElement()
        .asString()
        .contains("AZURE_OPENAI_API_KEY", "azd env set DEPLOY_KEY_SECRET_URI")
        .doesNotContain(CANARY);
    assertThat(check(none).lines()).isEmpty();
    assertThat(check(both).lines()).singleElement().asString().contains("there is one key");
  }

  @ParameterizedTest
  @CsvSource({
    "https://myvault.vault.azure.net/keys/video-key, ''",
    "http://myvault.vault.azure.net/secrets/video-key, ''",
    "https://example.com/secrets/video-key, ''",
    "https://myvault.vault.azure.cn/secrets/video-key, ''",
    "https://myvault.vault.usgovcloudapi.net/secrets/video-key, ''",
    SECRET + "/0123456789abcdef0123456789abcdef/, ''",
    CANARY + ", ''",
    "'', " + VAULT,
    SECRET + ", myvault",
    SECRET + ", " + GROUP + "Microsoft.KeyVault/vaults/another"
  })
  void secretOrVaultThatIsNot_isRefused(String secret, String vault) throws Exception {
    Result result =
        check(
            Map.of(
                "DEPLOY_ENDPOINT",
                "https://videos.openai.azure.com",
                "DEPLOY_KEY_SECRET_URI",
                secret,
                "DEPLOY_KEY_VAULT_ID",
                vault));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.lines())
        .singleElement()
        .asString()
        .startsWith("DEPLOY_KEY_")
        .contains(" Type: az")
        .doesNotContain(CANARY);
  }

  @Test
  void containerOfTheHostInOneAccount_isRefused() throws Exception {
    Map<String, String> values =
        new HashMap<>(
            Map.of(
                "DEPLOY_ENDPOINT",
                "https://videos.openai.azure.com",
                "DEPLOY_VIDEO_CONTAINER",
                "function-app"));

    assertThat(check(values).lines()).isEmpty();
    values.put("DEPLOY_SEPARATE_HOST_STORAGE", "false");
    assertThat(check(values).lines())
        .singleElement()
        .asString()
        .contains("the Functions host has a container of that name");
  }

  @Test
  void moreInstancesAlwaysReadyThanAtMost_isRefused() throws Exception {
    assertThat(
            check(
                    Map.of(
                        "DEPLOY_ENDPOINT", "https://videos.openai.azure.com",
                        "DEPLOY_MAX_INSTANCES", "2",
                        "DEPLOY_ALWAYS_READY", "3"))
                .lines())
        .singleElement()
        .asString()
        .startsWith("DEPLOY_ALWAYS_READY (alwaysReadyInstances) is '3': it is more than");
  }

  /** Of another program, or with a typing error: not refused, and not kept quiet. */
  @Test
  void unknownVariable_isNoted() throws Exception {
    assertThat(
            check(
                Map.of(
                    "DEPLOY_ENDPOINT", "https://videos.openai.azure.com", "DEPLOY_HARVST", CANARY)))
        .isEqualTo(
            new Result(0, List.of("Note: DEPLOY_HARVST is set, and nothing here reads it.")));
  }

  /** Building the package is independent of where it is deployed to. */
  @Test
  void package_checksOnlyWhatItReads() throws Exception {
    Map<String, String> values = Map.of("DEPLOY_HARVEST", "yes", "DEPLOY_ZIP", "old");

    assertThat(run(project, values, "package").lines())
        .singleElement()
        .asString()
        .startsWith("DEPLOY_ZIP ");
  }

  /** The real files: a variable that nothing checks would be found out half-way. */
  @Test
  void everyVariableOfTheProject_isChecked() throws Exception {
    Set<String> variables = ProjectFile.read("infra/main.parameters.json").all("\\$\\{(\\w+)");
    Map<String, String> values = new HashMap<>();
    variables.forEach(name -> values.put(name, "not/one \u00e9"));

    Result result = run(Path.of("").toAbsolutePath(), values, "deployment");

    assertThat(variables).hasSizeGreaterThan(8);
    assertThat(variables)
        .allSatisfy(
            name -> assertThat(result.lines()).anyMatch(line -> line.startsWith(name + " ")));
  }

  private Result check(Map<String, String> values) throws Exception {
    return run(project(), values, "deployment");
  }

  /** One with the parameters of the contract, whatever else the real one has. */
  private Path project() throws IOException {
    Path infra = Files.createDirectories(project.resolve("infra"));
    Files.writeString(
        infra.resolve("main.bicep"),
        """
        targetScope = 'subscription'

        @minLength(1)
        param environmentName string

        @description('Region.')
        @allowed([
          'eastus2' // 2026
          // 'westeurope'
          'swedencentral'
        ])
        @metadata({ azd: { type: 'location' } })
        param location string

        @allowed([512, 2048, 4096])
        param instanceMemoryMB int = 512

        @minValue(1)
        @maxValue(1000)
        param maximumInstanceCount int = 10

        param alwaysReadyInstances int = 0

        param harvestEnabled bool = false

        param courierSettings object = {}

        """
            + texts("param %s string = ''\n").replace("Storage string = ''", "Storage bool = true")
            + reservedSettings());
    Files.writeString(
        infra.resolve("main.parameters.json"),
        """
        {
          "parameters": {
            "environmentName": { "value": "${AZURE_ENV_NAME}" },
            "location": { "value": "${AZURE_LOCATION}" },
            "instanceMemoryMB": { "value": "${DEPLOY_INSTANCE_MEMORY_MB=512}" },
            "maximumInstanceCount": { "value": "${DEPLOY_MAX_INSTANCES=10}" },
            "alwaysReadyInstances": { "value": "${DEPLOY_ALWAYS_READY=0}" },
            "harvestEnabled": { "value": "${DEPLOY_HARVEST=false}" },
            "courierSettings": { "value": "${DEPLOY_COURIER_SETTINGS={}}" }"""
            + texts(",\n    \"%s\": { \"value\": \"${%s}\" }")
            + "}}");
    return project;
  }

  /** A line for each parameter that is a text without bounds. */
  private static String texts(String line) {
    return TEXTS.entrySet().stream()
        .map(entry -> line.formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining());
  }

  private static Result run(Path directory, Map<String, String> values, String what)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes.toString(),
                "DeployCheck",
                what)
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.matches("(AZURE|DEPLOY)_.*"));
    builder.environment().putAll(values);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>(output.lines().toList());
    return new Result(process.waitFor(), lines);
  }
}

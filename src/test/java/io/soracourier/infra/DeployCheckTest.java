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
import java.util.stream.Collectors;
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
    values.put("DEPLOY_ENDPOINT", "HTTPS://videos.example.com:8443/my team/v1");
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
    values.put("DEPLOY_ENDPOINT", "https://videos.example.com/v1");

    assertThat(check(values)).isEqualTo(new Result(0, List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AZURE_LOCATION | West Europe | AZURE_LOCATION (location) is 'West Europe': it is one of eastus2, swedencentral (the regions with Flex Consumption). Type: azd env set AZURE_LOCATION swedencentral",
        "DEPLOY_HARVEST | yes | DEPLOY_HARVEST (harvestEnabled) is 'yes': it is true or false. Type: azd env set DEPLOY_HARVEST false",
        "DEPLOY_HARVEST | True | DEPLOY_HARVEST (harvestEnabled) is 'True': it is true or false. Type: azd env set DEPLOY_HARVEST false",
        "DEPLOY_MAX_INSTANCES | 0 | DEPLOY_MAX_INSTANCES (maximumInstanceCount) is '0': it is a number from 1 to 1000. Type: azd env set DEPLOY_MAX_INSTANCES 10",
        "DEPLOY_MAX_INSTANCES | 1001 | DEPLOY_MAX_INSTANCES (maximumInstanceCount) is '1001': it is a number from 1 to 1000. Type: azd env set DEPLOY_MAX_INSTANCES 10",
        "DEPLOY_MAX_INSTANCES | many | DEPLOY_MAX_INSTANCES (maximumInstanceCount) is 'many': it is a number from 1 to 1000. Type: azd env set DEPLOY_MAX_INSTANCES 10",
        "DEPLOY_INSTANCE_MEMORY_MB | 1024 | DEPLOY_INSTANCE_MEMORY_MB (instanceMemoryMB) is '1024': it is one of 512, 2048, 4096. Type: azd env set DEPLOY_INSTANCE_MEMORY_MB 512",
        "DEPLOY_PACKAGE | jvm | DEPLOY_PACKAGE is 'jvm': the native package is the only one that is deployed, and the one for the JVM runs on a developer's machine. Type: azd env set DEPLOY_PACKAGE native",
        "DEPLOY_ZIP | KEEP | DEPLOY_ZIP is 'KEEP': it is build or keep. Type: azd env set DEPLOY_ZIP build",
        "DEPLOY_VERIFY | 1 | DEPLOY_VERIFY is '1': it is true or false. Type: azd env set DEPLOY_VERIFY false",
        "DEPLOY_GLIBC | 2 | DEPLOY_GLIBC is '2': it is a version of glibc. Type: azd env set DEPLOY_GLIBC 2.31",
      })
  void wrongValue_isOneLineWithWhatToType(String name, String value, String message)
      throws Exception {
    assertThat(check(Map.of("DEPLOY_ENDPOINT", "https://videos.example.com", name, value)))
        .isEqualTo(new Result(1, List.of(message)));
  }

  @ParameterizedTest
  @CsvSource({
    "AZURE_ENV_NAME, my courier",
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
    "DEPLOY_ALERT_EMAIL, 'a@example.com, b@example.com'",
    "DEPLOY_VNET_ADDRESS_PREFIX, 10.42.0.0",
    "DEPLOY_VNET_ADDRESS_PREFIX, 10.42.0.0/25",
    "DEPLOY_VNET_ADDRESS_PREFIX, 10.420.0.0/16"
  })
  void valueOfAnotherForm_isRefusedWithItsName(String name, String value) throws Exception {
    Result result = check(Map.of("DEPLOY_ENDPOINT", "https://videos.example.com", name, value));

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
    "DEPLOY_ENDPOINT, https://vidéos.example.com/v1/videos/{id}?api-key=" + CANARY,
    "DEPLOY_COURIER_SETTINGS, '{\"azure_openai_endpoint\":\"https://videos.example.com\"}'"
  })
  void serverByAnyOfItsVariables_isAccepted(String name, String value) throws Exception {
    assertThat(check(Map.of(name, value))).isEqualTo(new Result(0, List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "videos.example.com",
        "http://videos.example.com",
        "https://",
        "https:videos.example.com",
        "https://user:" + CANARY + "@videos.example.com",
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
    assertThat(setting.lines()).singleElement().asString().startsWith("DEPLOY_COURIER_SETTINGS (");
    assertThat(direct.lines() + "" + setting.lines()).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A=b | it is an object of JSON",
        "[\"A\"] | it is an object of JSON",
        "{A:b} | it is not JSON, in which names and values are in double quotes",
        "{'A':'" + CANARY + "'} | it is not JSON",
        "{\"A\":\"" + CANARY + "\",} | it is not JSON",
        "{\"A\":\"" + CANARY + "\" \"B\":\"c\"} | it is not JSON",
        "{\"A\":4} | its values are texts, each in double quotes, numbers too",
        "{\"A\":{\"B\":\"c\"}} | its values are texts",
        "{\\\"A\\\":\\\"b\\\"} | it has backslashes before its quotes, which azd pipeline config",
        "{\"A\":\"b\",\"a\":\"" + CANARY + "\"} | a is in it twice"
      })
  void settingsThatAreNotTexts_areRefusedAndNotRepeated(String settings, String why)
      throws Exception {
    Result result =
        check(
            Map.of(
                "DEPLOY_ENDPOINT",
                "https://videos.example.com",
                "DEPLOY_COURIER_SETTINGS",
                settings));

    assertThat(result.lines())
        .singleElement()
        .asString()
        .startsWith("DEPLOY_COURIER_SETTINGS (courierSettings): " + why)
        .doesNotContain(CANARY);
  }

  @Test
  void keyInClearText_isRefusedAndNotRepeated() throws Exception {
    String settings = "{\"Azure_OpenAI_API_Key\":\"%s\"}";
    String endpoint = "https://videos.example.com";
    Map<String, String> clear =
        Map.of("DEPLOY_ENDPOINT", endpoint, "DEPLOY_COURIER_SETTINGS", settings.formatted(CANARY));
    Map<String, String> none =
        Map.of("DEPLOY_ENDPOINT", endpoint, "DEPLOY_COURIER_SETTINGS", settings.formatted("none"));
    Map<String, String> both = new HashMap<>(none);
    both.put("DEPLOY_KEY_SECRET_URI", SECRET);

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
                "https://videos.example.com",
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
                "https://videos.example.com",
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
                        "DEPLOY_ENDPOINT", "https://videos.example.com",
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
            check(Map.of("DEPLOY_ENDPOINT", "https://videos.example.com", "DEPLOY_HARVST", CANARY)))
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
            + texts("param %s string = ''\n"));
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

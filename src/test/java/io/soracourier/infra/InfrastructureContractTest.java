package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.soracourier.azure.StorageSettings;
import io.soracourier.function.HarvestJobs;
import io.soracourier.storage.JobsConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Code, host.json, Bicep and documentation name the same things by the same names. */
class InfrastructureContractTest {
  private static final ProjectFile SETTINGS = ProjectFile.read("docs/reference/settings.md");
  private static final ProjectFile HOW_TO = ProjectFile.joined("docs/how-to", ".md");
  private static final JsonNode HOST = ProjectFile.read("host.json").json();

  /** What the Functions host reads, by Microsoft's app settings reference. */
  private static final Set<String> READ_BY_THE_HOST =
      Set.of(
          "AzureWebJobs.HarvestJobs.Disabled",
          "AzureWebJobsStorage__credential",
          "AzureWebJobsStorage__clientId",
          "AzureWebJobsStorage__blobServiceUri",
          "APPLICATIONINSIGHTS_CONNECTION_STRING",
          "APPLICATIONINSIGHTS_AUTHENTICATION_STRING");

  /** Flex Consumption refuses or ignores these. */
  private static final Set<String> NOT_FOR_FLEX_CONSUMPTION =
      Set.of(
          "FUNCTIONS_WORKER_RUNTIME",
          "FUNCTIONS_EXTENSION_VERSION",
          "WEBSITE_RUN_FROM_PACKAGE",
          "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING",
          "WEBSITE_CONTENTSHARE",
          "SCM_DO_BUILD_DURING_DEPLOYMENT");

  /** "… site configuration property … for Flex Consumption sites is invalid", with status 400. */
  private static final Set<String> REFUSED_BY_FLEX_CONSUMPTION =
      Set.of(
          "ftpsState",
          "functionAppScaleLimit",
          "functionsRuntimeScaleMonitoringEnabled",
          "linuxFxVersion",
          "netFrameworkVersion",
          "preWarmedInstanceCount",
          "use32BitWorkerProcess",
          "windowsFxVersion");

  @Test
  void settingThatTheCodeReads_isSetByTheTemplateOrDocumentedAsNotSet() {
    String notSet = HOW_TO.first("^(Not set, .*)$");

    for (String name : settingsOfTheCode()) {
      boolean documented =
          notSet.contains("`" + name + "`")
              || HOW_TO.text().contains("`" + name + "` is the host's");
      assertThat(Template.appSettings().contains(name) ^ documented)
          .as("%s is either set by the template, or documented as not set", name)
          .isTrue();
    }
  }

  @Test
  void settingThatTheTemplateSets_isReadByTheCodeOrTheHost() {
    Set<String> read = new TreeSet<>(settingsOfTheCode());
    read.addAll(READ_BY_THE_HOST);
    read.add("COURIER_HARVEST_ENABLED");

    assertThat(read).containsAll(Template.appSettings());
    assertThat(Template.appSettings()).doesNotContainAnyElementsOf(NOT_FOR_FLEX_CONSUMPTION);
  }

  @Test
  void settingsTable_listsWhatTheTemplateSets() {
    String table = HOW_TO.first("(?s)\\| app setting \\|(.*?)\\n\\n");

    assertThat(ProjectFile.all(table, "`([\\w.]+)`(?=[^|]*\\|[^|]*\\|[^|]*\\|)"))
        .isEqualTo(Template.appSettings());
  }

  @Test
  void queues_areTheOnesOfTheBindings() {
    QueueTrigger trigger = Functions.bindings(QueueTrigger.class).get(0);
    QueueOutput output = Functions.bindings(QueueOutput.class).get(0);

    assertThat(Template.variable("jobQueueName")).isEqualTo(trigger.queueName());
    assertThat(Template.variable("videoQueueName")).isEqualTo(output.queueName());
    assertThat(Template.variable("poisonQueueName")).isEqualTo(trigger.queueName() + "-poison");
    assertThat(ProjectFile.all(HOW_TO.text(), "--queue-name ([a-z-]+)"))
        .containsExactlyInAnyOrder(
            trigger.queueName(), output.queueName(), trigger.queueName() + "-poison");
  }

  @Test
  void table_isTheCodesDefaultAndReachedInThePrivateNetworkToo() {
    String defaultTable =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(JobsConfig.class)
            .build()
            .getConfigMapping(JobsConfig.class)
            .table()
            .orElseThrow();

    assertThat(Template.variable("jobTableName")).isEqualTo(defaultTable);
    for (String service : List.of("blob", "queue", "table")) {
      assertThat(Template.appSettings()).contains("VideoStorage__" + service + "ServiceUri");
      assertThat(Template.text())
          .contains("privatelink." + service + ".${environment().suffixes.storage}")
          .contains("groupId: '" + service + "'");
    }
  }

  @Test
  void connection_isTheOneOfEveryBinding() {
    Set<String> connections =
        Stream.concat(
                Functions.bindings(QueueTrigger.class).stream().map(QueueTrigger::connection),
                Functions.bindings(QueueOutput.class).stream().map(QueueOutput::connection))
            .collect(Collectors.toSet());

    assertThat(connections).hasSize(1);
    String prefix = connections.iterator().next() + "__";
    assertThat(Template.appSettings())
        .contains(prefix + "queueServiceUri", prefix + "credential", prefix + "clientId");
  }

  /** The host must not start an instance for what does nothing, nor be kept from it. */
  @Test
  void harvest_isEnabledInCodeAndHostByOneParameter() {
    assertThat(Template.text())
        .contains(
            "'AzureWebJobs.%s.Disabled': harvestEnabled ? 'false' : 'true'"
                .formatted(HarvestJobs.NAME))
        .contains("COURIER_HARVEST_ENABLED: harvestEnabled ? 'true' : 'false'")
        .contains("param harvestEnabled bool = false");
    assertThat(SETTINGS.text()).contains("| `COURIER_HARVEST_ENABLED` |");
    assertThat(HOST.at("/logging/logLevel").has("Function." + HarvestJobs.NAME + ".User")).isTrue();
  }

  /** A name in percent signs that is not set would keep the host from indexing any function. */
  @Test
  void schedule_isNoSetting() {
    assertThat(Functions.bindings(TimerTrigger.class))
        .extracting(TimerTrigger::schedule)
        .isNotEmpty()
        .noneMatch(schedule -> schedule.contains("%"));
  }

  @Test
  void container_isTheCodesDefault() {
    StorageSettings defaults =
        StorageSettings.from(
            new SmallRyeConfigBuilder()
                .withDefaultValues(Map.of("VideoStorage", "UseDevelopmentStorage=true"))
                .build());

    assertThat(Template.parameterDefault("videoContainerName")).isEqualTo(defaults.container());
    assertThat(HOW_TO.all("--container-name (\\S+)")).containsExactly(defaults.container());
  }

  @Test
  void functionNames_areTheCodes() {
    assertThat(Functions.names()).contains(Template.variable("functionName"));
    assertThat(HOST.at("/logging/logLevel").properties().stream().map(Map.Entry::getKey))
        .filteredOn(category -> category.startsWith("Function."))
        .allSatisfy(category -> assertThat(Functions.names()).contains(category.split("\\.")[1]));
    assertThat(HOW_TO.all("--function-name (\\w+)")).isSubsetOf(Functions.names());
  }

  @Test
  void hostJson_isExplainedValueByValue() {
    Map<String, String> values =
        HOST.at("/extensions/queues").properties().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, field -> field.getValue().asText()));
    values.put("functionTimeout", HOST.get("functionTimeout").asText());

    assertThat(values)
        .allSatisfy(
            (name, value) ->
                assertThat(SETTINGS.text()).contains("| `" + name + "` | `" + value + "` |"));
  }

  @Test
  void deploymentVariables_areTheOnesOfTheParametersFile() {
    Set<String> parameters =
        new TreeSet<>(ProjectFile.read("infra/main.parameters.json").all("\\$\\{(DEPLOY_\\w+)"));

    assertThat(HOW_TO.all("^\\| `(DEPLOY_\\w+)`")).isEqualTo(parameters);
    assertThat(HOW_TO.all("(DEPLOY_\\w+)"))
        .isSubsetOf(
            Stream.concat(
                    parameters.stream(),
                    Stream.of("DEPLOY_ZIP", "DEPLOY_GLIBC", "DEPLOY_VERIFY", "DEPLOY_PACKAGE"))
                .toList());
  }

  @Test
  void alerts_areExplained() {
    assertThat(HOW_TO.all("^\\| `courier-([a-z-]+)` \\|")).isEqualTo(Template.alerts());
  }

  @Test
  void template_holdsNoKey() {
    assertThat(Template.text())
        .doesNotContain("listKeys", "listAccountSas", "AccountKey=", "allowSharedKeyAccess: true")
        .contains("allowSharedKeyAccess: false", "allowBlobPublicAccess: false")
        .contains("disableLocalAuth: true", "DisableLocalAuth: true", "httpsOnly: true")
        .contains("'@Microsoft.KeyVault(SecretUri=${keySecretUri})'")
        .contains("minimumTlsVersion: 'TLS1_2'", "minTlsVersion: '1.2'");
    assertThat(Template.text())
        .as("publishing by FTP or with a password")
        .containsPattern("name: 'ftp'\\s+properties: \\{\\s+allow: false")
        .containsPattern("name: 'scm'\\s+properties: \\{\\s+allow: false");
  }

  @Test
  void siteConfiguration_holdsNothingThatFlexConsumptionRefuses() {
    assertThat(Template.siteConfiguration())
        .contains("alwaysOn")
        .doesNotContainAnyElementsOf(REFUSED_BY_FLEX_CONSUMPTION);
  }

  @Test
  void actions_arePinnedByCommitWithTheirVersionBeside() {
    for (ProjectFile workflow : ProjectFile.below(".github/workflows", ".yml")) {
      assertThat(workflow.all("uses: (?!\\./)(.*)$"))
          .as("actions of %s", workflow.path())
          .allMatch(use -> use.matches("[\\w.-]+/[\\w.-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
    }
  }

  /** Names of settings are literals in the code; those of the platform's identity are not ours. */
  private static Set<String> settingsOfTheCode() {
    return Stream.of(".java", ".properties")
        .flatMap(ending -> ProjectFile.below("src/main", ending).stream())
        .flatMap(
            file ->
                file
                    .all(
                        "[\"{]((?:VideoStorage(?:__\\w+)?|VIDEO_[A-Z_]+|AZURE_[A-Z_]+|FUNCTIONS_[A-Z_]+))[\":}]")
                    .stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

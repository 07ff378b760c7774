package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.soracourier.azure.StorageSettings;
import io.soracourier.sora.SoraConfig;
import io.soracourier.sora.VideoApi;
import io.soracourier.sora.VideoApis;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reference/settings.md names every setting of the code and no other, with its default. */
class ConfigurationDocumentTest {
  private static final ProjectFile DOCUMENT = ProjectFile.read("docs/reference/settings.md");

  private static final String WITHOUT_DEFAULT = "(without a default)";

  /** A property's row: name, environment variable, default. */
  private static final String PROPERTY_ROW =
      "^\\| (`[a-z][^|`]+` \\| `[A-Z0-9_]+` \\| `[^|`]+`) \\|";

  /** A setting's row: the name as it is in the environment. */
  private static final String SETTING_ROW = "^\\| `([A-Z]\\w+)` \\|";

  @Test
  void mappedProperties_areDocumentedWithTheirDefaultsAndNoOther() {
    Map<String, String> documented = new TreeMap<>();
    rows("courier.").forEach(row -> documented.put(row.name(), row.defaultValue()));

    assertThat(documented).isNotEmpty().isEqualTo(mappedProperties());
  }

  /** Else its name is unknown to what warns of unknown names; {@code @WithDefault("")} is one. */
  @Test
  void mappedProperties_haveDefaults() {
    assertThat(mappedProperties()).doesNotContainValue(WITHOUT_DEFAULT);
  }

  @Test
  void courierNamesAnywhereInTheDocuments_exist() {
    Set<String> named = new TreeSet<>();
    Stream.concat(Stream.of(ProjectFile.read("README.md")), documents())
        .forEach(file -> named.addAll(file.all("`(courier\\.[a-z.-]+[a-z])`")));

    assertThat(named).isNotEmpty().isSubsetOf(mappedProperties().keySet());
  }

  @Test
  void environmentVariablesAnywhereInTheDocuments_exist() {
    Set<String> variables =
        rows("").stream().map(Row::environmentVariable).collect(Collectors.toSet());
    Set<String> named = new TreeSet<>();
    Stream.concat(Stream.of(ProjectFile.read("README.md")), documents())
        .forEach(file -> named.addAll(file.all("`((?:COURIER|QUARKUS)_[A-Z_]+)[`=]")));

    assertThat(named).isNotEmpty().isSubsetOf(variables);
  }

  @Test
  void environmentVariable_setsItsProperty() {
    for (Row row : rows("")) {
      SmallRyeConfig config =
          new SmallRyeConfigBuilder()
              .withSources(new EnvConfigSource(Map.of(row.environmentVariable(), "given"), 300))
              .withDefaultValue(row.name(), row.defaultValue())
              .build();

      assertThat(config.getConfigValue(row.name()).getValue()).as(row.name()).isEqualTo("given");
    }
  }

  @Test
  void defaultsOfTheReadme_areTheDocuments() {
    Map<String, String> defaults = new TreeMap<>();
    rows("").forEach(row -> defaults.put(row.environmentVariable(), row.defaultValue()));

    Set<String> rows = ProjectFile.read("README.md").all("^\\| (`COURIER_\\w+` .*)\\|$");

    assertThat(rows).isNotEmpty();
    for (String row : rows) {
      String[] cells = row.split("\\|");
      assertThat(unquoted(cells[2])).as(row).isEqualTo(defaults.get(unquoted(cells[0])));
    }
  }

  @Test
  void values_ofTheApiAreNamed() {
    String row = DOCUMENT.first("^(\\| `courier\\.sora\\.api` .*)$");

    assertThat(
            Stream.concat(Stream.of(SoraConfig.AUTO), VideoApis.ALL.stream().map(VideoApi::name))
                .map(name -> "`" + name + "`"))
        .allSatisfy(value -> assertThat(row).contains(value));
  }

  @Test
  void ofQuarkus_documentedDefaultIsWhatTheApplicationSets() throws IOException {
    Properties application = new Properties();
    application.load(
        new StringReader(ProjectFile.read("src/main/resources/application.properties").text()));

    for (Row row : rows("quarkus.")) {
      String set = application.getProperty(row.name(), "INFO");
      assertThat(row.defaultValue()).as(row.name()).isEqualTo(set);
    }
  }

  @Test
  void namedSettings_areThoseThatTheCodeReads() {
    assertThat(DOCUMENT.all(SETTING_ROW)).isEqualTo(namedSettings());
  }

  @Test
  void defaultsOfNamedSettings_areTheCodes() {
    StorageSettings storage =
        StorageSettings.from(
            new SmallRyeConfigBuilder()
                .withDefaultValue("VideoStorage", "UseDevelopmentStorage=true")
                .build());

    assertThat(defaultOf("VIDEO_CONTAINER")).isEqualTo(storage.container());
    assertThat(defaultOf("FUNCTIONS_CUSTOMHANDLER_PORT"))
        .isEqualTo(
            ProjectFile.read("src/main/resources/application.properties")
                .first("FUNCTIONS_CUSTOMHANDLER_PORT:(\\d+)"));
    assertThat(defaultOf("AZURE_OPENAI_SCOPE"))
        .isEqualTo(
            ProjectFile.read("src/main/java/io/soracourier/sora/SoraSetup.java")
                .first("DEFAULT_SCOPE = \"([^\"]+)\""));
  }

  private static String defaultOf(String setting) {
    return DOCUMENT.first("^\\| `" + setting + "` \\|[^|]*\\| `([^`]+)` \\|$");
  }

  private static Stream<ProjectFile> documents() {
    return ProjectFile.below("docs", ".md").stream();
  }

  private static List<Row> rows(String prefix) {
    return DOCUMENT.all(PROPERTY_ROW).stream()
        .map(row -> row.split("\\|"))
        .map(cells -> new Row(unquoted(cells[0]), unquoted(cells[1]), unquoted(cells[2])))
        .filter(row -> row.name().startsWith(prefix))
        .toList();
  }

  private static String unquoted(String cell) {
    return cell.replace("`", "").strip();
  }

  /** Every property of every mapping, by name, with its default; a list is one property. */
  private static Map<String, String> mappedProperties() {
    Map<String, String> properties = new TreeMap<>();
    MainClasses.all().stream()
        .filter(type -> type.isAnnotationPresent(ConfigMapping.class))
        .flatMap(
            type -> ConfigMappings.getProperties(ConfigClass.configClass(type)).entrySet().stream())
        .filter(property -> !property.getKey().endsWith("[*]"))
        .forEach(
            property ->
                properties.put(
                    property.getKey(),
                    property.getValue().hasDefaultValue()
                        ? property.getValue().getDefaultValue()
                        : WITHOUT_DEFAULT));
    return properties;
  }

  /** Names of settings are literals in the code, in the form of an environment variable. */
  private static Set<String> namedSettings() {
    Set<String> names = new TreeSet<>();
    for (ProjectFile file : ProjectFile.below("src/main/java", ".java")) {
      names.addAll(
          file.all(
              "\"(VideoStorage(?:__\\w+)?|(?:VIDEO|AZURE|FUNCTIONS|IDENTITY|HTTPS|NO)_[A-Z_]+)\""));
    }
    names.addAll(
        ProjectFile.read("src/main/resources/application.properties")
            .all("\\$\\{([A-Z][A-Z_]+)[:}]"));
    return names;
  }

  private record Row(String name, String environmentVariable, String defaultValue) {}
}

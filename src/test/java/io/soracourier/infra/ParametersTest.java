package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.infra.Template.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every parameter of the template can be given in each way that the documents offer. */
class ParametersTest {
  private static final ProjectFile HOW_TO = ProjectFile.joined("docs/how-to", ".md");
  private static final ProjectFile NETWORK = ProjectFile.read("infra/modules/network.bicep");
  private static final JsonNode PARAMETERS =
      ProjectFile.read("infra/main.parameters.json").json().get("parameters");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(?:=([^}]*))?}");

  /** azd knows who it is. */
  private static final Set<String> KNOWN_TO_AZD = Set.of("AZURE_PRINCIPAL_ID");

  @Test
  void everyParameter_isInTheParametersFile() {
    Set<String> given = new TreeSet<>();
    PARAMETERS.fieldNames().forEachRemaining(given::add);

    assertThat(given).isEqualTo(new TreeSet<>(Template.parameters().keySet()));
  }

  /**
   * In a workflow a variable that nobody has set is empty, and not unset. azd passes an empty text
   * on, takes an empty number or Boolean for none, and fails at an empty object; it takes null for
   * none.
   */
  @Test
  void emptyVariable_isTheDefaultOfItsParameter() {
    Template.parameters()
        .forEach(
            (name, parameter) -> {
              String byDefault = variable(name, 2);
              if (parameter.type().equals("object")) {
                assertThat(byDefault).as(name).isEqualTo("null");
              } else if (parameter.type().equals("string") && parameter.defaultValue() != null) {
                assertThat("'" + (byDefault == null ? "" : byDefault) + "'")
                    .as(name)
                    .isEqualTo(parameter.defaultValue());
              }
            });
  }

  @Test
  void everyVariable_isPassedByTheWorkflowThatProvisions() {
    List<ProjectFile> workflows =
        ProjectFile.below(".github/workflows", ".yml").stream()
            .filter(file -> file.text().contains("azd provision"))
            .toList();

    assertThat(workflows).hasSize(1);
    assertThat(workflows.get(0).all("^ +([A-Z_]+): "))
        .containsAll(
            variables().values().stream().filter(name -> !KNOWN_TO_AZD.contains(name)).toList());
  }

  @Test
  void everyVariable_isInTheTableWithItsDefault() {
    variables()
        .forEach(
            (name, variable) -> {
              if (variable.startsWith("DEPLOY_")) {
                String row = HOW_TO.first("^(\\| `" + variable + "` \\|.*\\|)$");
                Parameter parameter = Template.parameters().get(name);
                String value = parameter.defaultValue().replace("'", "");
                assertThat(row).as(name).endsWith(value.isEmpty() ? "|" : "| `" + value + "` |");
                assertThat(row).as(name).contains("`" + name + "`");
              }
            });
  }

  @Test
  void settingOfTheTemplate_cannotBeGivenTwice() {
    Set<String> reserved = Template.MAIN.all("^ +'([a-z._]+)'$");

    assertThat(Template.appSettings())
        .filteredOn(name -> !name.startsWith("VideoStorage") && !name.startsWith("AzureWebJobsS"))
        .filteredOn(name -> !name.startsWith("AZURE_OPENAI_"))
        .allMatch(name -> reserved.contains(name.toLowerCase(Locale.ROOT)));
  }

  /** The host reads its storage as soon as the app exists, and the platform the key. */
  @Test
  void app_isMadeAfterItsRoles() {
    assertThat(
            Template.MAIN.first(
                "(?s)module functionApp 'modules/function-app.bicep' = (\\{.*?\\n})"))
        .contains("dependsOn: [roles, keyAccess]", "modelAccess!.outputs.endpoint");
  }

  /** Azure refuses an endpoint while another one of the same subnet is being made. */
  @Test
  void privateEndpoints_waitForEachOther() {
    List<String> before = new ArrayList<>();
    Matcher modules =
        Pattern.compile("(?s)\\nmodule (\\w+) 'private-endpoint.bicep' =( if)?.*?\\n}")
            .matcher(NETWORK.text());
    while (modules.find()) {
      String waitsFor =
          String.join(",", ProjectFile.all(modules.group(), "dependsOn: \\[([^]]*)]"));
      assertThat(waitsFor.replace(" ", "").split(","))
          .as(modules.group(1))
          .contains(before.isEmpty() ? new String[] {""} : before.toArray(String[]::new));
      // One that is always there has waited for all before it.
      if (modules.group(2) == null) {
        before.clear();
      }
      before.add(modules.group(1));
    }
    assertThat(before).isNotEmpty();
  }

  @Test
  void regions_areOneALineForTheHookToRead() {
    String list =
        Template.MAIN.first(
            "(?s)@allowed\\(\\[\\n([^)]*)\\]\\)\\n@metadata[^@]*?param location string");

    assertThat(list.lines().toList())
        .hasSizeGreaterThan(20)
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(line -> line.matches("  '[a-z0-9]+'"));
  }

  private static Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>();
    PARAMETERS.fieldNames().forEachRemaining(name -> variables.put(name, variable(name, 1)));
    return variables;
  }

  private static String variable(String parameter, int group) {
    Matcher matcher = VARIABLE.matcher(PARAMETERS.at("/" + parameter + "/value").asText());
    assertThat(matcher.matches()).as("value of %s", parameter).isTrue();
    return matcher.group(group);
  }
}

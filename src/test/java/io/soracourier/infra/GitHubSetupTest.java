package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documented commands that let GitHub deploy, with an az and a gh that only record. */
class GitHubSetupTest {
  private static final ProjectFile HOW_TO = ProjectFile.joined("docs/how-to", ".md");
  private static final String COMMANDS =
      HOW_TO.first("(?s)^# Deploy from GitHub\\n.*?```bash\\n(.*?)```");
  @TempDir Path directory;

  /**
   * As GitHub answers for a repository with an immutable subject, for one without, and for one that
   * it finds no customization of: then gh prints the body, in spite of {@code --jq}, and fails.
   */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "repo:owner@123/name@456, 0, repo:owner@123/name@456:environment:courier",
        "repo:owner@123/name@456:, 0, repo:owner@123/name@456:environment:courier",
        "||, 0, repo:owner/name:environment:courier",
        "|{\"message\": \"Not Found\", \"status\": \"404\"}|, 1, repo:owner/name:environment:courier",
        "||, 1, repo:owner/name:environment:courier"
      })
  void credential_hasTheSubjectThatGitHubPresents(String answer, int exitCode, String subject)
      throws IOException {
    setUp(answer, exitCode);

    JsonNode credential =
        new ProjectFile(directory, Files.readString(directory.resolve("credential.json"))).json();

    assertThat(credential.get("subject").asText()).isEqualTo(subject);
    assertThat(credential.get("issuer").asText())
        .isEqualTo("https://token.actions.githubusercontent.com");
    assertThat(credential.get("audiences").get(0).asText()).isEqualTo("api://AzureADTokenExchange");
  }

  @Test
  void variables_areThoseThatTheWorkflowReads() throws IOException {
    List<String> calls = setUp("", 0);
    ProjectFile workflow = ProjectFile.read(".github/workflows/azure-dev.yml");

    assertThat(calls)
        .contains(
            "az ad app federated-credential create --id of-ad-app --parameters credential.json",
            "gh workflow run azure-dev.yml --repo owner/name --field environment=courier")
        .filteredOn(call -> call.startsWith("gh variable set "))
        .hasSize(5)
        .allMatch(call -> call.contains(" --repo owner/name --env courier --body "))
        .allMatch(call -> workflow.text().contains("${{ vars." + call.split(" ")[3] + " }}"));
    assertThat(calls)
        .filteredOn(call -> call.startsWith("az role assignment create "))
        .allMatch(call -> call.contains(" --assignee-object-id of-ad-sp "))
        .extracting(call -> call.replaceAll(".* --role (.*) --scope .*", "$1"))
        .containsExactly("Contributor", "Role Based Access Control Administrator");
  }

  /** What was called, in order. */
  private List<String> setUp(String answer, int exitCode) throws IOException {
    Path calls = directory.resolve("calls");
    program("az", calls, "echo \"of-$1-$2\"");
    program(
        "gh",
        calls,
        "case \"$*\" in *oidc*) echo '%s'; exit %d ;; esac".formatted(answer, exitCode));
    Command shell =
        Command.run(
            directory, List.of("bash", "-euc", "PATH=\"" + directory + ":$PATH\"\n" + COMMANDS));
    assertThat(shell.exitCode()).as(String.join("\n", shell.lines())).isZero();
    return Files.readAllLines(calls);
  }

  private void program(String name, Path calls, String answer) throws IOException {
    Path program = directory.resolve(name);
    Files.writeString(
        program, "#!/bin/sh\necho \"%s $*\" >> \"%s\"\n%s\n".formatted(name, calls, answer));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}

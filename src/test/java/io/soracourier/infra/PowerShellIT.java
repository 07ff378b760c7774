package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.local.Command;
import io.soracourier.local.PowerShell;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written for PowerShell, read and run by it: {@code mvn verify -Ppowershell}. */
@Tag("powershell")
class PowerShellIT {
  private static final ProjectFile README = ProjectFile.read("README.md");
  private static final ProjectFile HOW_TO = ProjectFile.joined("docs/how-to", ".md");

  /** Named as the tools that a machine without Azure lacks; they print what they are called for. */
  private static final String STAND_INS =
      """
      function azd { 'account' }
      function Connect-AzAccount { 'connected' }
      function New-AzStorageContext { 'context' }
      function Get-AzStorageBlobContent {
        [CmdletBinding()]
        param($Container, $Blob, $Destination, $Context, [switch] $Force)
        [Console]::WriteLine("downloads $Blob")
        if ($refused) { Write-Error 'This request is not authorized' }
      }
      function Get-AzStorageQueue {
        param($Name, $Context)
        $client = [pscustomobject]@{ Name = $Name }
        $client | Add-Member ScriptMethod SendMessage { [Console]::WriteLine("sends $args"); 'receipt' }
        $client | Add-Member ScriptMethod ReceiveMessage { [pscustomobject]@{ Value = $received } }
        $client | Add-Member ScriptMethod DeleteMessage { [Console]::WriteLine("deletes $args"); 'deleted' }
        [pscustomobject]@{ QueueClient = $client }
      }
      """;

  @TempDir Path directory;

  @Test
  void everyScript_isWithoutSyntaxErrors() throws IOException {
    String deploy = README.first("(?s)\\n## Deploy\\n.*?```bash\\n(.*?)```");
    for (String script :
        List.of(
            deploy,
            outcomes(),
            HOW_TO.first("(?s)\\n## A server that wants a key\\n.*?```powershell\\n(.*?)```"),
            ProjectFile.read("infra/hooks/check.ps1").text(),
            ProjectFile.read("infra/hooks/package.ps1").text())) {
      Path file = Files.writeString(directory.resolve("script.txt"), script);
      Command command =
          PowerShell.run(
              directory,
              """
              $errors = $null
              $null = [System.Management.Automation.Language.Parser]::ParseFile('%s', [ref] $null, [ref] $errors)
              $errors | ForEach-Object { $_.Message }
              """
                  .formatted(file));

      assertThat(command.lines()).as(script).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"status\":\"copied\",\"generationId\":\"gen_1\"}', false, true,  true",
    "'{\"status\":\"copied\",\"generationId\":\"gen_1\"}', true,  true,  false",
    "'{\"status\":\"failed\",\"reason\":\"moderated\"}',   false, false, true",
    "'not JSON',                                            false, false, false"
  })
  void outcome_isDeletedOnlyAfterItsUse(
      String message, boolean refused, boolean downloads, boolean deletes) {
    String output = text(message, refused);

    assertThat(output).contains("sends task_01k75f2h5mfbv8sd9x3q6zj4ra");
    assertThat(output.contains("downloads gen_1.mp4")).isEqualTo(downloads);
    assertThat(output.contains("deletes id receipt")).isEqualTo(deletes);
  }

  @Test
  void emptyQueue_isNotAnError() {
    assertThat(text("", false).lines()).containsExactly("sends task_01k75f2h5mfbv8sd9x3q6zj4ra");
  }

  /** Each in turn: without a program, or with a variable that is wrong. */
  @ParameterizedTest
  @CsvSource({
    "'', DEPLOY_ZIP, build",
    "mvn, DEPLOY_ZIP, build",
    "docker, DEPLOY_ZIP, build",
    "node, DEPLOY_VERIFY, true",
    "npm, DEPLOY_VERIFY, true",
    "curl, DEPLOY_VERIFY, true",
    "ffmpeg, DEPLOY_VERIFY, true",
    "python3, DEPLOY_VERIFY, true",
    "shellcheck, DEPLOY_VERIFY, true",
    "chromium, DEPLOY_VERIFY, true",
    "'', JAVA_HOME, /no-java",
    "'', JAVA_HOME, ''",
    "'', DEPLOY_PACKAGE, jvm",
    "'', DEPLOY_PACKAGE, Native",
    "'', DEPLOY_ZIP, KEEP",
    "'', DEPLOY_ZIP, keep",
    "mvn, DEPLOY_ZIP, keep",
    "'', DEPLOY_VERIFY, TRUE",
    "'', DEPLOY_VERIFY, true",
    "'', DEPLOY_GLIBC, new",
    "'', DEPLOY_HARVEST, yes",
    "'', DEPLOY_VNET_ENABLED, true"
  })
  void hooks_sayAndDoTheSameInAFolderOfAnyName(String program, String variable, String value)
      throws IOException, InterruptedException {
    Path plain = Files.createDirectories(directory.resolve("plain"));
    HookProject project =
        HookProject.create(Files.createDirectories(directory.resolve("a (b) [c] d'e")));
    project.keep(NativeCheckTest.elf(ByteOrder.LITTLE_ENDIAN, "GLIBC_2.28"));
    if (!program.isEmpty()) {
      project.remove(program);
    }
    Map<String, String> variables = new HashMap<>();
    variables.put("DEPLOY_ENDPOINT", "https://videos.openai.azure.com");
    variables.put("AZURE_SUBSCRIPTION_ID", "00000000-0000-0000-0000-000000000001");
    variables.put("JAVA_HOME", HookProject.create(plain).directory().resolve("jdk").toString());
    variables.put(variable, value);

    for (String hook : List.of("check", "package")) {
      assertThat(project.run(variables, hook + ".ps1"))
          .isEqualTo(project.run(variables, hook + ".sh"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Registered", "NotRegistered", ""})
  void hooks_sayTheSameOfTheProvider(String state) throws IOException, InterruptedException {
    HookProject project = HookProject.create(directory);
    project.program("az", state.isEmpty() ? "exit 1" : "echo " + state);
    Map<String, String> variables =
        Map.of(
            "DEPLOY_ENDPOINT", "https://videos.openai.azure.com",
            "DEPLOY_VNET_ENABLED", "true",
            "AZURE_SUBSCRIPTION_ID", "00000000-0000-0000-0000-000000000001");

    assertThat(project.run(variables, "check.ps1")).isEqualTo(project.run(variables, "check.sh"));
  }

  private String text(String message, boolean refused) {
    String received =
        message.isEmpty()
            ? "$null"
            : "[pscustomobject]@{ MessageText = '%s'; MessageId = 'id'; PopReceipt = 'receipt' }"
                .formatted(message);
    String script =
        STAND_INS + "$received = " + received + "\n$refused = $" + refused + "\n" + outcomes();
    return String.join("\n", PowerShell.run(directory, script).lines());
  }

  private static String outcomes() {
    return HOW_TO.first("(?s)# Send a job, read the outcome\\n.*?```powershell\\n(.*?)```");
  }
}

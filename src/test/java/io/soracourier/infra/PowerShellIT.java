package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.local.Command;
import io.soracourier.local.PowerShell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written for PowerShell, read and run by it: {@code mvn verify -Ppowershell}. */
@Tag("powershell")
class PowerShellIT {
  private static final ProjectFile README = ProjectFile.read("README.md");
  private static final ProjectFile OPERATIONS = ProjectFile.read("docs/operations.md");

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
        List.of(deploy, outcomes(), ProjectFile.read("infra/hooks/package.ps1").text())) {
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

  @ParameterizedTest
  @CsvSource({
    "native, 'holds a package of the kind jvm, and DEPLOY_PACKAGE is native'",
    "JVM, DEPLOY_PACKAGE is 'JVM': use native or jvm"
  })
  void hook_refusesTheOtherKindInAFolderOfAnyName(String kind, String message) throws IOException {
    Path project = Files.createDirectories(directory.resolve("a (b) [c] d'e"));
    List<String> files = new ArrayList<>(PackageHookTest.CHECKS);
    files.add("infra/hooks/package.ps1");
    for (String file : files) {
      Files.createDirectories(project.resolve(file).getParent());
      Files.copy(Path.of(file), project.resolve(file));
    }
    PackageHookTest.zip(
        project.resolve("target/function-app.zip"), "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        directory.resolve("hook.ps1"),
        """
        $env:DEPLOY_ZIP = 'keep'
        $env:DEPLOY_PACKAGE = '%s'
        pwsh -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot 'a (b) [c] d''e' infra hooks package.ps1)
        exit $LASTEXITCODE
        """
            .formatted(kind));

    Command hook = PowerShell.run(directory, List.of("-File", "hook.ps1"));

    assertThat(hook.exitCode()).isEqualTo(1);
    assertThat(String.join("\n", hook.lines())).contains(message);
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
    return OPERATIONS.first("(?s)```powershell\\n(.*?)```");
  }
}

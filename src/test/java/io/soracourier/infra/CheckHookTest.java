package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.infra.HookProject.Result;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What azd up and azd provision check before anything else. */
class CheckHookTest {
  private static final String SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";
  private static final String REGISTER = "az provider register --namespace Microsoft.App";
  @TempDir Path directory;
  private final Map<String, String> variables =
      new HashMap<>(Map.of("DEPLOY_ENDPOINT", "https://videos.openai.azure.com"));
  private HookProject project;

  @BeforeEach
  void prepare() throws IOException {
    project = HookProject.create(directory);
  }

  @Test
  void machineWithEverything_passesWithoutAFailure() throws Exception {
    assertThat(failures(run())).isEmpty();
    variables.put("DEPLOY_VERIFY", "true");
    assertThat(failures(run())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "mvn, false, Maven 3.8 or newer is not on the PATH (mvn)",
    "docker, false, There is no container engine that answers",
    "node, true, There is no Node.js 20 or newer with npm (node)",
    "npm, true, There is no Node.js 20 or newer with npm (node)",
    "curl, true, There is no curl",
    "ffmpeg, true, There is no ffmpeg",
    "python3, true, There is no python3",
    "shellcheck, true, There is no shellcheck",
    "chromium, true, There is no chromium"
  })
  void missingProgram_isNamedInOneLine(String program, String verify, String message)
      throws Exception {
    project.remove(program);
    variables.put("DEPLOY_VERIFY", verify);

    assertThat(failures(run())).singleElement().asString().startsWith(message);
  }

  @ParameterizedTest
  @CsvSource({
    "mvn, Apache Maven 3.6.3, false",
    "mvn, Apache Maven 3.8.1, true",
    "mvn, Apache Maven 4.0.0-rc-4, true",
    "mvn, Apache Maven 3.10.0, true",
    "mvn, no JAVA_HOME, false",
    "node, v18.20.2, false",
    "node, v20.0.0, true",
    "node, v100.1, true"
  })
  void versionOfAProgram_isComparedAsANumber(String program, String version, boolean enough)
      throws Exception {
    project.program(program, "echo \"" + version + "\"");
    variables.put("DEPLOY_VERIFY", "true");

    assertThat(failures(run())).hasSize(enough ? 0 : 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "javac 11.0.2", "javac 1.8.0_292"})
  void javaThatIsMissingOrOlder_isNamedInOneLine(String version) throws Exception {
    Path home = directory.resolve("old java");
    if (!version.isEmpty()) {
      project.program("../javac", "echo " + version);
      Files.createDirectories(home.resolve("bin"));
      Files.move(directory.resolve("javac"), home.resolve("bin/javac"));
    }
    variables.put("JAVA_HOME", home.toString());

    assertThat(failures(run()))
        .singleElement()
        .asString()
        .startsWith("There is no JDK 17 or newer (" + home + "/bin/javac): install one")
        .endsWith("set JAVA_HOME to it");
  }

  /** As on a new machine. */
  @Test
  void everythingMissing_isReportedAtOnce() throws Exception {
    project.remove("mvn");
    project.remove("docker");
    variables.put("JAVA_HOME", "");

    assertThat(failures(run()))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("There is no JDK 17 or newer (javac)"),
            line -> assertThat(line).startsWith("Maven 3.8 or newer"),
            line -> assertThat(line).startsWith("There is no container engine"));
  }

  /** By the launcher for sources, as it is outside of tests. */
  @Test
  void checks_areRunFromTheirSources() throws Exception {
    project.keep(NativeCheckTest.elf(ByteOrder.LITTLE_ENDIAN, "GLIBC_2.28"));
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("DEPLOY_ZIP", "keep");
    assertThat(run().output()).startsWith("Native executable: ");

    variables.put("DEPLOY_HARVEST", "yes");
    assertThat(run().output()).startsWith("DEPLOY_HARVEST (harvestEnabled) is 'yes': ");
  }

  @Test
  void missingProgramAndWrongValue_areBothReported() throws Exception {
    project.remove("mvn");
    variables.put("DEPLOY_HARVEST", "yes");

    assertThat(failures(run())).hasSize(2).last().asString().startsWith("DEPLOY_HARVEST ");
  }

  @Test
  void engineThatDoesNotAnswer_isReplacedByOneThatDoes() throws Exception {
    project.program("docker", "echo no daemon >&2; exit 1");
    assertThat(failures(run()))
        .singleElement()
        .asString()
        .contains("start Docker or Podman", "workflow on GitHub");

    project.program("podman", "echo warning >&2");
    assertThat(failures(run())).isEmpty();
  }

  @Test
  void engineThatHangs_isLeftAfterHalfAMinute() throws Exception {
    project.program(
        "timeout", "[ $1 = 30 ] || exit 2; [ $2 = podman ] || exit 124; shift; exec \"$@\"");
    assertThat(failures(run()))
        .singleElement()
        .asString()
        .startsWith("There is no container engine that answers");

    project.program("podman", "");
    assertThat(failures(run())).isEmpty();
    assertThat(project.run(variables, "check.sh", "engine")).isEqualTo(new Result(0, "podman\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy", "Package", "--help"})
  void unknownArgument_isRefusedInOneLine(String argument) throws Exception {
    Result result = project.run(variables, "check.sh", argument);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output().lines())
        .singleElement()
        .asString()
        .contains("type deployment, package, zip or engine");
  }

  /** As where an old Java is first on the PATH, or only a part of a JDK is installed. */
  @ParameterizedTest
  @ValueSource(strings = {"", "exit 1", "echo openjdk 11.0.2 2019-01-15"})
  void javaThatIsMissingOrOlderBesideJavac_isNamedInOneLine(String java) throws Exception {
    project.program("../jdk/bin/java", java);
    if (java.isEmpty()) {
      project.remove("../jdk/bin/java");
    }

    assertThat(failures(run()))
        .singleElement()
        .asString()
        .startsWith("There is no java 17 or newer (" + directory.resolve("jdk/bin/java"))
        .endsWith("type java --version");
  }

  @Test
  void testsOnAnotherMachine_areRefused() throws Exception {
    project.program("uname", "echo Darwin arm64");
    assertThat(failures(run())).isEmpty();

    variables.put("DEPLOY_VERIFY", "true");
    assertThat(failures(run()))
        .singleElement()
        .asString()
        .contains("for Linux on amd64", "azd env set DEPLOY_VERIFY false");
  }

  @Test
  void keptZip_isCheckedBeforeAnythingIsCreatedAndNeedsNoToolsForBuilding() throws Exception {
    for (String program : List.of("mvn", "docker", "node", "npm", "curl")) {
      project.remove(program);
    }
    variables.put("DEPLOY_ZIP", "keep");
    assertThat(failures(run())).singleElement().asString().contains("there is no target/");

    project.keep(NativeCheckTest.elf(ByteOrder.LITTLE_ENDIAN, "GLIBC_2.28"));
    Result result = run();
    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  @Test
  void privateNetwork_needsItsProviderRegistered() throws Exception {
    variables.put("DEPLOY_VNET_ENABLED", "true");
    variables.put("AZURE_SUBSCRIPTION_ID", SUBSCRIPTION);
    provider("echo Registered");
    assertThat(run()).isEqualTo(new Result(0, ""));

    // As az.cmd writes it.
    provider("printf 'Registered\\r\\n'");
    assertThat(run()).isEqualTo(new Result(0, ""));

    for (String state : List.of("NotRegistered", "Registering")) {
      provider("echo " + state);
      assertThat(failures(run()))
          .singleElement()
          .asString()
          .startsWith("Microsoft.App is " + state)
          .endsWith("type " + REGISTER + " --subscription " + SUBSCRIPTION + " --wait");
    }
  }

  /** Not a failure: it may well be registered. */
  @Test
  void providerThatCannotBeRead_isANoteWithWhatToType() throws Exception {
    variables.put("DEPLOY_VNET_ENABLED", "true");
    variables.put("AZURE_SUBSCRIPTION_ID", SUBSCRIPTION);
    Result withoutAz = run();
    provider("echo 'Please run az login' >&2; exit 1");
    Result signedOut = run();

    assertThat(withoutAz.exitCode()).isZero();
    assertThat(withoutAz.output().lines())
        .singleElement()
        .asString()
        .startsWith("Note: ")
        .contains("portal", "https://shell.azure.com: " + REGISTER);
    assertThat(signedOut.exitCode()).isZero();
    assertThat(signedOut.output().lines())
        .singleElement()
        .asString()
        .startsWith("Note: ")
        .contains("az login, then: " + REGISTER);
  }

  /** Azd has not asked for the subscription yet; it runs the hook again when it has. */
  @Test
  void providerBeforeTheSubscriptionIsKnown_isNotLookedUp() throws Exception {
    provider("echo looked up >&2; exit 1");
    variables.put("DEPLOY_VNET_ENABLED", "true");
    assertThat(run()).isEqualTo(new Result(0, ""));

    variables.put("AZURE_SUBSCRIPTION_ID", SUBSCRIPTION);
    variables.put("DEPLOY_VNET_ENABLED", "false");
    assertThat(run()).isEqualTo(new Result(0, ""));
  }

  /** Where there is no PowerShell to run it: every sentence and every command is in both. */
  @Test
  void hooksForWindows_sayTheSame() {
    for (String hook : List.of("check", "package")) {
      String posix = joined("infra/hooks/" + hook + ".sh");
      String windows = joined("infra/hooks/" + hook + ".ps1");
      Set<String> sentences = new TreeSet<>(ProjectFile.all(posix, "(?:refuse|echo) \"([^\"]+)\""));
      sentences.addAll(ProjectFile.all(posix, " (-[A-Za-z]\\S+=\\S+|src/build/\\S+\\.java)"));

      assertThat(sentences).hasSizeGreaterThan(2);
      assertThat(sentences)
          .filteredOn(sentence -> !sentence.equals("$1") && !sentence.equals("$@"))
          .allSatisfy(
              sentence -> assertThat(windows).contains(sentence.replace("$1", "$Compiler")));
      // Words are compared as the template compares them, and paths are not patterns.
      assertThat(windows)
          .startsWith("#Requires -Version 7.2\n")
          .contains(
              "Set-Location -LiteralPath", "$PSNativeCommandUseErrorActionPreference = $false")
          .doesNotContain(" -eq '", " -ne '", "throw ");
    }
  }

  /** Without the ends of lines within a sentence, and what names a variable of the environment. */
  private static String joined(String hook) {
    return ProjectFile.read(hook)
        .text()
        .replaceAll("\\\\\\n *", "")
        .replaceAll("['\"] \\+\\n *['\"]", "")
        .replace("$env:", "$");
  }

  private void provider(String answer) throws IOException {
    project.program(
        "az",
        """
        [ "$*" = "provider show --namespace Microsoft.App --subscription %s \
        --query registrationState --output tsv" ] || { echo "az $*" >&2; exit 2; }
        """
                .formatted(SUBSCRIPTION)
            + answer);
  }

  /** Without the notes; none where the exit code is 0, and at least one where it is not. */
  private static List<String> failures(Result result) {
    List<String> failures =
        result.output().lines().filter(line -> !line.startsWith("Note: ")).toList();
    assertThat(result.exitCode()).as(result.output()).isEqualTo(failures.isEmpty() ? 0 : 1);
    return failures;
  }

  private Result run() throws IOException, InterruptedException {
    return project.run(variables, "check.sh");
  }
}

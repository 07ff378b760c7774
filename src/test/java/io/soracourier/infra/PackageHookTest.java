package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.infra.HookProject.Result;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script that azd runs before it publishes, in a project with a Maven that only says so. */
class PackageHookTest {
  private static final byte[] LAUNCHER = "#!/bin/sh\nexec java\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] EXECUTABLE = NativeCheckTest.elf(ByteOrder.LITTLE_ENDIAN);
  private static final Map<String, String> KEEP = Map.of("DEPLOY_ZIP", "keep");
  @TempDir Path directory;
  private HookProject project;

  @BeforeEach
  void prepare() throws IOException {
    project = HookProject.create(directory);
  }

  @Test
  void nativePackage_isBuiltInAContainerWithoutTestsAndChecked() throws Exception {
    project.keep(EXECUTABLE);

    Result result = run(Map.of("DEPLOY_GLIBC", "2.36"));

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output().lines().toList())
        .containsExactly(
            "mvn -B -Dnative=container -Dquarkus.native.container-runtime=docker"
                + " -Dquarkus.native.container-runtime-options=--platform=linux/amd64"
                + " -Dnative.glibc.bound=2.36 -Dnative.glibc.above=refuse -DskipTests package in "
                + directory.toRealPath(),
            "Native executable: 0.0 MiB, needs no glibc");
    assertThat(run(Map.of()).output()).contains(" -Dnative.glibc.bound=2.31 ");
  }

  @Test
  void nativePackage_isTestedWhenWanted() throws Exception {
    project.keep(EXECUTABLE);

    Result result = run(Map.of("DEPLOY_VERIFY", "true"));

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).contains(" -Dnative.glibc.above=refuse verify in ");
    assertThat(run(Map.of("DEPLOY_VERIFY", "false")).output()).contains(" -DskipTests package in ");
  }

  /** Quarkus asks docker only, where both are installed. */
  @ParameterizedTest
  @CsvSource({
    "exit 1, podman",
    "'', docker",
    "'if [ $1 = --version ]; then echo podman version 5.4.2; fi', podman",
    "'if [ $1 = --version ]; then echo Docker version 28.0.1, build 068a01e; fi', docker"
  })
  void packageIsBuilt_byTheEngineThatAnswers(String docker, String engine) throws Exception {
    project.keep(EXECUTABLE);
    project.program("docker", docker);
    project.program("podman", "");

    Result result = run(Map.of());

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).contains(" -Dquarkus.native.container-runtime=" + engine + " ");
  }

  @Test
  void failedBuild_endsWithItsExitCode() throws Exception {
    project.program(
        "mvn", "[ \"$1\" != -version ] || { echo Apache Maven 3.9.9; exit; }\nexit 3\n");

    assertThat(run(Map.of())).isEqualTo(new Result(3, ""));
  }

  /** The profile for it was not there, or the builder made nothing. */
  @Test
  void buildThatLeavesThePackageForTheJvm_isRefused() throws Exception {
    project.keep(LAUNCHER);

    Result result = run(Map.of());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("only the native one is deployed");
  }

  @Test
  void keptZip_isLeftAsItIsAndNeedsNoToolsForBuilding() throws Exception {
    byte[] zip = project.keep(EXECUTABLE);
    for (String program : List.of("mvn", "docker", "node", "npm")) {
      project.remove(program);
    }

    Result result = run(KEEP);

    assertThat(result).isEqualTo(new Result(0, "Native executable: 0.0 MiB, needs no glibc\n"));
    assertThat(directory.resolve(HookProject.ZIP)).hasBinaryContent(zip);
  }

  @Test
  void keptZipWithAnExecutableAboveTheBound_isRefusedUnlessConfigured() throws Exception {
    project.keep(NativeCheckTest.elf(ByteOrder.LITTLE_ENDIAN, "GLIBC_2.34"));

    Result refused = run(KEEP);
    Result allowed = run(Map.of("DEPLOY_ZIP", "keep", "DEPLOY_GLIBC", "2.36"));

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output()).contains("needs glibc 2.34", "not for publishing");
    assertThat(allowed.exitCode()).as(allowed.output()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"LF", "CRLF"})
  void keptZipForTheJvm_isRefusedInOneLine(String lineEnd) throws Exception {
    String launcher = new String(LAUNCHER, StandardCharsets.UTF_8);
    project.keep(
        (lineEnd.equals("LF") ? launcher : launcher.replace("\n", "\r\n"))
            .getBytes(StandardCharsets.UTF_8));

    Result refused = run(KEEP);

    assertThat(refused)
        .isEqualTo(
            new Result(
                1,
                "target/function-app.zip holds the package for the JVM, and only the native one is"
                    + " deployed. To have it built, type: azd env set DEPLOY_ZIP build\n"));
  }

  @ParameterizedTest
  @CsvSource({"30", "-1", "0", "200"})
  void keptZipThatIsNotWhole_isRefusedInOneLine(int cut) throws Exception {
    byte[] whole = project.keep(EXECUTABLE);
    int length = cut < 0 ? 0 : cut == 0 ? 10 : whole.length - cut;
    Files.write(directory.resolve(HookProject.ZIP), Arrays.copyOf(whole, length));

    Result truncated = run(KEEP);

    assertThat(truncated.exitCode()).isEqualTo(1);
    assertThat(truncated.output().lines())
        .singleElement()
        .asString()
        .startsWith("target/function-app.zip is not a whole zip: ");
  }

  @Test
  void keptZipWithADamagedExecutable_isRefusedInOneLine() throws Exception {
    byte[] zip = project.keep(EXECUTABLE);
    String text = new String(zip, StandardCharsets.ISO_8859_1);
    int data = text.indexOf("sora-courier") + "sora-courier".length();
    Arrays.fill(zip, data, data + 20, (byte) 0xff);
    Files.write(directory.resolve(HookProject.ZIP), zip);

    Result damaged = run(KEEP);

    assertThat(damaged.exitCode()).isEqualTo(1);
    assertThat(damaged.output().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "host.json, no host.json",
    "sora-courier, no sora-courier",
    "CopyVideo/function.json, no folder with a function.json"
  })
  void keptZipInWhichSomethingIsMissing_isRefusedByItsName(String name, String missing)
      throws Exception {
    Result refused = refused(zip -> Files.delete(zip.getPath(name)));

    assertThat(refused.output())
        .isEqualTo(
            ("target/function-app.zip has %s: the function app does not start from it. Take the zip"
                    + " of a build as it is, not packed again, or type: azd env set DEPLOY_ZIP"
                    + " build\n")
                .formatted(missing));
  }

  /** As from a zip that was packed again on Windows, or with a careless umask. */
  @ParameterizedTest
  @CsvSource({"''", "rw-r--r--", "rwxr--r--"})
  void keptZipWhoseExecutableHasNoExecuteBit_isRefused(String permissions) throws Exception {
    Result refused =
        refused(
            zip ->
                HookProject.setPermissions(
                    zip.getPath("sora-courier"), permissions.isEmpty() ? null : permissions));

    assertThat(refused.output()).contains("has no execute bit on sora-courier: ");
    assertThat(refused.output().lines()).hasSize(1);
  }

  @Test
  void keptZipOfAFolder_isRefusedWithAllThatIsMissing() throws Exception {
    Result refused =
        refused(
            zip -> {
              Files.delete(zip.getPath("sora-courier"));
              Files.createDirectory(zip.getPath("sora-courier"));
              Files.move(zip.getPath("host.json"), zip.getPath("sora-courier", "host.json"));
            });

    assertThat(refused.output()).contains("has no host.json, no sora-courier: ");
  }

  @Test
  void keptZipThatIsMissing_isAnError() throws Exception {
    assertThat(run(KEEP))
        .isEqualTo(
            new Result(
                1,
                "DEPLOY_ZIP=keep, but there is no target/function-app.zip: type azd env set"
                    + " DEPLOY_ZIP build\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "DEPLOY_PACKAGE, jvm",
    "DEPLOY_PACKAGE, JVM",
    "DEPLOY_PACKAGE, Native",
    "DEPLOY_ZIP, KEEP",
    "DEPLOY_ZIP, true",
    "DEPLOY_VERIFY, TRUE",
    "DEPLOY_GLIBC, new"
  })
  void otherWord_isRefusedInOneLineAndNothingIsBuilt(String variable, String word)
      throws Exception {
    project.keep(EXECUTABLE);

    Result result = run(Map.of(variable, word));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output().lines())
        .singleElement()
        .asString()
        .startsWith(variable + " is '" + word + "': ")
        .contains(" Type: azd env set " + variable + " ");
  }

  /** Of a package in which something was changed. */
  private Result refused(Change change) throws IOException, InterruptedException {
    project.keep(EXECUTABLE);
    try (FileSystem zip = FileSystems.newFileSystem(directory.resolve(HookProject.ZIP))) {
      change.apply(zip);
    }
    Result refused = run(KEEP);
    assertThat(refused.exitCode()).as(refused.output()).isEqualTo(1);
    return refused;
  }

  private interface Change {
    void apply(FileSystem zip) throws IOException;
  }

  private Result run(Map<String, String> variables) throws IOException, InterruptedException {
    return project.run(variables, "package.sh");
  }
}

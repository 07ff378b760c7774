package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script that azd runs before it publishes, in a project with a Maven that only says so. */
class PackageHookTest {
  private static final String HOOK = "infra/hooks/package.sh";
  static final List<String> CHECKS =
      List.of("src/build/PackageCheck.java", "src/build/NativeCheck.java");
  private static final String ZIP = "target/function-app.zip";
  private static final byte[] LAUNCHER = "#!/bin/sh\nexec java\n".getBytes(StandardCharsets.UTF_8);
  @TempDir Path project;

  /**
   * @param output both streams
   */
  private record Result(int exitCode, String output) {}

  @BeforeEach
  void prepare() throws IOException {
    Path hook = project.resolve(HOOK);
    Files.createDirectories(hook.getParent());
    Files.createDirectories(project.resolve("bin"));
    Files.createDirectories(project.resolve("src/build"));
    for (String check : CHECKS) {
      Files.copy(Path.of(check), project.resolve(check));
    }
    Files.copy(Path.of(HOOK), hook);
    program(hook, Files.readString(hook));
    program(project.resolve("bin/mvn"), "#!/bin/sh\necho \"mvn $* in $(pwd -P)\"\n");
    program(project.resolve("bin/docker"), "#!/bin/sh\n");
  }

  @Test
  void jvm_buildsAndTests() throws Exception {
    Result result = run(Map.of("DEPLOY_PACKAGE", "jvm"));

    assertThat(result).isEqualTo(new Result(0, "mvn -B verify in " + project.toRealPath() + "\n"));
  }

  @Test
  void nativePackage_isBuiltInAContainerAndRefusedAboveTheBound() throws Exception {
    Result result = run(Map.of("DEPLOY_GLIBC", "2.36"));

    assertThat(result.exitCode()).isZero();
    assertThat(result.output())
        .startsWith("mvn -B -Dnative=container ")
        .contains(" -Dnative.glibc.bound=2.36 -Dnative.glibc.above=refuse ");
    assertThat(run(Map.of()).output()).contains(" -Dnative.glibc.bound=2.31 ");
  }

  @Test
  void keptZip_isLeftAsItIs() throws Exception {
    byte[] zip = keep(LAUNCHER);

    Result result = run(Map.of("DEPLOY_ZIP", "keep", "DEPLOY_PACKAGE", "jvm"));

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output().lines()).singleElement().asString().contains("runs on a JVM");
    assertThat(project.resolve(ZIP)).hasBinaryContent(zip);
  }

  @Test
  void keptZipWithAnExecutableAboveTheBound_isRefusedUnlessConfigured() throws Exception {
    keep(NativeCheckTest.elf(ByteOrder.LITTLE_ENDIAN, "GLIBC_2.34"));

    Result refused = run(Map.of("DEPLOY_ZIP", "keep"));
    Result allowed = run(Map.of("DEPLOY_ZIP", "keep", "DEPLOY_GLIBC", "2.36"));

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output()).contains("needs glibc 2.34", "not for publishing");
    assertThat(allowed.exitCode()).as(allowed.output()).isZero();
  }

  @Test
  void keptZipOfTheOtherKind_isRefused() throws Exception {
    keep(LAUNCHER);
    Result jvmForNative = run(Map.of("DEPLOY_ZIP", "keep"));
    Result jvmForNativeInWords = run(Map.of("DEPLOY_ZIP", "keep", "DEPLOY_PACKAGE", "native"));
    keep(NativeCheckTest.elf(ByteOrder.LITTLE_ENDIAN, "GLIBC_2.28"));
    Result nativeForJvm = run(Map.of("DEPLOY_ZIP", "keep", "DEPLOY_PACKAGE", "jvm"));
    Result nativeForNative = run(Map.of("DEPLOY_ZIP", "keep"));

    assertThat(jvmForNative.exitCode()).isEqualTo(1);
    assertThat(jvmForNative.output())
        .contains("holds a package of the kind jvm, and DEPLOY_PACKAGE is native");
    assertThat(jvmForNativeInWords).isEqualTo(jvmForNative);
    assertThat(nativeForJvm.exitCode()).isEqualTo(1);
    assertThat(nativeForJvm.output())
        .contains("holds a package of the kind native, and DEPLOY_PACKAGE is jvm");
    assertThat(nativeForNative.exitCode()).as(nativeForNative.output()).isZero();
  }

  @Test
  void keptZipThatCannotStart_isRefusedInOneLine() throws Exception {
    keep("#!/bin/sh\r\nexec java\r\n".getBytes(StandardCharsets.UTF_8));
    Result windows = run(Map.of("DEPLOY_ZIP", "keep", "DEPLOY_PACKAGE", "jvm"));
    byte[] whole = keep(LAUNCHER);
    Files.write(project.resolve(ZIP), Arrays.copyOf(whole, whole.length - 30));
    Result truncated = run(Map.of("DEPLOY_ZIP", "keep", "DEPLOY_PACKAGE", "jvm"));

    assertThat(windows.exitCode()).isEqualTo(1);
    assertThat(windows.output()).contains("a launcher whose lines end as on Windows");
    assertThat(truncated.exitCode()).isEqualTo(1);
    assertThat(truncated.output()).contains("is not a whole zip");
    assertThat(truncated.output().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "jvm, host.json, no host.json",
    "native, host.json, no host.json",
    "jvm, sora-courier, no sora-courier",
    "native, sora-courier, no sora-courier",
    "jvm, sora-courier.jar, no sora-courier.jar",
    "jvm, CopyVideo/function.json, no folder with a function.json",
    "native, CopyVideo/function.json, no folder with a function.json"
  })
  void keptZipInWhichSomethingIsMissing_isRefusedByItsName(String kind, String name, String missing)
      throws Exception {
    Result refused = refused(kind, zip -> Files.delete(zip.getPath(name)));

    assertThat(refused.output())
        .isEqualTo(
            ("target/function-app.zip has %s: the function app does not start from it. Unset"
                    + " DEPLOY_ZIP to build it, or take the zip of a build as it is, not packed"
                    + " again.\n")
                .formatted(missing));
  }

  /** As from a zip that was packed again on Windows, or with a careless umask. */
  @ParameterizedTest
  @CsvSource({"jvm, ", "native, ", "jvm, rw-r--r--", "native, rwxr--r--"})
  void keptZipWhoseExecutableHasNoExecuteBit_isRefused(String kind, String permissions)
      throws Exception {
    Result refused = refused(kind, zip -> setPermissions(zip.getPath("sora-courier"), permissions));

    assertThat(refused.output()).contains("has no execute bit on sora-courier: ");
    assertThat(refused.output().lines()).hasSize(1);
  }

  @Test
  void keptZipOfAFolder_isRefusedWithAllThatIsMissing() throws Exception {
    Result refused =
        refused(
            "jvm",
            zip -> {
              Files.delete(zip.getPath("sora-courier"));
              Files.createDirectory(zip.getPath("sora-courier"));
              for (String name : List.of("host.json", "sora-courier.jar")) {
                Files.move(zip.getPath(name), zip.getPath("sora-courier", name));
              }
            });

    assertThat(refused.output()).contains("has no host.json, no sora-courier, no sora-courier.jar");
  }

  @ParameterizedTest
  @CsvSource({
    "DEPLOY_PACKAGE, JVM, DEPLOY_PACKAGE is 'JVM': use native or jvm",
    "DEPLOY_PACKAGE, jar, DEPLOY_PACKAGE is 'jar': use native or jvm",
    "DEPLOY_ZIP, KEEP, 'DEPLOY_ZIP is ''KEEP'': use keep, or unset it to build'",
    "DEPLOY_ZIP, true, 'DEPLOY_ZIP is ''true'': use keep, or unset it to build'"
  })
  void otherWord_isRefused(String variable, String word, String message) throws Exception {
    keep(LAUNCHER);

    Map<String, String> variables = new HashMap<>(Map.of("DEPLOY_PACKAGE", "jvm"));
    variables.put(variable, word);
    Result result = run(variables);
    variables.putIfAbsent("DEPLOY_ZIP", "keep");

    assertThat(result).isEqualTo(new Result(1, message + "\n"));
    assertThat(run(variables)).isEqualTo(result);
  }

  @Test
  void missingProgram_isNamed() throws Exception {
    keep(LAUNCHER);
    String noJava = project.resolve("no-java").toString();

    Result java = run(Map.of("DEPLOY_ZIP", "keep", "DEPLOY_PACKAGE", "jvm", "JAVA_HOME", noJava));
    Files.delete(project.resolve("bin/mvn"));
    Result maven = run(Map.of("DEPLOY_PACKAGE", "jvm", "PATH", toolsOnly().toString()));

    assertThat(java)
        .isEqualTo(
            new Result(
                1, "There is no " + noJava + "/bin/java: set JAVA_HOME to a JDK 17 or newer\n"));
    assertThat(maven).isEqualTo(new Result(1, "Maven 3.8 or newer is not on the PATH (mvn)\n"));
  }

  /** A folder with what the script itself runs, and no Maven. */
  private Path toolsOnly() throws IOException {
    Path tools = Files.createDirectory(project.resolve("tools"));
    for (String tool : List.of("dirname", "uname")) {
      program(tools.resolve(tool), "#!/bin/sh\nexec /usr/bin/%s \"$@\"\n".formatted(tool));
    }
    return tools;
  }

  /** Both scripts are one: what the test above says of the one is true of the other. */
  @Test
  void hookForWindows_saysAndPassesTheSame() {
    ProjectFile windows = ProjectFile.read("infra/hooks/package.ps1");
    for (String sentence :
        List.of(
            "use native or jvm",
            "use keep, or unset it to build",
            "DEPLOY_ZIP=keep, but there is no target/function-app.zip",
            "set JAVA_HOME to a JDK 17 or newer",
            "Maven 3.8 or newer is not on the PATH (mvn)",
            "There is no container engine that answers",
            "-Dquarkus.native.container-runtime-options=--platform=linux/amd64",
            "-Dnative.glibc.above=refuse")) {
      assertThat(ProjectFile.read(HOOK).text()).contains(sentence);
      assertThat(windows.text()).contains(sentence);
    }
    assertThat(ProjectFile.read(HOOK).text())
        .contains("PackageCheck.java target/function-app.zip \"$package\"\n")
        .contains("NativeCheck.java target/function-app.zip \"$glibc\" refuse\n");
    assertThat(windows.text())
        .contains(
            "PackageCheck.java target/function-app.zip $package\n"
                + "  if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }\n")
        .contains("NativeCheck.java target/function-app.zip $glibc refuse\n")
        // Words are compared as the template compares them, and paths are not patterns.
        .doesNotContain(" -eq 'keep'", " -eq 'native'", " -eq 'jvm'")
        .contains("Set-Location -LiteralPath", "#Requires -Version 7.2");
  }

  @Test
  void nativePackageWithoutAContainerEngine_isRefusedBeforeAnythingIsBuilt() throws Exception {
    program(project.resolve("bin/docker"), "#!/bin/sh\nexit 1\n");
    program(project.resolve("bin/podman"), "#!/bin/sh\nexit 1\n");

    Result result = run(Map.of());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output())
        .startsWith("There is no container engine that answers")
        .contains("azd env set DEPLOY_PACKAGE jvm")
        .doesNotContain("mvn");
  }

  /** Of a package in which something was changed. */
  private Result refused(String kind, Change change) throws IOException, InterruptedException {
    keep(kind.equals("jvm") ? LAUNCHER : NativeCheckTest.elf(ByteOrder.LITTLE_ENDIAN));
    try (FileSystem zip = FileSystems.newFileSystem(project.resolve(ZIP))) {
      change.apply(zip);
    }
    Result refused = run(Map.of("DEPLOY_ZIP", "keep", "DEPLOY_PACKAGE", kind));
    assertThat(refused.exitCode()).as(refused.output()).isEqualTo(1);
    return refused;
  }

  private interface Change {
    void apply(FileSystem zip) throws IOException;
  }

  private byte[] keep(byte[] executable) throws IOException {
    zip(project.resolve(ZIP), executable);
    return Files.readAllBytes(project.resolve(ZIP));
  }

  /** A package whose files have nothing in them but the executable. */
  static void zip(Path file, byte[] executable) throws IOException {
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    try (FileSystem zip = FileSystems.newFileSystem(file, Map.of("create", true))) {
      Files.createDirectory(zip.getPath("CopyVideo"));
      for (String name : List.of("host.json", "CopyVideo/function.json")) {
        Files.writeString(zip.getPath(name), "{}");
      }
      if (executable[0] == '#') {
        Files.writeString(zip.getPath("sora-courier.jar"), "");
      }
      setPermissions(Files.write(zip.getPath("sora-courier"), executable), "rwxr-xr-x");
    }
  }

  /**
   * @param permissions null for none, as in a zip from Windows
   */
  private static void setPermissions(Path inZip, String permissions) throws IOException {
    Object bits = permissions == null ? null : PosixFilePermissions.fromString(permissions);
    Files.setAttribute(inZip, "zip:permissions", bits);
  }

  @Test
  void keptZipThatIsMissing_isAnError() throws Exception {
    Result result = run(Map.of("DEPLOY_ZIP", "keep", "DEPLOY_PACKAGE", "jvm"));

    assertThat(result)
        .isEqualTo(new Result(1, "DEPLOY_ZIP=keep, but there is no target/function-app.zip\n"));
  }

  private Result run(Map<String, String> variables) throws IOException, InterruptedException {
    ProcessBuilder hook =
        new ProcessBuilder(project.resolve(HOOK).toString())
            .directory(project.getParent().toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = hook.environment();
    environment.keySet().removeIf(name -> name.startsWith("DEPLOY_"));
    environment.putAll(variables);
    environment.put("PATH", project.resolve("bin") + ":" + environment.get("PATH"));
    Process process = hook.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private static void program(Path path, String script) throws IOException {
    Files.writeString(path, script);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}

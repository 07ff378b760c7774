package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that azd runs before it publishes, in a project with a Maven that only says so. */
class PackageHookTest {
  private static final String HOOK = "infra/hooks/package.sh";
  private static final String CHECK = "src/build/NativeCheck.java";
  private static final String ZIP = "target/function-app.zip";
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
    Files.createDirectories(project.resolve(CHECK).getParent());
    Files.copy(Path.of(CHECK), project.resolve(CHECK));
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
  void unknownPackage_isRefusedBeforeAnythingIsBuilt() throws Exception {
    Result result = run(Map.of("DEPLOY_PACKAGE", "jar"));

    assertThat(result).isEqualTo(new Result(1, "DEPLOY_PACKAGE is 'jar': use native or jvm\n"));
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
    byte[] zip = keep("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));

    Result result = run(Map.of("DEPLOY_ZIP", "keep"));

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output().lines()).singleElement().asString().contains("runs on a JVM");
    assertThat(project.resolve(ZIP)).hasBinaryContent(zip);
  }

  @Test
  void keptZipWithAnExecutableAboveTheBound_isRefusedUnlessToldOtherwise() throws Exception {
    keep(NativeCheckTest.elf(ByteOrder.LITTLE_ENDIAN, "GLIBC_2.34"));

    Result refused = run(Map.of("DEPLOY_ZIP", "keep"));
    Result allowed = run(Map.of("DEPLOY_ZIP", "keep", "DEPLOY_GLIBC", "2.36"));

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output()).contains("needs glibc 2.34", "not for publishing");
    assertThat(allowed.exitCode()).as(allowed.output()).isZero();
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

  private byte[] keep(byte[] executable) throws IOException {
    Path zip = project.resolve(ZIP);
    Files.createDirectories(zip.getParent());
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.putNextEntry(new ZipEntry("sora-courier"));
      out.write(executable);
    }
    return Files.readAllBytes(zip);
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

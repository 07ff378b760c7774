package io.soracourier.infra;

import io.soracourier.local.PowerShell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/**
 * A project with the hooks of azd and what they run, on a machine that has the programs of one
 * folder and no others: Maven, a container engine and the rest only print that they were run.
 *
 * @param directory where the project is
 */
record HookProject(Path directory) {
  static final Path ZIP = Path.of("target/function-app.zip");

  private static final List<String> FILES =
      List.of(
          "infra/hooks/check.sh",
          "infra/hooks/check.ps1",
          "infra/hooks/package.sh",
          "infra/hooks/package.ps1",
          "infra/hooks/retry.sh",
          "src/build/DeployCheck.java",
          "src/build/NativeCheck.java",
          "src/build/PackageCheck.java");

  /**
   * @param output both streams
   */
  record Result(int exitCode, String output) {}

  /** With every program, each of a version that is new enough. */
  static HookProject create(Path directory) throws IOException {
    HookProject project = new HookProject(directory);
    for (String file : FILES) {
      Path copy = directory.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of(file), copy);
    }
    Files.createDirectories(directory.resolve("bin"));
    project.program("dirname", "exec /usr/bin/dirname \"$@\"");
    project.program("uname", "echo Linux x86_64");
    project.program(
        "mvn",
        """
        if [ "$1" = -version ]; then echo "Apache Maven 3.9.9 (8e85)"; exit 0; fi
        echo "mvn $* in $(pwd -P)"
        """);
    project.program("node", "echo v24.1.0");
    for (String name :
        List.of("docker", "npm", "curl", "ffmpeg", "python3", "shellcheck", "chromium")) {
      project.program(name, "");
    }
    project.java();
    Files.writeString(
        directory.resolve("infra/main.bicep"),
        """

        param endpoint string = ''

        param harvestEnabled bool = false

        param vnetEnabled bool = false
        """);
    Files.writeString(
        directory.resolve("infra/main.parameters.json"),
        """
        { "parameters": {
          "endpoint": { "value": "${DEPLOY_ENDPOINT=}" },
          "harvestEnabled": { "value": "${DEPLOY_HARVEST=false}" },
          "vnetEnabled": { "value": "${DEPLOY_VNET_ENABLED=false}" }
        } }
        """);
    return project;
  }

  /**
   * A JDK whose {@code java Name.java} runs what was compiled before: it takes a tenth of the time.
   */
  private void java() throws IOException {
    Files.createDirectories(directory.resolve("jdk/bin"));
    program("../jdk/bin/javac", "echo javac 17.0.1");
    program(
        "../jdk/bin/java",
        """
        if [ "$1" = --version ]; then echo "openjdk 17.0.1 2021-10-19"; exit 0; fi
        source=$1
        shift
        name=${source##*/}
        exec "%s/bin/java" -cp "%s" "${name%%.java}" "$@"
        """
            .formatted(System.getProperty("java.home"), Classes.DIRECTORY));
  }

  /** Of the checks, compiled once for all tests. */
  private static class Classes {
    static final Path DIRECTORY = compile();

    private static Path compile() {
      Path classes = Path.of("target/hook-checks").toAbsolutePath();
      List<String> words =
          new ArrayList<>(List.of("-proc:none", "-encoding", "UTF-8", "-d", classes.toString()));
      FILES.stream().filter(file -> file.endsWith(".java")).forEach(words::add);
      if (ToolProvider.getSystemJavaCompiler()
              .run(null, null, System.err, words.toArray(String[]::new))
          != 0) {
        throw new IllegalStateException("the checks in src/build cannot be compiled");
      }
      return classes;
    }
  }

  void program(String name, String script) throws IOException {
    Path path = directory.resolve("bin").resolve(name);
    Files.deleteIfExists(path);
    Files.writeString(path, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  void remove(String program) throws IOException {
    Files.delete(directory.resolve("bin").resolve(program));
  }

  /** Runs a hook from another folder, as azd may. */
  Result run(Map<String, String> variables, String hook, String... arguments)
      throws IOException, InterruptedException {
    String script = directory.resolve("infra/hooks").resolve(hook).toString();
    List<String> command = new ArrayList<>();
    command.addAll(
        hook.endsWith(".ps1") ? PowerShell.command(List.of("-File", script)) : List.of(script));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.getParent().toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.matches("(DEPLOY|AZURE)_.*"));
    environment.put("JAVA_HOME", directory.resolve("jdk").toString());
    environment.put("PATH", directory.resolve("bin").toString());
    environment.putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  /** Puts a package into {@code target} whose files have nothing in them but the executable. */
  byte[] keep(byte[] executable) throws IOException {
    Path file = directory.resolve(ZIP);
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    try (FileSystem zip = FileSystems.newFileSystem(file, Map.of("create", true))) {
      Files.createDirectory(zip.getPath("CopyVideo"));
      for (String name : List.of("host.json", "CopyVideo/function.json")) {
        Files.writeString(zip.getPath(name), "{}");
      }
      setPermissions(Files.write(zip.getPath("sora-courier"), executable), "rwxr-xr-x");
    }
    return Files.readAllBytes(file);
  }

  /**
   * @param permissions null for none, as in a zip from Windows
   */
  static void setPermissions(Path inZip, String permissions) throws IOException {
    Object bits = permissions == null ? null : PosixFilePermissions.fromString(permissions);
    Files.setAttribute(inZip, "zip:permissions", bits);
  }
}

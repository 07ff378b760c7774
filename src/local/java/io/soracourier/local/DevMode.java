package io.soracourier.local;

import java.nio.file.Path;
import java.util.List;

/**
 * Quarkus's dev mode as the handler, in place of the packaged executable: it compiles and reloads
 * what has changed in {@code src/main} before it serves the next request. The host starts Maven,
 * and Maven starts the app, which listens on the port that the host has chosen.
 */
final class DevMode {
  /** Dev mode needs 3.9; the Maven that builds the project may be older. */
  private static final String MAVEN = "3.9.11";

  private static final String UNPACK =
      "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:unpack";
  private static final String HANDLER = "AzureFunctionsJobHost__customHandler__";

  private DevMode() {}

  /**
   * @param project the folder of the {@code pom.xml}, whose classes have been compiled
   * @throws LocalStackException when there is no Maven for it
   */
  static LocalStack.Builder apply(LocalStack.Builder stack, Path project) {
    return stack
        .setting(HANDLER + "description__defaultExecutablePath", maven().toString())
        .setting(HANDLER + "description__workingDirectory", project.toString())
        // The first start downloads what dev mode consists of.
        .setting(HANDLER + "initializationTimeout", "00:10:00")
        .machineOptions(
            "--batch-mode",
            "--quiet",
            "quarkus:dev",
            // Dev mode compiles. Maven would do it in the folder from which this process loads its
            // classes, and a restart would fail while the sources contain an error.
            "-Dmaven.main.skip",
            "-Dmaven.test.skip",
            "-Dfmt.skip",
            "-Ddebug=false",
            "-Dquarkus.console.enabled=false",
            "-Dquarkus.test.continuous-testing=disabled",
            "-Dquarkus.analytics.disabled=true")
        .setting("QUARKUS_LIVE_RELOAD_WATCHED_RESOURCES", "console/*")
        .neverGivingUp();
  }

  /** The executable of a Maven that is downloaded as an artifact, by the Maven that is there. */
  private static Path maven() {
    Path folder = ProjectDirectory.path().resolve("target/maven");
    String home = System.getProperty("maven.home", "");
    String mvn = home.isEmpty() ? "mvn" : Path.of(home, "bin", "mvn").toString();
    Command unpack =
        Command.run(
            ProjectDirectory.path(),
            List.of(
                mvn,
                "--batch-mode",
                "--quiet",
                UNPACK,
                "-Dartifact=org.apache.maven:apache-maven:%s:tar.gz:bin".formatted(MAVEN),
                "-DoutputDirectory=" + folder));
    if (unpack.exitCode() != 0) {
      throw new LocalStackException(
          "dev mode needs Maven %s, and '%s' cannot download it: %s"
              .formatted(MAVEN, mvn, String.join("\n", unpack.lines())));
    }
    return folder.resolve("apache-maven-%s/bin/mvn".formatted(MAVEN));
  }
}

package io.soracourier.examples;

import static java.util.stream.Collectors.joining;

import io.soracourier.local.Command;
import io.soracourier.local.DebianTool;
import io.soracourier.local.ProjectDirectory;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The programs of {@code src/examples} that can be run here, each as a user runs it. */
enum Example {
  JAVA("java/ReadOutcomes.java"),
  PYTHON("python/read_outcomes.py");

  /** What Maven brings with azure-storage-queue, and nothing of this project. */
  private static final Pattern LIBRARIES =
      Pattern.compile(
          ".*/(com/azure|com/fasterxml/jackson|io/projectreactor|org/reactivestreams|org/slf4j)/.*\\.jar");

  /** Else SLF4J warns at the start that it has none. */
  private static final String NO_LOGGER = "-Dslf4j.internal.verbosity=ERROR";

  private final String file;

  Example(String file) {
    this.file = file;
  }

  /** Runs it until the queue is empty. */
  Command runOnce(Path directory, Map<String, String> environment) {
    List<String> words = command(environment);
    words.add("--once");
    return Command.run(directory, words);
  }

  /** With nothing else in its environment, and interrupted by Ctrl-C wherever Maven was started. */
  List<String> command(Map<String, String> environment) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "env",
                "-i",
                "--default-signal=INT",
                "PATH=" + System.getenv("PATH"),
                "HOME=" + System.getProperty("user.home"),
                "LC_ALL=C.UTF-8"));
    environment.forEach((name, value) -> words.add(name + "=" + value));
    words.addAll(
        this == PYTHON
            ? List.of(DebianTool.PYTHON3.path().toString())
            : List.of(
                System.getProperty("java.home") + "/bin/java", NO_LOGGER, "-cp", libraries()));
    words.add(ProjectDirectory.path().resolve("src/examples").resolve(file).toString());
    return words;
  }

  private static String libraries() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(classPath.split(File.pathSeparator))
        .filter(LIBRARIES.asMatchPredicate())
        .collect(joining(File.pathSeparator));
  }
}

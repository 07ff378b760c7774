package io.soracourier.bench;

import io.soracourier.local.Command;
import io.soracourier.local.ProgramMissingException;
import io.soracourier.local.ProjectDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must be known of a machine and a run to compare its figures with others. */
final class Facts {
  static final String NONE = "not here";

  private Facts() {}

  static Map<String, String> gather(BenchOptions options, List<Program> programs, String storage) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("command", command(options));
    facts.put("commit", Tools.version("git", "describe", "--always", "--dirty").orElse(NONE));
    facts.put("processor", find("/proc/cpuinfo", "model name\\s*: (.*)"));
    facts.put("cores", "" + Runtime.getRuntime().availableProcessors());
    facts.put("memory", gibibytes(find("/proc/meminfo", "MemTotal:\\s*(\\d+) kB")));
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("load before", find("/proc/loadavg", "(\\S+ \\S+ \\S+)"));
    facts.put("java", java());
    facts.put("native courier", nativeCourier(programs));
    facts.put("rclone", Tools.rclone().orElse(NONE));
    facts.put("curl", Tools.curl().orElse(NONE));
    facts.put("cc", Tools.compiler().orElse(NONE));
    facts.put("node", Tools.version("node", "--version").orElse(NONE));
    facts.put("Azurite", azurite() + ", " + storage);
    return facts;
  }

  private static String command(BenchOptions options) {
    StringBuilder command = new StringBuilder("mvn -Pbench");
    if (options.quick()) {
      command.append(" -Dbench.quick=true");
    }
    if (options.parts().size() < Part.values().length) {
      List<String> codes = options.parts().stream().map(Part::code).toList();
      command.append(" -Dbench.parts=").append(String.join(",", codes));
    }
    options.nativeExecutable().ifPresent(file -> command.append(" -Dbench.native=…"));
    options.jvmLauncher().ifPresent(file -> command.append(" -Dbench.jvm=…"));
    if (!options.heap().equals(BenchOptions.DEFAULT_HEAP)) {
      command.append(" -Dbench.heap=").append(options.heap());
    }
    return "`" + command + "`";
  }

  /** The one that the courier's launcher takes, asked as it is, because it need not be this one. */
  private static String java() {
    String home = System.getenv("JAVA_HOME");
    String program = home == null || home.isEmpty() ? "java" : home + "/bin/java";
    try {
      return Command.run(Path.of(""), List.of(program, "-version")).lines().stream()
          .limit(2)
          .reduce((version, build) -> version + ", " + build)
          .orElse(NONE);
    } catch (ProgramMissingException e) {
      return NONE;
    }
  }

  private static String nativeCourier(List<Program> programs) {
    Optional<Path> file =
        programs.stream().filter(Program::isNative).map(Program::executable).findFirst();
    try {
      return file.isEmpty()
          ? NONE
          : Numbers.text(Numbers.mebibytes(Files.size(file.get()))) + " MiB";
    } catch (IOException e) {
      return NONE;
    }
  }

  private static String azurite() {
    return find(
        ProjectDirectory.path()
            .resolve("src/local/azurite/node_modules/azurite/package.json")
            .toString(),
        "\"version\": \"([^\"]+)\"");
  }

  private static String gibibytes(String kibibytes) {
    return kibibytes.equals(NONE)
        ? NONE
        : Numbers.text(Long.parseLong(kibibytes) / 1048576.0) + " GiB";
  }

  static String find(String file, String pattern) {
    try {
      Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
      return matcher.find() ? matcher.group(1) : NONE;
    } catch (IOException e) {
      return NONE;
    }
  }
}

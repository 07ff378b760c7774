package io.soracourier.bench;

import io.soracourier.local.ChildProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a line of shell and measures the programs in it: the time until it ends, their processor
 * time, which the shell reads about its own children before it ends, and their resident memory,
 * watched from outside.
 */
final class Shell {
  private static final Duration MAX_TIME = Duration.ofMinutes(20);
  private static final String THEN_TELL = "; code=$?; cat /proc/$$/stat; exit $code";

  private final Path directory;
  private final Map<String, String> environment;

  /**
   * @param environment what the programs see in addition to this process's own
   */
  Shell(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = environment;
  }

  Usage run(String line) {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", line + THEN_TELL)
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      long start = System.nanoTime();
      Process process = ChildProcesses.watch(builder.start());
      try (ChildrenMemory memory = ChildrenMemory.watch(process.pid())) {
        if (!process.waitFor(MAX_TIME.toSeconds(), TimeUnit.SECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          ChildProcesses.kill(process);
          throw new BenchException("took longer than " + MAX_TIME + ": " + firstWord(line));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        List<String> output =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (process.exitValue() != 0) {
          throw new BenchException(
              "%s ended with %d: %s".formatted(firstWord(line), process.exitValue(), output));
        }
        return new Usage(
            seconds, ProcStat.parse(output.get(output.size() - 1)).children(), memory.peak());
      }
    } catch (IOException e) {
      throw new BenchException("cannot run " + firstWord(line), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  /** The line itself may hold a signature. */
  private static String firstWord(String line) {
    return line.replaceFirst("\\s.*", "");
  }

  /** For a shell to take as it is. */
  static String quoted(Object word) {
    return "'" + word.toString().replace("'", "'\\''") + "'";
  }
}

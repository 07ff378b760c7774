package io.soracourier.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * PowerShell 7, for the tests of the profile {@code powershell}, which run where it is installed:
 * on the runners of GitHub.
 */
public final class PowerShell {
  private PowerShell() {}

  /**
   * Runs a script as a person pastes it: it continues after an error.
   *
   * @param directory where it is written to and run
   */
  public static Command run(Path directory, String script) {
    Path file = directory.resolve("pasted.ps1");
    try {
      Files.writeString(file, script);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written", e);
    }
    return run(directory, List.of("-File", file.toString()));
  }

  /** Runs it with other words than a script's name. */
  public static Command run(Path directory, List<String> words) {
    return Command.run(directory, command(words));
  }

  /** The command that runs it with these words, also where it is not on the path. */
  public static List<String> command(List<String> words) {
    List<String> command =
        new ArrayList<>(List.of(executable().toString(), "-NoProfile", "-NonInteractive"));
    command.addAll(words);
    return command;
  }

  private static Path executable() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "pwsh"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new LocalStackException(
                    "there is no pwsh on the PATH: install PowerShell 7.2 or newer"));
  }
}

package io.soracourier.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * PowerShell 7, for the tests of the profile {@code powershell}, which run where it is installed:
 * on the runners of GitHub.
 */
public final class PowerShell {
  private PowerShell() {}

  /**
   * Runs a script as a person pastes it: it goes on after an error.
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
    List<String> command = new ArrayList<>(List.of("pwsh", "-NoProfile", "-NonInteractive"));
    command.addAll(words);
    try {
      return Command.run(directory, command);
    } catch (ProgramMissingException e) {
      throw new LocalStackException(
          "there is no pwsh on the PATH: install PowerShell 7.2 or newer");
    }
  }
}

package io.soracourier.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A program that was run to its end, and what it wrote on both of its outputs. */
public record Command(int exitCode, List<String> lines) {

  public static Command run(Path directory, List<String> words) {
    Process process;
    try {
      process =
          ChildProcesses.watch(
              new ProcessBuilder(words)
                  .directory(directory.toAbsolutePath().toFile())
                  .redirectErrorStream(true)
                  .start());
    } catch (IOException e) {
      throw new ProgramMissingException(words.get(0), e);
    }
    try {
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return new Command(process.waitFor(), output.lines().toList());
    } catch (IOException e) {
      throw new LocalStackException("cannot read what '%s' writes".formatted(words.get(0)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("interrupted while '%s' ran".formatted(words.get(0)), e);
    }
  }

  public String lastLine() {
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }
}

package io.soracourier.bench;

import io.soracourier.local.Command;
import io.soracourier.local.ProgramMissingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Other programs that this machine may have. */
final class Tools {
  private Tools() {}

  /** The first line of what a program says of its version; empty when there is no such program. */
  static Optional<String> version(String... words) {
    try {
      Command command = Command.run(Path.of(""), List.of(words));
      return command.exitCode() == 0 ? command.lines().stream().findFirst() : Optional.empty();
    } catch (ProgramMissingException e) {
      return Optional.empty();
    }
  }

  static Optional<String> curl() {
    return version("curl", "--version").map(line -> line.replaceFirst("^(\\S+ \\S+).*", "$1"));
  }

  static Optional<String> rclone() {
    return version("rclone", "version");
  }

  static Optional<String> compiler() {
    return version("cc", "--version");
  }
}

package io.soracourier.bench;

import io.soracourier.local.Command;
import io.soracourier.local.ProjectDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The smallest HTTP server that a C compiler makes. */
final class FloorServer {
  private static final String SOURCE = "src/bench/resources/bench/floor.c";

  private FloorServer() {}

  /** Empty where there is no C compiler. */
  static Optional<Path> compile(Path directory) {
    if (Tools.compiler().isEmpty()) {
      return Optional.empty();
    }
    Path program = directory.resolve("floor");
    Path source = ProjectDirectory.path().resolve(SOURCE);
    Command compiler =
        Command.run(directory, List.of("cc", "-O2", "-o", program.toString(), source.toString()));
    if (compiler.exitCode() != 0) {
      throw new BenchException("cc did not compile the floor: " + compiler.lines());
    }
    return Optional.of(program);
  }
}

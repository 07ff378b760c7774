package io.soracourier.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Packages as npm installs them from the lock file beside their {@code package.json}, once, and
 * again when it has changed: {@code src/local/azurite}, the storage, and what tests use, in {@code
 * src/test}.
 */
public final class NodePackages {
  private static final int OLDEST_NODE = 20;
  private static final String ADVICE =
      "install Node.js %d or newer, with npm (https://nodejs.org)".formatted(OLDEST_NODE);

  private final String name;
  private final Path directory;

  /**
   * @param folder that has {@code package.json} and its lock file, e.g. {@code src/local/azurite}
   */
  public NodePackages(Path projectDirectory, String folder) {
    this.directory = projectDirectory.resolve(folder).toAbsolutePath();
    this.name = directory.getFileName().toString();
  }

  /** A file of a package, to run with Node.js; all are installed first if they are not yet. */
  public Path file(String inModules) {
    requireNode();
    Path lockFile = directory.resolve("package-lock.json");
    Path modules = directory.resolve("node_modules");
    Path installed = modules.resolve(".installed-from");
    Path target = directory.resolve("../../../target").normalize();
    // The file keeps other processes out; for threads of one process it would be an error.
    synchronized (NodePackages.class) {
      try (FileChannel guard = open(target.resolve(name + ".lock"))) {
        guard.lock(); // held until the channel is closed
        if (!Files.exists(installed) || Files.mismatch(installed, lockFile) >= 0) {
          install();
          Files.copy(lockFile, installed);
        }
      } catch (IOException e) {
        throw new LocalStackException(name + ": cannot install the packages in " + directory, e);
      }
    }
    return modules.resolve(inModules);
  }

  private static FileChannel open(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private void install() {
    System.out.println("Installing the packages of " + directory + " with npm, this once");
    Command npm = Command.run(directory, List.of("npm", "ci", "--no-audit", "--no-fund"));
    if (npm.exitCode() != 0) {
      throw new LocalStackException(
          "%s: 'npm ci' in %s ended with %d: %s"
              .formatted(name, directory, npm.exitCode(), npm.lastLine()));
    }
  }

  private void requireNode() {
    String version = version("node");
    int major = Integer.parseInt(version.replaceFirst("^v?(\\d+).*", "$1"));
    if (major < OLDEST_NODE) {
      throw new LocalStackException("Node.js %s is too old: %s".formatted(version, ADVICE));
    }
    version("npm");
  }

  private String version(String program) {
    try {
      Command command = Command.run(Path.of(""), List.of(program, "--version"));
      if (command.exitCode() == 0) {
        return command.lastLine();
      }
      throw new LocalStackException(
          "'%s --version' ended with %d: %s".formatted(program, command.exitCode(), ADVICE));
    } catch (ProgramMissingException e) {
      throw new LocalStackException("'%s' is not on the PATH: %s".formatted(program, ADVICE));
    }
  }
}

package io.soracourier.e2e;

import java.nio.file.Path;

/** Where Maven runs, and what it has built there. */
final class Project {
  private Project() {}

  static Path directory() {
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  }

  static Path target() {
    return directory().resolve("target");
  }
}

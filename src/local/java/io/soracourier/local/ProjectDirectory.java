package io.soracourier.local;

import java.nio.file.Path;

/** Where the project is: Maven says so, and everything else runs in it. */
public final class ProjectDirectory {
  private ProjectDirectory() {}

  public static Path path() {
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  }
}

package io.soracourier.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Programs that tests run in addition to those that building needs, by their Debian packages. A
 * test that does not find its program fails: a skipped one would be believed to have passed.
 */
public enum DebianTool {
  CHROMIUM("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
  CURL("curl"),
  FFMPEG("ffmpeg"),
  PYTHON3("python3"),
  SHELLCHECK("shellcheck");

  private final List<String> names;

  DebianTool(String... names) {
    this.names = List.of(names);
  }

  /** The name of the Debian package. */
  public String debianPackage() {
    return names.get(0);
  }

  /**
   * Where the program is.
   *
   * @throws LocalStackException when it is not on the PATH; the message names the package
   */
  public Path path() {
    return find(System.getenv().getOrDefault("PATH", ""));
  }

  Path find(String searched) {
    return Stream.of(searched.split(File.pathSeparator))
        .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new LocalStackException(
                    "%s is not on the PATH, and this test runs it: apt-get install %s"
                        .formatted(names.get(0), debianPackage())));
  }
}

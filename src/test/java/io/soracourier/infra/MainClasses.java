package io.soracourier.infra;

import io.soracourier.function.CopyVideo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The classes of the application, loaded and not initialised. */
public final class MainClasses {
  private MainClasses() {}

  public static List<Class<?>> all() {
    return below("io/soracourier");
  }

  /** Those of a package and its sub-packages. */
  static List<Class<?>> below(String folder) {
    Path root = root();
    try (Stream<Path> files = Files.walk(root.resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .map(file -> root.relativize(file).toString().replace('/', '.'))
          .<Class<?>>map(name -> load(name.substring(0, name.length() - ".class".length())))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(root + ": cannot be listed", e);
    }
  }

  private static Path root() {
    try {
      return Path.of(CopyVideo.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, MainClasses.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}

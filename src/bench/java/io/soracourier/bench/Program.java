package io.soracourier.bench;

import io.soracourier.local.Executable;
import io.soracourier.local.ProjectDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A courier that can be started.
 *
 * @param executable the native one, or the launcher of the package for the JVM
 */
record Program(Kind kind, Path executable) {
  /** What it runs on. */
  enum Kind {
    NATIVE("native"),
    JVM("JVM");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /**
   * What is packaged, which is either, and what the command line adds.
   *
   * @throws BenchException when a file is not there or is not what it should be
   */
  static List<Program> find(BenchOptions options) {
    Optional<Path> packaged =
        Optional.of(ProjectDirectory.path().resolve("target/function-app/sora-courier"))
            .filter(Files::exists);
    List<Program> programs = new ArrayList<>();
    find(Kind.NATIVE, options.nativeExecutable(), packaged).ifPresent(programs::add);
    find(Kind.JVM, options.jvmLauncher(), packaged).ifPresent(programs::add);
    if (programs.isEmpty()) {
      throw new BenchException("no courier in target/function-app; build it with 'mvn package'");
    }
    return programs;
  }

  private static Optional<Program> find(Kind kind, Optional<Path> named, Optional<Path> packaged) {
    if (named.isPresent()) {
      Path file = ProjectDirectory.path().resolve(named.get());
      if (!Files.isExecutable(file) || kindOf(file) != kind) {
        throw new BenchException(
            "%s is no executable of the kind '%s'".formatted(named.get(), kind.title()));
      }
      return Optional.of(new Program(kind, file));
    }
    return packaged.filter(file -> kindOf(file) == kind).map(file -> new Program(kind, file));
  }

  static Kind kindOf(Path file) {
    return Executable.isNative(file) ? Kind.NATIVE : Kind.JVM;
  }

  boolean isNative() {
    return kind == Kind.NATIVE;
  }

  /**
   * What the heap is bounded by: an option of the JVM, and built into the native executable. A JVM
   * that has not enough ends, so that the benchmark says so rather than wait.
   */
  Map<String, String> heapSetting(String heap) {
    return isNative() ? Map.of() : Map.of("JAVA_OPTS", "-XX:+ExitOnOutOfMemoryError -Xmx" + heap);
  }

  String title(String heap) {
    return isNative() ? "courier, native" : "courier, JVM, -Xmx" + heap;
  }
}

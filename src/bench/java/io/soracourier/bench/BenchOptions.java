package io.soracourier.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line asks for, as system properties {@code bench.*}.
 *
 * @param quick small and twice, for trying
 * @param parts what to measure
 * @param nativeExecutable a native courier in addition to what is packaged
 * @param jvmLauncher a courier on the JVM, with its jar beside it, in addition to what is packaged
 * @param heap the heap of a courier on the JVM
 * @param storage where Azurite keeps what is copied
 */
record BenchOptions(
    boolean quick,
    Set<Part> parts,
    Optional<Path> nativeExecutable,
    Optional<Path> jvmLauncher,
    String heap,
    Optional<Path> storage) {
  static final String DEFAULT_HEAP = "96m";

  static BenchOptions of(Map<Object, Object> properties) {
    return new BenchOptions(
        Boolean.parseBoolean(text(properties, "bench.quick").orElse("false")),
        Part.parse(text(properties, "bench.parts").orElse("")),
        text(properties, "bench.native").map(Path::of),
        text(properties, "bench.jvm").map(Path::of),
        text(properties, "bench.heap").orElse(DEFAULT_HEAP),
        text(properties, "bench.storage").map(Path::of));
  }

  private static Optional<String> text(Map<Object, Object> properties, String name) {
    return Optional.ofNullable(properties.get(name))
        .map(Object::toString)
        .filter(text -> !text.isBlank());
  }

  Plan plan() {
    return quick ? Plan.QUICK : Plan.FULL;
  }
}

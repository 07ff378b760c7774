package io.soracourier.infra;

import com.microsoft.azure.functions.annotation.FunctionName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The annotated functions of the code, which is where the bindings are written. */
final class Functions {
  private Functions() {}

  static Set<String> names() {
    return methods().stream()
        .map(method -> method.getAnnotation(FunctionName.class).value())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Every binding annotation of this type on any function. */
  static <A extends Annotation> List<A> bindings(Class<A> type) {
    return methods().stream()
        .flatMap(
            method ->
                Stream.concat(
                    Stream.of(method.getAnnotationsByType(type)).flatMap(Stream::of),
                    Arrays.stream(method.getParameters())
                        .flatMap(parameter -> Stream.of(parameter.getAnnotationsByType(type)))))
        .toList();
  }

  private static List<Method> methods() {
    Path classes = classes();
    try (Stream<Path> files = Files.walk(classes.resolve("io/soracourier/function"))) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .map(file -> classes.relativize(file).toString().replace('/', '.'))
          .map(name -> load(name.substring(0, name.length() - ".class".length())))
          .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
          .filter(method -> method.isAnnotationPresent(FunctionName.class))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(classes + ": cannot be listed", e);
    }
  }

  private static Path classes() {
    try {
      return Path.of(
          Class.forName("io.soracourier.function.CopyVideo")
              .getProtectionDomain()
              .getCodeSource()
              .getLocation()
              .toURI());
    } catch (URISyntaxException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Functions.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}

package io.soracourier.infra;

import com.microsoft.azure.functions.annotation.FunctionName;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
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

  static List<Method> methods() {
    return MainClasses.below("io/soracourier/function").stream()
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(FunctionName.class))
        .toList();
  }
}

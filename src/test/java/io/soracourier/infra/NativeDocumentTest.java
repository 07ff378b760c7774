package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.soracourier.handler.AzureFunction;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Holds the inventory of what native changes against the code and the tests. */
class NativeDocumentTest {
  private static final ProjectFile DOCUMENT = ProjectFile.read("docs/concepts/native.md");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT)\\.\\w+)`");

  /** The one row that is about the build and not about the program. */
  private static final String OF_THE_BUILD = "NativeCheckTest";

  @Test
  void everyRow_namesTestsThatExistAndRunAgainstTheExecutable() throws Exception {
    Set<String> tests = tests();

    assertThat(rows()).isNotEmpty();
    for (String row : rows()) {
      List<String> named =
          TEST.matcher(row.substring(row.lastIndexOf(" | ")))
              .results()
              .map(name -> name.group(1))
              .toList();
      assertThat(named).as(row).isNotEmpty();
      assertThat(tests).as(row).containsAll(named);
      assertThat(named)
          .as(row)
          .allMatch(name -> name.contains("IT.") || name.startsWith(OF_THE_BUILD));
    }
  }

  @Test
  void everyClassThatNativeNeedsDeclared_hasItsPlaceInTheInventory() {
    List<Class<?>> declared =
        MainClasses.all().stream()
            .filter(
                type ->
                    type.isAnnotationPresent(RegisterForReflection.class)
                        || type.isAnnotationPresent(ConfigMapping.class)
                        || type.isInterface() && usesHttp(type))
            .toList();

    assertThat(declared).hasSizeGreaterThan(10);
    assertThat(declared.stream().map(NativeDocumentTest::name))
        .allSatisfy(name -> assertThat(inventory()).contains("`" + name + "`"));
  }

  /** Else it is not found in the executable, and nowhere else does anything notice. */
  @Test
  void everyFunction_isRegisteredForReflection() {
    assertThat(MainClasses.all().stream().filter(AzureFunction.class::isAssignableFrom))
        .filteredOn(type -> !type.isInterface())
        .isNotEmpty()
        .allSatisfy(type -> assertThat(type).hasAnnotation(RegisterForReflection.class));
  }

  @Test
  void everyTemplate_hasItsPlaceInTheInventory() throws IOException {
    try (Stream<java.nio.file.Path> templates =
        Files.list(java.nio.file.Path.of("src/main/resources/templates"))) {
      assertThat(templates.map(file -> file.getFileName().toString()))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(inventory()).contains("`" + name + "`"));
    }
  }

  @Test
  void boundOfTheCheck_isTheOneOfThePom() {
    String bound =
        ProjectFile.read("pom.xml").first("<native.glibc.bound>([\\d.]+)</native.glibc.bound>");

    assertThat(DOCUMENT.text()).contains("have " + bound + " or newer");
    assertThat(ProjectFile.read("infra/hooks/package.sh").text())
        .contains("${DEPLOY_GLIBC:-" + bound + "}");
    assertThat(ProjectFile.read("infra/hooks/package.ps1").text()).contains("'" + bound + "'");
    assertThat(ProjectFile.read("docs/how-to/deploy.md").text())
        .contains("newer glibc than " + bound)
        .contains("`DEPLOY_GLIBC`");
  }

  @Test
  void boundOfTheHeap_isTheOneOfTheBuild() {
    String bound =
        ProjectFile.read("src/main/resources/application.properties")
            .first("-R:MaxHeapSize=(\\d+)m,");

    assertThat(DOCUMENT.text()).contains("at most " + bound + " MiB");
    assertThat(ProjectFile.read("docs/reference/settings.md").text()).contains(bound + " MiB");
    assertThat(ProjectFile.read("docs/concepts/scaling-and-cost.md").text())
        .contains(bound + " MiB");
  }

  private static boolean usesHttp(Class<?> type) {
    return type.isAnnotationPresent(Path.class)
        || Arrays.stream(type.getMethods())
            .flatMap(method -> Arrays.stream(method.getAnnotations()))
            .anyMatch(
                annotation ->
                    annotation
                        .annotationType()
                        .isAnnotationPresent(jakarta.ws.rs.HttpMethod.class));
  }

  /** With the class around it, where there is one. */
  private static String name(Class<?> type) {
    Class<?> around = type.getEnclosingClass();
    return around == null ? type.getSimpleName() : name(around) + "." + type.getSimpleName();
  }

  private static String inventory() {
    return DOCUMENT.text().substring(DOCUMENT.text().indexOf("| what | why it is fine |"));
  }

  private static List<String> rows() {
    return inventory().lines().skip(2).filter(line -> line.startsWith("|")).toList();
  }

  private static Set<String> tests() throws IOException, URISyntaxException {
    var here = NativeDocumentTest.class.getProtectionDomain().getCodeSource().getLocation();
    java.nio.file.Path classes = java.nio.file.Path.of(here.toURI());
    Set<String> tests = new TreeSet<>();
    for (Class<?> type : load(classes)) {
      Arrays.stream(type.getDeclaredMethods())
          .filter(
              method ->
                  method.isAnnotationPresent(Test.class)
                      || method.isAnnotationPresent(ParameterizedTest.class))
          .forEach(method -> tests.add(type.getSimpleName() + "." + method.getName()));
    }
    return tests;
  }

  private static List<Class<?>> load(java.nio.file.Path classes) throws IOException {
    List<Class<?>> types = new ArrayList<>();
    try (Stream<java.nio.file.Path> files = Files.walk(classes)) {
      for (java.nio.file.Path file : (Iterable<java.nio.file.Path>) files::iterator) {
        String name = classes.relativize(file).toString().replace('/', '.');
        if (name.matches(".*\\w+(Test|IT)\\.class")) {
          types.add(
              Class.forName(
                  name.replaceFirst("\\.class$", ""),
                  false,
                  NativeDocumentTest.class.getClassLoader()));
        }
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    return types;
  }
}

package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.HttpOutput;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the stubs declare is what the resources answer, and what the host forwards. */
class HttpFunctionsTest {
  private static final ProjectFile HOST = ProjectFile.read("host.json");

  /** The host's default; {@code host.json} sets no other. */
  private static final String PREFIX = "/api/";

  @Test
  void routesAndMethodsOfTheFunctions_areThoseOfTheResources() {
    Map<String, Set<String>> declared = new TreeMap<>();
    for (HttpTrigger trigger : triggers()) {
      declared.put(
          PREFIX + trigger.route(),
          Arrays.stream(trigger.methods())
              .map(Enum::name)
              .collect(Collectors.toCollection(TreeSet::new)));
    }

    assertThat(declared).isNotEmpty().isEqualTo(resources());
    assertThat(triggers()).hasSameSizeAs(declared.keySet());
  }

  @Test
  void routesOfTheFunctions_areThoseOfThePublishedDescription() {
    assertThat(ProjectFile.read("docs/reference/schema/openapi.yaml").all("^  (/api/\\S*):$"))
        .isEqualTo(resources().keySet());
  }

  @Test
  void functionsThatNeedAKey_areOfOneLevelAndTheOthersHaveLiteralRoutes() {
    List<HttpTrigger> keyed =
        triggers().stream()
            .filter(trigger -> trigger.authLevel() != AuthorizationLevel.ANONYMOUS)
            .toList();

    assertThat(keyed).extracting(HttpTrigger::authLevel).containsOnly(AuthorizationLevel.FUNCTION);
    assertThat(triggers())
        .filteredOn(trigger -> !keyed.contains(trigger))
        .allSatisfy(trigger -> assertThat(trigger.route()).matches("[a-z-]+(/[a-z-]+)*"));
  }

  /** With any other binding the host posts an invocation, and nobody answers that. */
  @Test
  void functionsWithAnHttpTrigger_haveOneHttpOutputAndNothingElse() {
    List<Method> functions =
        Functions.methods().stream()
            .filter(method -> bindings(method).anyMatch(HttpTrigger.class::isInstance))
            .toList();

    assertThat(functions)
        .isNotEmpty()
        .allSatisfy(
            method ->
                assertThat(bindings(method).map(Annotation::annotationType))
                    .containsExactlyInAnyOrder(HttpTrigger.class, HttpOutput.class));
    assertThat(Functions.bindings(HttpOutput.class))
        .extracting(HttpOutput::name)
        .containsOnly("res");
  }

  @Test
  void hostJson_enablesForwardingBelowTheDefaultPrefix() {
    assertThat(HOST.json().at("/customHandler/enableForwardingHttpRequest").isBoolean()).isTrue();
    assertThat(HOST.json().at("/customHandler/enableForwardingHttpRequest").asBoolean()).isTrue();
    assertThat(HOST.json().at("/extensions/http").isMissingNode()).isTrue();
  }

  private static List<HttpTrigger> triggers() {
    return Functions.bindings(HttpTrigger.class);
  }

  private static Stream<Annotation> bindings(Method function) {
    return Arrays.stream(function.getParameters())
        .flatMap(parameter -> Arrays.stream(parameter.getAnnotations()))
        .filter(
            annotation ->
                annotation.annotationType().getSimpleName().matches(".*(Trigger|Input|Output)"));
  }

  /** Methods by path, of all resources below the prefix, and of all in the package. */
  private static Map<String, Set<String>> resources() {
    Map<String, Set<String>> methods = new TreeMap<>();
    for (Class<?> type : MainClasses.all()) {
      Path root = type.getAnnotation(Path.class);
      boolean below = root != null && root.value().startsWith(PREFIX.substring(0, 4));
      if (root != null && (below || type.getPackageName().endsWith(".api"))) {
        for (Method method : type.getDeclaredMethods()) {
          Arrays.stream(method.getAnnotations())
              .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
              .filter(verb -> verb != null)
              .forEach(
                  verb ->
                      methods
                          .computeIfAbsent(path(root, method), any -> new TreeSet<>())
                          .add(verb.value()));
        }
      }
    }
    return methods;
  }

  private static String path(Path root, Method method) {
    Path part = method.getAnnotation(Path.class);
    return part == null
        ? root.value()
        : root.value().replaceFirst("/$", "") + "/" + part.value().replaceFirst("^/", "");
  }
}

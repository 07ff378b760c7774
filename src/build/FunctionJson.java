import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.azure.functions.annotation.FunctionName;
import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes {@code <FunctionName>/function.json} for every method that carries {@link FunctionName},
 * from the binding annotations on its parameters: the annotations are the only place where a
 * binding is written. Run by the build with the compiled classes on its class path:
 *
 * <pre>java FunctionJson.java CLASSES_DIRECTORY OUTPUT_DIRECTORY</pre>
 *
 * There is no {@code scriptFile}: for a custom handler the host refuses one without a file.
 */
public class FunctionJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FUNCTION_NAME = "^[a-zA-Z][a-zA-Z0-9_-]{0,127}$";
  private static final String BINDING_NAME = "^[a-zA-Z][a-zA-Z0-9]{0,127}$";

  public static void main(String[] args) throws Exception {
    Path classes = Path.of(args[0]);
    Path output = Path.of(args[1]);
    Map<String, Method> functions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Class<?> type : classesIn(classes)) {
      for (Method method : type.getDeclaredMethods()) {
        FunctionName name = method.getAnnotation(FunctionName.class);
        if (name != null) {
          Method other = functions.put(name.value(), method);
          require(other == null, "two functions of one name: " + method + " and " + other);
        }
      }
    }
    require(!functions.isEmpty(), "no method in " + classes + " carries @FunctionName");
    deleteOld(output);
    for (Map.Entry<String, Method> function : functions.entrySet()) {
      write(output, function.getKey(), function.getValue());
    }
  }

  /** Of functions that there are no longer: the host would start them. */
  private static void deleteOld(Path output) throws Exception {
    if (Files.exists(output)) {
      try (Stream<Path> files = Files.walk(output)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void write(Path output, String name, Method method) throws Exception {
    require(name.matches(FUNCTION_NAME), "'" + name + "' is not a function name: " + method);
    ObjectNode function = JSON.createObjectNode();
    ArrayNode bindings = function.putArray("bindings");
    for (Parameter parameter : method.getParameters()) {
      for (Annotation annotation : parameter.getAnnotations()) {
        if (isBinding(annotation)) {
          bindings.add(binding(annotation, method));
        }
      }
    }
    require(
        bindings.findValuesAsText("type").stream().filter(type -> type.endsWith("Trigger")).count()
            == 1,
        "not exactly one parameter of " + method + " carries a trigger");
    List<String> names = bindings.findValuesAsText("name");
    require(Set.copyOf(names).size() == names.size(), "two bindings of one name: " + method);
    Path file = output.resolve(name).resolve("function.json");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(function) + "\n");
  }

  private static boolean isBinding(Annotation annotation) {
    Class<?> type = annotation.annotationType();
    return type.getPackage().equals(FunctionName.class.getPackage())
        && type.getSimpleName().matches(".*(Trigger|Input|Output)");
  }

  /** QueueTrigger becomes type queueTrigger, in; QueueOutput becomes type queue, out. */
  private static ObjectNode binding(Annotation annotation, Method method) throws Exception {
    String simpleName = annotation.annotationType().getSimpleName();
    String type = simpleName.replaceFirst("(Input|Output)$", "");
    ObjectNode binding = JSON.createObjectNode();
    binding.put("type", type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1));
    binding.put("direction", simpleName.endsWith("Output") ? "out" : "in");
    List<Method> attributes =
        Arrays.stream(annotation.annotationType().getDeclaredMethods())
            .sorted(
                (a, b) ->
                    rank(a) != rank(b) ? rank(a) - rank(b) : a.getName().compareTo(b.getName()))
            .toList();
    for (Method attribute : attributes) {
      put(binding, attribute.getName(), attribute.invoke(annotation));
    }
    String name = binding.path("name").asText();
    require(name.matches(BINDING_NAME), "'" + name + "' is not a binding name: " + method);
    return binding;
  }

  private static int rank(Method attribute) {
    return attribute.getName().equals("name") ? 0 : 1;
  }

  /** Empty attributes are left out: the host's own defaults apply. */
  private static void put(ObjectNode binding, String attribute, Object value) {
    if (value instanceof String text) {
      if (!text.isEmpty()) {
        binding.put(attribute, text);
      }
    } else if (value instanceof Enum<?> constant) {
      binding.put(attribute, constant.name().toLowerCase(Locale.ROOT));
    } else if (value.getClass().isArray()) {
      if (Array.getLength(value) > 0) {
        ArrayNode elements = binding.putArray(attribute);
        for (int i = 0; i < Array.getLength(value); i++) {
          elements.add(Array.get(value, i).toString().toLowerCase(Locale.ROOT));
        }
      }
    } else {
      binding.putPOJO(attribute, value);
    }
  }

  private static List<Class<?>> classesIn(Path root) throws Exception {
    try (Stream<Path> files = Files.walk(root)) {
      List<String> names =
          files
              .map(file -> root.relativize(file).toString())
              .filter(file -> file.endsWith(".class"))
              .map(
                  file ->
                      file.replaceFirst("\\.class$", "").replace(java.io.File.separatorChar, '.'))
              .sorted()
              .toList();
      List<Class<?>> types = new java.util.ArrayList<>();
      for (String name : names) {
        types.add(Class.forName(name, false, FunctionJson.class.getClassLoader()));
      }
      return types;
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalStateException(message);
    }
  }
}

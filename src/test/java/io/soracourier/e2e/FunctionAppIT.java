package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import io.soracourier.function.CopyVideo;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is published: the zip, and the folder with the same in it. */
class FunctionAppIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Project.target().resolve("function-app");
  private static final Path ZIP = Project.target().resolve("function-app.zip");

  @Test
  void zip_holdsWhatTheHostExpects() throws IOException {
    try (FileSystem zip = zip()) {
      Map<String, Path> files = files(zip.getPath("/"));

      assertThat(files).containsKeys("host.json", "CopyVideo/function.json", "sora-courier");
      assertThat(files.keySet())
          .allMatch(
              name ->
                  name.equals("host.json")
                      || name.equals("sora-courier")
                      || name.equals("sora-courier.jar")
                      || name.matches("[A-Za-z][A-Za-z0-9_-]*/function\\.json"));
    }
  }

  /** What {@code mvn -Plocal} serves beside the app: classes and files of the tests. */
  @Test
  void published_hasNothingOfTheLocalRun() throws IOException {
    Set<String> names = new TreeSet<>(files(FOLDER).keySet());
    Path jar = FOLDER.resolve("sora-courier.jar");
    if (Files.exists(jar)) {
      try (FileSystem entries = FileSystems.newFileSystem(jar)) {
        names.addAll(files(entries.getPath("/")).keySet());
        assertThat(names).contains("io/soracourier/function/CopyVideo.class");
      }
    }

    assertThat(names)
        .noneMatch(name -> name.contains("soracourier/local") || name.contains("simulator"))
        .noneMatch(name -> name.startsWith("local/") || name.contains("panel"));
  }

  @Test
  void executable_hasItsExecuteBitInTheZip() throws IOException {
    JsonNode description =
        JSON.readTree(FOLDER.resolve("host.json").toFile())
            .path("customHandler")
            .path("description");
    assertThat(description.path("defaultExecutablePath").asText()).isEqualTo("sora-courier");
    try (FileSystem zip = zip()) {
      assertThat(mode(zip.getPath("/sora-courier"))).isEqualTo("rwxr-xr-x");
      assertThat(mode(zip.getPath("/host.json"))).isEqualTo("rw-r--r--");
      assertThat(mode(zip.getPath("/CopyVideo/function.json"))).isEqualTo("rw-r--r--");
    }
    assertThat(FOLDER.resolve("sora-courier")).isExecutable();
  }

  @Test
  void zip_holdsTheSameAsTheFolder() throws IOException {
    try (FileSystem zip = zip()) {
      Map<String, Path> zipped = files(zip.getPath("/"));
      Map<String, Path> unzipped = files(FOLDER);

      assertThat(zipped.keySet()).isEqualTo(unzipped.keySet());
      for (Map.Entry<String, Path> file : zipped.entrySet()) {
        assertThat(Files.mismatch(file.getValue(), unzipped.get(file.getKey())))
            .as(file.getKey())
            .isEqualTo(-1);
      }
    }
  }

  @Test
  void everyAnnotatedFunction_hasItsFolderAndNoOtherHas() throws Exception {
    List<String> folders =
        files(FOLDER).keySet().stream()
            .filter(name -> name.endsWith("/function.json"))
            .map(name -> name.replace("/function.json", ""))
            .toList();

    assertThat(folders)
        .containsExactlyInAnyOrderElementsOf(
            functions().stream()
                .map(method -> method.getAnnotation(FunctionName.class).value())
                .toList());
  }

  @Test
  void functionJson_namesNoScriptFile() throws Exception {
    for (Method function : functions()) {
      assertThat(functionJson(function).fieldNames()).toIterable().containsExactly("bindings");
    }
  }

  @Test
  void queueBindings_equalTheAnnotations() throws Exception {
    int compared = 0;
    for (Method function : functions()) {
      Map<String, JsonNode> bindings = new TreeMap<>();
      functionJson(function)
          .path("bindings")
          .forEach(binding -> bindings.put(binding.path("name").asText(), binding));
      for (Parameter parameter : function.getParameters()) {
        QueueTrigger trigger = parameter.getAnnotation(QueueTrigger.class);
        if (trigger != null) {
          assertThat(bindings.get(trigger.name()))
              .isEqualTo(
                  binding(
                      "queueTrigger",
                      "in",
                      trigger.name(),
                      trigger.queueName(),
                      trigger.connection(),
                      trigger.dataType()));
          compared++;
        }
        QueueOutput output = parameter.getAnnotation(QueueOutput.class);
        if (output != null) {
          assertThat(bindings.get(output.name()))
              .isEqualTo(
                  binding(
                      "queue",
                      "out",
                      output.name(),
                      output.queueName(),
                      output.connection(),
                      output.dataType()));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(2);
  }

  @Test
  void copyVideo_isBoundAsDocumented() throws IOException {
    assertThat(JSON.readTree(FOLDER.resolve("CopyVideo/function.json").toFile()).path("bindings"))
        .containsExactlyInAnyOrder(
            binding("queueTrigger", "in", "job", "sora-jobs", "VideoStorage", "binary"),
            binding("queue", "out", "video", "sora-videos", "VideoStorage", ""));
  }

  /** As it is in the file: attributes that are empty are left out. */
  private static ObjectNode binding(
      String type,
      String direction,
      String name,
      String queueName,
      String connection,
      String dataType) {
    ObjectNode binding = JSON.createObjectNode();
    binding.put("type", type).put("direction", direction).put("name", name);
    binding.put("queueName", queueName).put("connection", connection);
    if (!dataType.isEmpty()) {
      binding.put("dataType", dataType);
    }
    return binding;
  }

  private static JsonNode functionJson(Method function) throws IOException {
    String name = function.getAnnotation(FunctionName.class).value();
    return JSON.readTree(FOLDER.resolve(name).resolve("function.json").toFile());
  }

  /** Every method that carries the annotation. */
  private static List<Method> functions() throws Exception {
    Path classes =
        Path.of(CopyVideo.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Method> found = new ArrayList<>();
    for (String file : files(classes).keySet()) {
      if (file.endsWith(".class")) {
        Class<?> type =
            Class.forName(file.replaceFirst("\\.class$", "").replace('/', '.'), false, loader());
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(FunctionName.class))
            .forEach(found::add);
      }
    }
    return found;
  }

  private static ClassLoader loader() {
    return FunctionAppIT.class.getClassLoader();
  }

  private static FileSystem zip() throws IOException {
    return FileSystems.newFileSystem(ZIP, Map.of("enablePosixFileAttributes", true));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static Map<String, Path> files(Path root) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> files.put(root.relativize(file).toString(), file));
    }
    return files;
  }
}

package io.soracourier.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A function: the name of its folder, and the bindings of its {@code function.json}.
 *
 * @param inputs with the trigger
 */
record FunctionDefinition(
    String name, Binding trigger, List<Binding> inputs, List<Binding> outputs) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Every function of an app, by name. */
  static List<FunctionDefinition> readAll(Path app) {
    try (Stream<Path> folders = Files.list(app)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("function.json")))
          .sorted()
          .map(FunctionDefinition::read)
          .toList();
    } catch (IOException e) {
      throw new LocalStackException("cannot list the functions in " + app, e);
    }
  }

  private static FunctionDefinition read(Path folder) {
    Path file = folder.resolve("function.json");
    JsonNode root;
    try {
      root = JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new LocalStackException("cannot read " + file, e);
    }
    if (root.has("scriptFile") && !Files.exists(folder.resolve(root.get("scriptFile").asText()))) {
      throw new LocalStackException(file + ": scriptFile contains no file, the host refuses that");
    }
    List<Binding> bindings = root.path("bindings").valueStream().map(Binding::of).toList();
    List<Binding> triggers = bindings.stream().filter(Binding::isTrigger).toList();
    if (triggers.size() != 1) {
      throw new LocalStackException(
          "%s has %d triggers, a function has one".formatted(file, triggers.size()));
    }
    return new FunctionDefinition(
        folder.getFileName().toString(),
        triggers.get(0),
        bindings.stream().filter(binding -> !binding.out()).toList(),
        bindings.stream().filter(Binding::out).toList());
  }

  boolean returnsValue() {
    return outputs.stream().anyMatch(output -> output.name().equals(Binding.RETURN));
  }

  /** Whether the host forwards requests to it, where that is enabled. */
  boolean isHttpInAndOut() {
    return inputs.size() == 1
        && outputs.size() == 1
        && trigger.is("httpTrigger")
        && outputs.get(0).is("http");
  }
}

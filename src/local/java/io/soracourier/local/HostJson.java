package io.soracourier.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code host.json}, with the app settings {@code AzureFunctionsJobHost__section__key} laid over
 * it. Section and key names are compared without regard to case, as .NET configuration does.
 */
record HostJson(JsonNode root) {
  private static final String OVERRIDE = "AzureFunctionsJobHost__";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What Flex Consumption and the other plans with a choice use when nothing is set. */
  private static final Duration DEFAULT_FUNCTION_TIMEOUT = Duration.ofMinutes(30);

  static HostJson read(Path app, Map<String, String> settings) {
    Path file = app.resolve("host.json");
    ObjectNode root;
    try {
      root = (ObjectNode) JSON.readTree(file.toFile());
    } catch (IOException | ClassCastException e) {
      throw new LocalStackException(
          "%s: no function app there, or none that can be read; build it with 'mvn package'"
              .formatted(file),
          e);
    }
    settings.forEach(
        (name, value) -> {
          if (name.regionMatches(true, 0, OVERRIDE, 0, OVERRIDE.length())) {
            put(root, Arrays.asList(name.substring(OVERRIDE.length()).split("__")), value);
          }
        });
    return new HostJson(root);
  }

  private static void put(ObjectNode object, List<String> path, String value) {
    String key = existing(object, path.get(0)).orElse(path.get(0));
    if (path.size() == 1) {
      object.put(key, value);
    } else {
      JsonNode child = object.get(key);
      put(
          child instanceof ObjectNode node ? node : object.putObject(key),
          path.subList(1, path.size()),
          value);
    }
  }

  private static Optional<String> existing(JsonNode object, String name) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getKey().equalsIgnoreCase(name)) {
        return Optional.of(field.getKey());
      }
    }
    return Optional.empty();
  }

  /** The value at a path such as {@code extensions.queues.batchSize}. */
  Optional<JsonNode> find(String path) {
    JsonNode node = root;
    for (String name : path.split("\\.")) {
      Optional<String> key = existing(node, name);
      if (key.isEmpty()) {
        return Optional.empty();
      }
      node = node.get(key.get());
    }
    return node.isNull() ? Optional.empty() : Optional.of(node);
  }

  Optional<String> text(String path) {
    return find(path).map(JsonNode::asText).filter(text -> !text.isEmpty());
  }

  int number(String path, int otherwise) {
    return text(path).map(Integer::parseInt).orElse(otherwise);
  }

  Duration duration(String path, Duration otherwise) {
    return text(path).map(text -> TimeSpan.parse(path, text)).orElse(otherwise);
  }

  List<String> texts(String path) {
    return find(path).stream().flatMap(array -> array.valueStream()).map(JsonNode::asText).toList();
  }

  /** How long an invocation may take; empty when unbounded ({@code -1}). */
  Optional<Duration> functionTimeout() {
    if (text("functionTimeout").filter("-1"::equals).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(duration("functionTimeout", DEFAULT_FUNCTION_TIMEOUT));
  }
}

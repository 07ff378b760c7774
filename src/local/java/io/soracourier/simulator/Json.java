package io.soracourier.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

/** The little JSON the simulator reads and edits; objects keep the order of their keys. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static Optional<ObjectNode> read(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  static Content edited(Content json, Consumer<ObjectNode> edit) {
    try {
      ObjectNode object = MAPPER.readValue(json.bytes(), ObjectNode.class);
      edit.accept(object);
      return Content.of(object.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("Only a JSON object can be edited", e);
    }
  }
}

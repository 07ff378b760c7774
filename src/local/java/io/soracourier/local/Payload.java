package io.soracourier.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The body of one invocation, {@code {"Data": {…}, "Metadata": {…}}}.
 *
 * <p>Metadata names are distinguished without regard to case, and a later value takes the place of
 * an earlier one, whose spelling stays: this is how fields of a message overwrite what the host
 * says about the message.
 */
public final class Payload {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

  private final PayloadShape shape;
  private final ObjectNode data = JSON.createObjectNode();
  private final Map<String, Object> metadata = new LinkedHashMap<>();

  public Payload(PayloadShape shape) {
    this.shape = shape;
  }

  public Payload data(String name, Object value) {
    data.set(name, encoded(value));
    return this;
  }

  Payload metadata(String name, Object value) {
    String key = metadata.keySet().stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
    if (value != null) {
      metadata.put(key, value);
    }
    return this;
  }

  /**
   * Adds the top-level fields of a text that looks like a JSON object, as the host does for the
   * sake of binding expressions: not arrays, nulls neither, and every scalar as text.
   */
  Payload metadataFrom(String text) {
    String trimmed = text.trim();
    if (trimmed.startsWith("{") && trimmed.endsWith("}")) {
      try {
        for (Map.Entry<String, JsonNode> field : JSON.readTree(trimmed).properties()) {
          JsonNode value = field.getValue();
          if (value.isObject()) {
            metadata(field.getKey(), value);
          } else if (value.isBoolean()) {
            metadata(field.getKey(), value.booleanValue() ? "True" : "False");
          } else if (value.isValueNode() && !value.isNull()) {
            metadata(field.getKey(), value.asText());
          }
        }
      } catch (JsonProcessingException notJson) {
        // then there is nothing to add, and nothing wrong
      }
    }
    return this;
  }

  public byte[] toBytes() {
    ObjectNode root = JSON.createObjectNode();
    root.set("Data", data);
    ObjectNode entries = root.putObject("Metadata");
    metadata.forEach(
        (name, value) -> {
          if (!name.toLowerCase(Locale.ROOT).endsWith("trigger")) {
            entries.set(name, encoded(value));
          }
        });
    try {
      return JSON.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Bytes become Base64 and objects stay objects in both shapes, dates lose their fractions. */
  private JsonNode encoded(Object value) {
    if (value instanceof byte[] bytes) {
      return JSON.getNodeFactory().textNode(java.util.Base64.getEncoder().encodeToString(bytes));
    }
    if (value instanceof OffsetDateTime time) {
      return JSON.getNodeFactory().textNode(SECONDS.format(time.truncatedTo(ChronoUnit.SECONDS)));
    }
    JsonNode node = JSON.valueToTree(value);
    return node.isObject() || shape == PayloadShape.DOCUMENTED
        ? node
        : JSON.getNodeFactory().textNode(node.toString());
  }
}

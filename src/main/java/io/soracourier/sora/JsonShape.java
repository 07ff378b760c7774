package io.soracourier.sora;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.soracourier.text.Excerpt;
import java.util.Locale;
import java.util.Map;

/**
 * The structure of JSON without its values, which may be secret: keys and types, of an array its
 * first element. {@code {"id":"x","data":[{"n":1}]}} is {@code
 * {"id":"string","data":[{"n":"number"}]}}.
 */
public final class JsonShape {
  private static final int MAX_KEYS = 60;
  private static final int MAX_KEY = 60;
  private static final int MAX_DEPTH = 8;

  private JsonShape() {}

  public static JsonNode of(JsonNode json) {
    return of(json, 0);
  }

  private static JsonNode of(JsonNode json, int depth) {
    if (depth == MAX_DEPTH) {
      return TextNode.valueOf("…");
    }
    if (json.isObject()) {
      ObjectNode shape = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> field : json.properties()) {
        if (shape.size() == MAX_KEYS) {
          shape.put("…", "…");
          break;
        }
        shape.set(Excerpt.of(field.getKey(), MAX_KEY), of(field.getValue(), depth + 1));
      }
      return shape;
    }
    if (json.isArray()) {
      ArrayNode shape = JsonNodeFactory.instance.arrayNode();
      if (!json.isEmpty()) {
        shape.add(of(json.get(0), depth + 1));
      }
      return shape;
    }
    return TextNode.valueOf(json.getNodeType().name().toLowerCase(Locale.ROOT));
  }
}

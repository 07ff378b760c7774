package io.soracourier.local;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One binding of a {@code function.json}.
 *
 * @param raw all of its attributes
 */
record Binding(String type, String name, boolean out, JsonNode raw) {
  static final String RETURN = "$return";

  static Binding of(JsonNode raw) {
    return new Binding(
        raw.path("type").asText(),
        raw.path("name").asText(),
        raw.path("direction").asText("in").equalsIgnoreCase("out"),
        raw);
  }

  boolean isTrigger() {
    return type.toLowerCase(java.util.Locale.ROOT).endsWith("trigger");
  }

  boolean isBinary() {
    return raw.path("dataType").asText("").equalsIgnoreCase("binary");
  }

  boolean is(String otherType) {
    return type.equalsIgnoreCase(otherType);
  }

  String attribute(String key, String otherwise) {
    return raw.path(key).asText(otherwise);
  }
}

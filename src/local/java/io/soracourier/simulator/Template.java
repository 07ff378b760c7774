package io.soracourier.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON with names in braces. A text that is nothing but a name becomes the value, of whatever type;
 * inside a longer text its value is written as text.
 */
final class Template {
  private static final Pattern NAME = Pattern.compile("\\{([a-zA-Z]+)}");

  private Template() {}

  static JsonNode fill(JsonNode json, Function<String, JsonNode> values) {
    if (json instanceof ObjectNode object) {
      ObjectNode filled = Json.object();
      object
          .properties()
          .forEach(field -> filled.set(field.getKey(), fill(field.getValue(), values)));
      return filled;
    }
    if (json instanceof ArrayNode array) {
      ArrayNode filled = Json.object().putArray("");
      array.forEach(item -> filled.add(fill(item, values)));
      return filled;
    }
    return json instanceof TextNode ? text(json.textValue(), values) : json;
  }

  private static JsonNode text(String text, Function<String, JsonNode> values) {
    Matcher whole = NAME.matcher(text);
    if (whole.matches()) {
      return values.apply(whole.group(1));
    }
    return TextNode.valueOf(
        NAME.matcher(text)
            .replaceAll(
                (MatchResult name) ->
                    Matcher.quoteReplacement(values.apply(name.group(1)).asText())));
  }
}

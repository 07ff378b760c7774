package io.soracourier.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * How much room JSON takes on an output queue: the host (Newtonsoft.Json) writes objects indented,
 * with a line for each element, and escapes line separators.
 */
final class IndentedSize {
  private static final Pattern ESCAPED = Pattern.compile("[\\u0085\\u2028\\u2029]");
  private static final DefaultPrettyPrinter LINES = new DefaultPrettyPrinter();

  static {
    LINES.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
  }

  private static final ObjectWriter WRITER = new ObjectMapper().writer(LINES);

  private IndentedSize() {}

  /** In bytes of UTF-8. */
  static int of(JsonNode json) {
    try {
      String text = WRITER.writeValueAsString(json);
      return ESCAPED.matcher(text).replaceAll("\\\\u0000").getBytes(StandardCharsets.UTF_8).length;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("JSON that cannot be written", e);
    }
  }

  /** How many arrays and objects are inside one another, at most. */
  static int depth(JsonNode json) {
    int deepest = 0;
    for (JsonNode child : json) {
      deepest = Math.max(deepest, depth(child));
    }
    return json.isContainerNode() ? deepest + 1 : 0;
  }
}

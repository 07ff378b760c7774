package io.soracourier.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * JSON values as {@code ToString()} of the library that the host uses (Json.NET) writes them. It
 * takes text that looks like an ISO 8601 time for a time, and writes it anew: without trailing
 * zeros of the seconds' fraction, and an offset as UTC.
 */
final class DotNetText {
  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,7})?(Z|[+-]\\d\\d:\\d\\d)?");
  private static final ObjectWriter INDENTED = Payload.JSON.writer(new Printer());

  private DotNetText() {}

  static String of(JsonNode value) {
    if (value.isObject() || value.isArray()) {
      try {
        return INDENTED.writeValueAsString(withTimes(value));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
    if (value.isBoolean()) {
      return value.booleanValue() ? "True" : "False";
    }
    return value.isNull() || value.isMissingNode() ? "" : value.asText();
  }

  private static JsonNode withTimes(JsonNode value) {
    if (value.isObject()) {
      ObjectNode copy = Payload.JSON.createObjectNode();
      value.properties().forEach(field -> copy.set(field.getKey(), withTimes(field.getValue())));
      return copy;
    }
    if (value.isArray()) {
      ArrayNode copy = Payload.JSON.createArrayNode();
      value.forEach(element -> copy.add(withTimes(element)));
      return copy;
    }
    return value.isTextual() && TIME.matcher(value.textValue()).matches()
        ? Payload.JSON.getNodeFactory().textNode(rewritten(value.textValue()))
        : value;
  }

  private static String rewritten(String time) {
    try {
      String text = time;
      if (time.matches(".*[+-]\\d\\d:\\d\\d")) {
        OffsetDateTime utc = OffsetDateTime.parse(time).withOffsetSameInstant(ZoneOffset.UTC);
        text = DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(utc) + "+00:00";
      } else {
        LocalDateTime.parse(time.replace("Z", ""));
      }
      return text.replaceFirst("(\\.\\d*?)0+(Z|\\+00:00)?$", "$1$2")
          .replaceFirst("\\.(Z|\\+|$)", "$1");
    } catch (DateTimeParseException noSuchTime) {
      return time;
    }
  }

  private static final class Printer extends DefaultPrettyPrinter {
    Printer() {
      super(
          Separators.createDefaultInstance()
              .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
              .withObjectEmptySeparator("")
              .withArrayEmptySeparator(""));
      DefaultIndenter lines = new DefaultIndenter("  ", "\n");
      indentObjectsWith(lines);
      indentArraysWith(lines);
    }

    private Printer(Printer base) {
      super(base);
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
      return new Printer(this);
    }
  }
}

package io.soracourier.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON values as {@code ToString()} of the library that the host uses (Json.NET) writes them. It
 * takes text that looks like a time for a time, and writes it again: without trailing zeros of the
 * seconds' fraction, and an offset as UTC. Numbers with a fraction or an exponent become doubles.
 *
 * <p>Source: seen in front of the real host (4.1037).
 */
final class DotNetText {
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d):(\\d\\d:\\d\\d)(\\.\\d{1,7})?(Z|[+-]\\d\\d:\\d\\d)?");
  private static final Pattern MILLISECONDS =
      Pattern.compile("/Date\\((-?\\d{1,15})([+-]\\d{4})?\\)/");
  private static final DateTimeFormatter INVARIANT =
      DateTimeFormatter.ofPattern("MM/dd/yyyy HH:mm:ss", Locale.ROOT);
  private static final int MAX_PLAIN_EXPONENT = 14;
  private static final int MIN_PLAIN_EXPONENT = -5;
  private static final ObjectWriter INDENTED = Payload.JSON.writer(new Printer());

  private DotNetText() {}

  static String of(JsonNode value) {
    if (value.isObject() || value.isArray()) {
      try {
        return INDENTED.writeValueAsString(rewritten(value));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
    if (value.isBoolean()) {
      return value.booleanValue() ? "True" : "False";
    }
    if (value.isTextual()) {
      return time(value.textValue())
          .map(time -> INVARIANT.format(time.clock()))
          .orElse(value.textValue());
    }
    return value.isNull() || value.isMissingNode() ? "" : value.asText();
  }

  private static JsonNode rewritten(JsonNode value) {
    if (value.isObject()) {
      ObjectNode copy = Payload.JSON.createObjectNode();
      value.properties().forEach(field -> copy.set(field.getKey(), rewritten(field.getValue())));
      return copy;
    }
    if (value.isArray()) {
      ArrayNode copy = Payload.JSON.createArrayNode();
      value.forEach(element -> copy.add(rewritten(element)));
      return copy;
    }
    if (value.isTextual()) {
      return time(value.textValue())
          .<JsonNode>map(time -> TextNode.valueOf(time.written()))
          .orElse(value);
    }
    return value.isFloatingPointNumber() ? number(value.doubleValue()) : value;
  }

  private static JsonNode number(double value) {
    if (Double.isInfinite(value)) {
      return TextNode.valueOf(value > 0 ? "Infinity" : "-Infinity");
    }
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (value == 0 || exponent <= MAX_PLAIN_EXPONENT && exponent >= MIN_PLAIN_EXPONENT) {
      String plain = (value == 0 ? "0" : digits.toPlainString());
      return raw(
          (1 / value < 0 && value == 0 ? "-" : "") + plain + (plain.contains(".") ? "" : ".0"));
    }
    BigDecimal mantissa = digits.movePointLeft(exponent).stripTrailingZeros();
    return raw(
        "%sE%s%02d"
            .formatted(mantissa.toPlainString(), exponent < 0 ? "-" : "+", Math.abs(exponent)));
  }

  private static JsonNode raw(String number) {
    return new POJONode(new RawValue(number));
  }

  /**
   * A text that was taken for a time.
   *
   * @param clock in UTC where an offset was given
   * @param written as the library writes it inside an object
   */
  private record Time(LocalDateTime clock, String written) {}

  private static Optional<Time> time(String text) {
    Matcher milliseconds = MILLISECONDS.matcher(text);
    if (milliseconds.matches()) {
      Instant instant = Instant.ofEpochMilli(Long.parseLong(milliseconds.group(1)));
      return Optional.of(timeOf(instant.atOffset(ZoneOffset.UTC).toLocalDateTime(), "", "Z"));
    }
    Matcher parts = TIME.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      boolean midnight = parts.group(2).equals("24") && parts.group(3).equals("00:00");
      LocalDateTime clock =
          LocalDateTime.parse(
              parts.group(1) + "T" + (midnight ? "00" : parts.group(2)) + ":" + parts.group(3));
      LocalDateTime day = midnight ? clock.plusDays(1) : clock;
      String zone = Objects.requireNonNullElse(parts.group(5), "");
      String fraction = Objects.requireNonNullElse(parts.group(4), "");
      return zone.length() > 1
          ? Optional.of(
              timeOf(day.minusSeconds(ZoneOffset.of(zone).getTotalSeconds()), fraction, "+00:00"))
          : Optional.of(timeOf(day, fraction, zone));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  private static Time timeOf(LocalDateTime clock, String fraction, String zone) {
    String seconds =
        DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(clock.truncatedTo(ChronoUnit.SECONDS));
    return new Time(clock, seconds + fraction.replaceFirst("\\.?0*$", "") + zone);
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

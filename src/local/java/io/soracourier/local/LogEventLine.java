package io.soracourier.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An event in the courier's log: {@code … event=look invocationId=… state=running}. */
public record LogEventLine(String event, Map<String, String> fields) {
  private static final Pattern FIELD =
      Pattern.compile("(\\w+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+))");

  /** Empty when the line is none. */
  public static Optional<LogEventLine> parse(String line) {
    int start = line.indexOf("event=");
    if (start < 0) {
      return Optional.empty();
    }
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher matcher = FIELD.matcher(line.substring(start));
    while (matcher.find()) {
      fields.put(
          matcher.group(1),
          matcher.group(3) != null
              ? matcher.group(3)
              : matcher.group(2).replaceAll("\\\\(.)", "$1"));
    }
    return Optional.of(new LogEventLine(fields.remove("event"), fields));
  }

  /** The field's value, or an empty text. */
  public String field(String name) {
    return fields.getOrDefault(name, "");
  }
}

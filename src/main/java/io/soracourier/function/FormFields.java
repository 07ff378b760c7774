package io.soracourier.function;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of a form: {@code a=1&b=2} with percent escapes, or the parts of a multipart body.
 *
 * @param fields in their order
 */
record FormFields(List<Field> fields) {
  /**
   * @param value decoded
   */
  record Field(String name, String value) {
    boolean isJobId() {
      return name.replace("_", "").equalsIgnoreCase("jobId");
    }
  }

  private static final int MAX_FIELDS = 1_000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,100}");
  private static final Pattern PART_NAME =
      Pattern.compile("(?i)content-disposition:[^\\r\\n]{0,200}?\\bname=\"?([^\"\\r\\n;]{1,100})");
  private static final Pattern BLANK_LINE = Pattern.compile("\\r?\\n\\r?\\n");

  /** Empty where the text is no form with the field {@code jobId}. */
  static Optional<FormFields> in(String text) {
    List<Field> fields = text.startsWith("--") ? multipart(text) : urlEncoded(text);
    return fields.stream().anyMatch(Field::isJobId)
        ? Optional.of(new FormFields(fields))
        : Optional.empty();
  }

  private static List<Field> urlEncoded(String text) {
    String[] pairs = text.strip().split("&", MAX_FIELDS);
    List<Field> fields = new ArrayList<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 0 || !NAME.matcher(pair.substring(0, equals)).matches()) {
        return List.of();
      }
      String value = pair.substring(equals + 1);
      if (value.chars().anyMatch(Character::isWhitespace)) {
        return List.of();
      }
      fields.add(new Field(pair.substring(0, equals), decoded(value)));
    }
    return fields;
  }

  /** Each part has headers, a blank line and a value; the first line is what parts them. */
  private static List<Field> multipart(String text) {
    String boundary = text.lines().findFirst().orElse("").strip();
    List<Field> fields = new ArrayList<>();
    for (String part : text.split(Pattern.quote(boundary), MAX_FIELDS)) {
      Matcher blank = BLANK_LINE.matcher(part);
      if (blank.find()) {
        Matcher name = PART_NAME.matcher(part.substring(0, blank.start()));
        if (name.find()) {
          fields.add(new Field(name.group(1), part.substring(blank.end()).strip()));
        }
      }
    }
    return fields;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
  }
}

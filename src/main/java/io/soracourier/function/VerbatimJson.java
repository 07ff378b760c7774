package io.soracourier.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * JSON of other people, passed on as they wrote it, but for white space between its tokens: numbers
 * keep their digits and strings their characters. A tree would not do: {@code 1e400}, {@code -0}
 * and {@code 0.0000001} leave it in another form.
 */
final class VerbatimJson {
  /** As long as a message can be. */
  private static final int MAX_TOKEN = 64 * 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(MAX_TOKEN)
                  .maxNameLength(MAX_TOKEN)
                  .build())
          .build();

  /** Queue storage carries messages in XML 1.0, which has neither of these. */
  private static final Pattern UNSENDABLE = Pattern.compile("[\\uFFFE\\uFFFF\\p{Cs}]");

  private VerbatimJson() {}

  /**
   * The members of the object that a text is, in order, each value as JSON on one line.
   *
   * @return empty when the text is anything but one valid JSON object
   * @throws AmbiguousMemberException when it has two members of the same name
   */
  static Optional<Map<String, String>> members(String text) {
    try (JsonParser in = JSON.createParser(text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      Map<String, String> members = new LinkedHashMap<>();
      String duplicate = null;
      while (in.nextToken() != JsonToken.END_OBJECT) {
        String name = in.currentName();
        in.nextToken();
        if (members.put(name, value(in)) != null) {
          duplicate = name;
        }
      }
      if (in.nextToken() != null) {
        return Optional.empty();
      }
      if (duplicate != null) {
        throw new AmbiguousMemberException("it has " + duplicate + " twice");
      }
      return Optional.of(members);
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  /** Two members have one name: it is unknown which is meant. */
  static final class AmbiguousMemberException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AmbiguousMemberException(String message) {
      super(message);
    }

    /** Every one has a message. */
    @Override
    public String getMessage() {
      return Objects.requireNonNull(super.getMessage());
    }
  }

  /** The string that a JSON text is, or empty where it is anything else. */
  static Optional<String> string(String json) {
    try (JsonParser in = JSON.createParser(json)) {
      if (in.nextToken() != JsonToken.VALUE_STRING) {
        return Optional.empty();
      }
      String text = in.getText();
      return in.nextToken() == null ? Optional.of(text) : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  /** How many arrays and objects are inside one another, at most, in valid JSON. */
  static int depth(String json) {
    try (JsonParser in = JSON.createParser(json)) {
      int depth = 0;
      int deepest = 0;
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        deepest = Math.max(deepest, depth);
      }
      return deepest;
    } catch (IOException e) {
      throw new UncheckedIOException("not the JSON that it was", e);
    }
  }

  /** An object of these members, on one line, as a queue message can carry it. */
  static String object(Map<String, String> members) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      for (Map.Entry<String, String> member : members.entrySet()) {
        json.writeFieldName(member.getKey());
        json.writeRawValue(member.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string has room", e);
    }
    return sendable(out.toString());
  }

  /**
   * The same JSON in characters that a queue message can carry. What is not ASCII is inside
   * strings, where an escape means the same.
   */
  static String sendable(String json) {
    return UNSENDABLE
        .matcher(json)
        .replaceAll(match -> "\\\\u%04x".formatted((int) match.group().charAt(0)));
  }

  private static String value(JsonParser in) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      int depth = 0;
      JsonToken token = in.currentToken();
      while (true) {
        write(in, json, token);
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth == 0 && token != JsonToken.FIELD_NAME) {
          break;
        }
        token = in.nextToken();
      }
    }
    return out.toString();
  }

  private static void write(JsonParser in, JsonGenerator json, JsonToken token) throws IOException {
    switch (token) {
      case START_OBJECT -> json.writeStartObject();
      case END_OBJECT -> json.writeEndObject();
      case START_ARRAY -> json.writeStartArray();
      case END_ARRAY -> json.writeEndArray();
      case FIELD_NAME -> json.writeFieldName(in.currentName());
      case VALUE_STRING -> json.writeString(in.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.writeNumber(in.getText());
      case VALUE_TRUE -> json.writeBoolean(true);
      case VALUE_FALSE -> json.writeBoolean(false);
      case VALUE_NULL -> json.writeNull();
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("a text has no " + token);
    }
  }
}

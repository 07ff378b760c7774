package io.soracourier.sora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A server's error, in an error response or in a job that failed. Servers write a sentence, an
 * object with a code and a message, flat or inside others, or a list of such.
 *
 * @param code the service's own, or empty
 * @param text its sentence, or what it sent instead; or empty, where there is a code. Fit for a
 *     message
 */
public record ErrorWords(String code, String text) {
  private static final List<String> CODES = List.of("code", "type");
  private static final List<String> TEXTS =
      List.of(
          "error", "errors", "message", "msg", "detail", "details", "reason", "error_description");
  private static final Pattern XML =
      Pattern.compile(
          "(?s)[\\s\\uFEFF]*(?:<\\?xml[^>]{0,200}>\\s*)?<Error>.{0,200}?<Code>(?<code>[^<]{1,200})</Code>"
              + ".{0,200}?<Message>(?<message>[^<]{1,2000})</Message>");
  private static final int MAX_DEPTH = 5;
  private static final int MAX_ELEMENTS = 10;

  /** The error of a response that is not the expected one. */
  static ErrorWords ofResponse(String body) {
    try {
      JsonNode json = ServiceJson.read(body);
      Optional<ErrorWords> words = json.isContainerNode() ? of(json) : Optional.empty();
      if (words.isPresent() && !words.get().text.isEmpty()) {
        return words.get();
      }
      if (json.isContainerNode()) {
        return new ErrorWords(
            words.map(ErrorWords::code).orElse(""), ReceivedBody.words(json, body));
      }
    } catch (JsonProcessingException notJson) {
      // taken as text
    }
    return ofXml(body).orElseGet(() -> new ErrorWords("", ReceivedBody.words(body)));
  }

  /** As the storage of Azure and S3 write it. */
  private static Optional<ErrorWords> ofXml(String body) {
    Matcher error = XML.matcher(body);
    return error.lookingAt()
        ? Optional.of(
            new ErrorWords(
                printable(error.group("code")),
                printable(error.group("code") + ": " + error.group("message"))))
        : Optional.empty();
  }

  /**
   * The text of an error field or an error document; empty where there is none: null, a boolean, or
   * an object without words.
   */
  public static Optional<ErrorWords> of(JsonNode error) {
    ErrorWords words = new ErrorWords(code(error, 0), text(error, 0));
    return words.code.isEmpty() && words.text.isEmpty() ? Optional.empty() : Optional.of(words);
  }

  private static String code(JsonNode error, int depth) {
    if (depth == MAX_DEPTH) {
      return "";
    }
    if (error.isNumber()) {
      return printable(error.asText());
    }
    if (error.path("error").isObject()) {
      String code = code(error.get("error"), depth + 1);
      if (!code.isEmpty()) {
        return code;
      }
    }
    for (String name : error.isObject() ? CODES : List.<String>of()) {
      JsonNode code = error.get(name);
      if (code != null && (code.isTextual() && !code.textValue().isBlank() || code.isNumber())) {
        return printable(code.asText());
      }
    }
    for (JsonNode inner : inner(error)) {
      String code = inner.isContainerNode() ? code(inner, depth + 1) : "";
      if (!code.isEmpty()) {
        return code;
      }
    }
    return "";
  }

  private static String text(JsonNode error, int depth) {
    if (error.isTextual()) {
      return printable(error.textValue());
    }
    if (depth < MAX_DEPTH) {
      for (JsonNode inner : inner(error)) {
        String text = text(inner, depth + 1);
        if (!text.isEmpty()) {
          return text;
        }
      }
    }
    return "";
  }

  /** Where words may be, the likelier first. */
  private static List<JsonNode> inner(JsonNode error) {
    if (error.isArray()) {
      return StreamSupport.stream(error.spliterator(), false).limit(MAX_ELEMENTS).toList();
    }
    return TEXTS.stream().filter(error::has).map(error::get).toList();
  }

  private static String printable(String text) {
    return SoraErrors.printable(text);
  }

  /** Code and sentence, as far as there are any. */
  @Override
  public String toString() {
    return code.isEmpty() ? text : text.isEmpty() ? code : code + ", " + text;
  }
}

package io.soracourier.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.sora.ErrorWords;
import io.soracourier.text.Excerpt;
import java.util.regex.Pattern;

/** Describes a body that is not a video. */
final class BodyWords {
  private static final int MAX_BEGINNING = 80;

  /** Controls that no text has, and what is left of bytes that are not UTF-8. */
  private static final Pattern NOT_TEXT = Pattern.compile("[\\p{Cc}\\uFFFD&&[^\\t\\r\\n\\f]]");

  private BodyWords() {}

  static String what(String body, JsonNode json) {
    if (json.isContainerNode()) {
      return ErrorWords.of(json)
          .map(ErrorWords::text)
          .filter(text -> !text.isEmpty())
          .map(text -> "JSON that says '" + text + "'")
          .orElse("JSON");
    }
    if (body.isBlank()) {
      return "an empty response";
    }
    String beginning = body.substring(0, Math.min(body.length(), MAX_BEGINNING));
    return NOT_TEXT.matcher(beginning).find()
        ? "neither JSON nor an MP4, but binary data"
        : "neither JSON nor an MP4, it begins with: " + Excerpt.of(body, MAX_BEGINNING);
  }

  static String naming(int urls) {
    return switch (urls) {
      case 0 -> ", without a URL";
      case 1 -> ", with a URL that is requested next";
      default -> ", with " + urls + " URLs that are requested next";
    };
  }
}

package io.soracourier.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.sora.ErrorWords;
import io.soracourier.text.Excerpt;
import io.soracourier.text.ReceivedText;

/** Describes a body that is not a video. */
final class BodyWords {
  private static final int MAX_BEGINNING = 80;

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
    return ReceivedText.isBinary(body)
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

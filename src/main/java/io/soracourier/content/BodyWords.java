package io.soracourier.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.sora.ErrorWords;
import io.soracourier.sora.ReceivedBody;
import io.soracourier.sora.VideoUrls;
import io.soracourier.text.Excerpt;
import io.soracourier.text.ReceivedText;

/** Describes a body that is not a video. */
final class BodyWords {
  private static final int MAX_BEGINNING = 80;
  private static final String NEITHER = "neither an MP4 nor JSON with properties";

  private BodyWords() {}

  /**
   * @param json the body as {@link io.soracourier.sora.ServiceJson#documentOrText} reads it
   */
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
    if (VideoUrls.isOnlyUrl(json.asText())) {
      return "a text";
    }
    if (ReceivedText.isBinary(body)) {
      return NEITHER + ", but binary data";
    }
    return ReceivedBody.mayBeJob(body)
        ? NEITHER + ", but " + ReceivedBody.words(body)
        : NEITHER + ", it begins with: " + Excerpt.of(body, MAX_BEGINNING);
  }

  static String naming(int urls) {
    return switch (urls) {
      case 0 -> ", without a URL";
      case 1 -> ", with a URL";
      default -> ", with " + urls + " URLs";
    };
  }
}

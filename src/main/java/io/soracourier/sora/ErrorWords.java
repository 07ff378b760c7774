package io.soracourier.sora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What an error response says. Bodies come wrapped in {@code error} (as observed) or flat (as
 * specified).
 *
 * @param code the service's own, or empty
 * @param text its sentence, or the beginning of what it sent instead; fit for a message
 */
public record ErrorWords(String code, String text) {
  static ErrorWords of(String body) {
    try {
      JsonNode root = ServiceJson.read(body);
      JsonNode error = root.path("error").isObject() ? root.get("error") : root;
      if (error.isObject() && error.path("message").isTextual()) {
        return new ErrorWords(
            error.path("code").asText(""), SoraErrors.printable(error.get("message").textValue()));
      }
    } catch (JsonProcessingException notJson) {
      // taken as text
    }
    return new ErrorWords("", body.isBlank() ? "(no text)" : SoraErrors.printable(body));
  }

  /** What an error document says, where a body is one; else empty. */
  public static Optional<String> in(JsonNode json) {
    JsonNode error = json.path("error").isObject() ? json.get("error") : json;
    return error.path("message").isTextual()
        ? Optional.of(SoraErrors.printable(error.get("message").textValue()))
        : json.path("error").isTextual()
            ? Optional.of(SoraErrors.printable(json.get("error").textValue()))
            : Optional.empty();
  }
}

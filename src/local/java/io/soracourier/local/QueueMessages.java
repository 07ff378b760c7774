package io.soracourier.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The host's way from the value of an output binding to queue messages: text that happens to be
 * Base64 is decoded, an array gives one message for each element, an object is written over several
 * lines, and a number or boolean as .NET writes it.
 */
final class QueueMessages {
  private QueueMessages() {}

  /** The bodies to send, none for null or a missing value. */
  static List<byte[]> of(JsonNode value, boolean binary) throws FailedInvocationException {
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (value.isTextual()) {
      Optional<byte[]> decoded = binary ? Optional.empty() : base64(value.textValue());
      if (decoded.isPresent()) {
        return List.of(decoded.get());
      }
      String trimmed = value.textValue().trim();
      if (isBracketed(trimmed, '{', '}') || isBracketed(trimmed, '[', ']')) {
        return elements(parse(trimmed));
      }
    }
    return elements(value);
  }

  private static boolean isBracketed(String text, char open, char close) {
    return !text.isEmpty() && text.charAt(0) == open && text.charAt(text.length() - 1) == close;
  }

  private static JsonNode parse(String text) throws FailedInvocationException {
    try {
      return Payload.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new FailedInvocationException(
          "the output looks like JSON and is not: " + e.getOriginalMessage(), e);
    }
  }

  private static List<byte[]> elements(JsonNode value) {
    List<byte[]> bodies = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(element -> bodies.add(utf8(element)));
    } else {
      bodies.add(utf8(value));
    }
    return bodies;
  }

  private static byte[] utf8(JsonNode value) {
    return DotNetText.of(value).getBytes(StandardCharsets.UTF_8);
  }

  /** What {@code Convert.FromBase64String} takes: white space anywhere, padding required. */
  private static Optional<byte[]> base64(String text) {
    String compact = text.replaceAll("[ \\t\\r\\n]", "");
    if (compact.length() % 4 != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(compact));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}

package io.soracourier.handler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What the Functions host posts for one invocation: {@code {"Data": {…}, "Metadata": {…}}}.
 *
 * <p>The host's documentation shows binding values encoded once; its code sends most of them as
 * JSON text inside a JSON string. Both forms are read.
 *
 * @param id the host's invocation id, from its header
 * @param data binding values by binding name
 * @param metadata the host's other metadata of the trigger, by name
 */
record Invocation(String id, JsonNode data, JsonNode metadata) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @throws MalformedInvocationException when the body is not such an object
   */
  static Invocation parse(String id, byte @Nullable [] body) {
    JsonNode root;
    try {
      root = JSON.readTree(body == null ? new byte[0] : body);
    } catch (java.io.IOException e) {
      throw new MalformedInvocationException("the body is not JSON");
    }
    if (!root.isObject()) {
      throw new MalformedInvocationException("the body is not a JSON object");
    }
    JsonNode data = root.path("Data");
    if (!data.isObject()) {
      throw new MalformedInvocationException("the body has no object \"Data\"");
    }
    return new Invocation(id, data, root.path("Metadata"));
  }

  /** The value of a binding as the host meant it, one layer of JSON-in-a-string undone. */
  JsonNode value(String binding) {
    JsonNode value = data.get(binding);
    if (value == null) {
      throw new MalformedInvocationException("\"Data\" has no binding \"" + binding + "\"");
    }
    return unwrapped(value);
  }

  /** A text of the host's metadata of the trigger, such as a message's {@code Id}; null if none. */
  @Nullable String metadata(String name) {
    JsonNode value = unwrapped(metadata.path(name));
    return value.isTextual() ? value.textValue() : null;
  }

  private static JsonNode unwrapped(JsonNode value) {
    if (value.isTextual()) {
      try {
        JsonNode inner = JSON.readTree(value.textValue());
        return inner == null || inner.isMissingNode() ? value : inner;
      } catch (JsonProcessingException singlyEncoded) {
        return value;
      }
    }
    return value;
  }

  /**
   * The value of a binding whose {@code dataType} is {@code binary}: Base64 of the bytes. Text that
   * is not Base64 came from a host that ignores the data type, and is taken as UTF-8.
   */
  byte[] bytes(String binding) {
    JsonNode value = data.get(binding);
    if (value != null && value.isTextual()) {
      try {
        return Base64.getDecoder().decode(value.textValue());
      } catch (IllegalArgumentException notBase64) {
        // falls through to the text forms
      }
    }
    JsonNode unwrapped = value(binding);
    if (unwrapped.isNull()) {
      return new byte[0];
    }
    String text = unwrapped.isTextual() ? unwrapped.textValue() : unwrapped.toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

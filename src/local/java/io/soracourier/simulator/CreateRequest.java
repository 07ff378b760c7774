package io.soracourier.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The body of a create request, JSON or multipart, validated as loosely as the services do. */
final class CreateRequest {
  private final ObjectNode fields;

  private CreateRequest(ObjectNode fields) {
    this.fields = fields;
  }

  static CreateRequest of(Request request) {
    String type = request.header("Content-Type").orElse("");
    if (type.startsWith("multipart/form-data")) {
      return new CreateRequest(Multipart.fields(type, request.body()));
    }
    return new CreateRequest(
        Json.read(request.body())
            .orElseThrow(() -> refused("The request body is not a JSON object.")));
  }

  CreateRequest require(String... names) {
    for (String name : names) {
      if (!fields.hasNonNull(name)) {
        throw refused("Missing required parameter: '" + name + "'.");
      }
    }
    return this;
  }

  String text(String name) {
    return fields.path(name).asText();
  }

  /** A number, also as a string of digits: the service takes both. */
  int number(String name, int absent, int least, int most) {
    JsonNode value = fields.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    int number = value.asInt(Integer.MIN_VALUE);
    if (number < least || number > most) {
      throw refused("Invalid value for '" + name + "': " + value + ".");
    }
    return number;
  }

  /** A string out of some; another type is refused in the words observed. */
  String choice(String name, List<String> choices) {
    JsonNode value = fields.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return choices.get(0);
    }
    String expected = "expected one of " + quoted(choices);
    if (value.isNumber()) {
      throw refused(
          "Invalid type for '" + name + "': " + expected + ", but got an integer instead.");
    }
    if (!choices.contains(value.asText())) {
      throw refused("Invalid value for '" + name + "': " + expected + ".");
    }
    return value.asText();
  }

  /** What is echoed as {@code inpaint_items}; null when absent. */
  JsonNode inpaintItems() {
    return fields.get("inpaint_items");
  }

  private static String quoted(List<String> choices) {
    List<String> quoted = choices.stream().map(choice -> "'" + choice + "'").toList();
    int last = quoted.size() - 1;
    return String.join(", ", quoted.subList(0, last))
        + (last > 1 ? ", or " : " or ")
        + quoted.get(last);
  }

  private static ServiceException refused(String message) {
    return new ServiceException(ServiceError.badRequest(message));
  }
}

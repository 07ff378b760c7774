package io.soracourier.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a handler answered, read by the host's rules: a JSON content type, and a JSON object whose
 * members are found whatever the case of their names.
 *
 * @param outputs values by binding name
 * @param returnValue missing when there is none
 */
record HandlerAnswer(Map<String, JsonNode> outputs, JsonNode returnValue, List<String> logs) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @return null for a response that the host does not count as one: it then waits for ever
   */
  static HandlerAnswer read(HttpResponse<byte[]> response) throws FailedInvocationException {
    if (response.statusCode() / 100 != 2) {
      throw new FailedInvocationException("the handler returned " + response.statusCode());
    }
    String contentType = response.headers().firstValue("content-type").orElse("");
    boolean json = contentType.matches("(?i)\\s*(application|text)/json\\s*(;.*)?");
    byte[] body = response.body();
    if (body.length == 0 && (json || !isChunked(response))) {
      return null;
    }
    if (!json) {
      throw new FailedInvocationException(
          "no formatter reads the content type '%s'; it must be application/json"
              .formatted(contentType));
    }
    try {
      JsonNode root = JSON.readTree(body);
      if (root == null || root.isMissingNode() || root.isNull()) {
        return null;
      }
      return of(root);
    } catch (IOException e) {
      throw new FailedInvocationException("the answer is not JSON: " + e.getMessage(), e);
    }
  }

  private static HandlerAnswer of(JsonNode root) throws FailedInvocationException {
    if (!root.isObject()) {
      throw new FailedInvocationException("the answer is not a JSON object");
    }
    Map<String, JsonNode> outputs = new LinkedHashMap<>();
    JsonNode outputsNode = member(root, "Outputs");
    if (outputsNode.isObject()) {
      outputsNode.properties().forEach(output -> outputs.put(output.getKey(), output.getValue()));
    } else if (!outputsNode.isMissingNode() && !outputsNode.isNull()) {
      throw new FailedInvocationException("\"Outputs\" of the answer is not an object");
    }
    List<String> logs = new ArrayList<>();
    JsonNode logsNode = member(root, "Logs");
    if (logsNode.isArray()) {
      for (JsonNode line : logsNode) {
        if (line.isContainerNode()) {
          throw new FailedInvocationException(
              "\"Logs\" of the answer has what is not a string: " + line);
        }
        logs.add(line.isNull() ? "" : line.asText());
      }
    } else if (!logsNode.isMissingNode() && !logsNode.isNull()) {
      throw new FailedInvocationException("\"Logs\" of the answer is not an array");
    }
    return new HandlerAnswer(outputs, member(root, "ReturnValue"), logs);
  }

  private static boolean isChunked(HttpResponse<?> response) {
    return response.headers().firstValue("transfer-encoding").isPresent();
  }

  private static JsonNode member(JsonNode object, String name) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getKey().equalsIgnoreCase(name)) {
        return field.getValue();
      }
    }
    return MissingNode.getInstance();
  }

  boolean hasReturnValue() {
    return !returnValue.isMissingNode() && !returnValue.isNull();
  }

  /**
   * The value for an output binding. Without a {@code $return} binding, the fields of a returned
   * object are outputs too.
   */
  JsonNode valueFor(Binding binding, FunctionDefinition function) {
    if (binding.name().equals(Binding.RETURN)) {
      return returnValue;
    }
    if (!function.returnsValue() && returnValue.isObject() && returnValue.has(binding.name())) {
      return returnValue.get(binding.name());
    }
    return outputs.getOrDefault(binding.name(), MissingNode.getInstance());
  }
}

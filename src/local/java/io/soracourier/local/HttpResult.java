package io.soracourier.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.soracourier.api.Problem;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a caller of an HTTP trigger, made of the value of its {@code http} output binding.
 *
 * <p>A value with a {@code body} describes the answer: body, headers, status. A binding with a name
 * is read for {@code statusCode} only, one called {@code $return} for {@code status} as well; any
 * other value is the body itself.
 */
record HttpResult(int status, Map<String, List<String>> headers, byte[] body) {
  private static final HttpResult EMPTY = new HttpResult(200, Map.of(), new byte[0]);

  static HttpResult error(int status) {
    return new HttpResult(status, Map.of(), new byte[0]);
  }

  /** What no function made: it is neither kept nor taken for another type. */
  static HttpResult own(int status, String contentType, byte[] body) {
    return new HttpResult(
        status,
        Map.of(
            "Content-Type", List.of(contentType),
            "Cache-Control", List.of("no-store"),
            "X-Content-Type-Options", List.of("nosniff")),
        body);
  }

  static HttpResult problem(Response.Status status, String detail) {
    Problem problem = Problem.of(status, detail);
    return own(
        problem.status(), Problem.MEDIA_TYPE, problem.json().getBytes(StandardCharsets.UTF_8));
  }

  static HttpResult of(FunctionDefinition function, HandlerAnswer answer)
      throws FailedInvocationException {
    Optional<Binding> output =
        function.outputs().stream().filter(binding -> binding.is("http")).findFirst();
    if (output.isEmpty()) {
      return EMPTY;
    }
    JsonNode value = answer.valueFor(output.get(), function);
    if (output.get().name().equals(Binding.RETURN)) {
      return value.isMissingNode() || value.isNull() ? EMPTY : returned(value);
    }
    return value.isMissingNode() || value.isNull() ? EMPTY : named(value);
  }

  private static HttpResult named(JsonNode value) throws FailedInvocationException {
    JsonNode description = value.isTextual() ? parsed(value.textValue()) : value;
    if (!description.isObject()) {
      throw new FailedInvocationException(
          "the http output is not an object with statusCode, headers and body");
    }
    JsonNode body = member(description, "body");
    String text = body.isMissingNode() ? "" : DotNetText.of(body);
    return described(description, status(member(description, "statusCode")), text);
  }

  private static HttpResult returned(JsonNode value) throws FailedInvocationException {
    JsonNode content = value;
    if (value.isTextual()) {
      try {
        content = Payload.JSON.readTree(value.textValue());
      } catch (JsonProcessingException plainText) {
        content = value;
      }
    }
    JsonNode body = member(content, "body");
    if (!content.isObject() || body.isMissingNode()) {
      return text(200, Map.of(), content.isObject() ? content.toString() : DotNetText.of(content));
    }
    JsonNode code = member(content, "statusCode");
    return described(
        content,
        status(code.isMissingNode() ? member(content, "status") : code),
        body.isObject() ? body.toString() : DotNetText.of(body));
  }

  private static HttpResult described(JsonNode description, int status, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    member(description, "headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    return text(status, headers, body);
  }

  private static HttpResult text(int status, Map<String, String> headers, String body) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    if (headers.keySet().stream().noneMatch("content-type"::equalsIgnoreCase)) {
      all.put("Content-Type", "text/plain; charset=utf-8");
    }
    Map<String, List<String>> lists = new LinkedHashMap<>();
    all.forEach((name, value) -> lists.put(name, List.of(value)));
    return new HttpResult(status, lists, body.getBytes(StandardCharsets.UTF_8));
  }

  private static int status(JsonNode value) {
    return value.asText("").matches("\\d{3}") ? Integer.parseInt(value.asText()) : 200;
  }

  private static JsonNode parsed(String text) throws FailedInvocationException {
    try {
      return Payload.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new FailedInvocationException("the http output is text that is not JSON", e);
    }
  }

  private static JsonNode member(JsonNode object, String name) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getKey().equalsIgnoreCase(name)) {
        return field.getValue();
      }
    }
    return MissingNode.getInstance();
  }
}

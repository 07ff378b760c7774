package io.soracourier.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to an HTTP trigger, in the form in which the host passes it on to a custom handler:
 * {@code {Url, Method, Query, Headers, Params, Identities, Body}}, a header's values in an array.
 *
 * <p>Source: azure-functions-host, {@code HttpScriptInvocationContextExtensions}.
 */
final class HttpInvocation implements HttpRequestMessage<Optional<String>> {
  private static final Pattern CODE = Pattern.compile("(?i)[?&]code=([^&#]*)");

  private final JsonNode request;

  HttpInvocation(JsonNode request) {
    if (!request.isObject()) {
      throw new MalformedInvocationException("the HTTP request is not a JSON object");
    }
    this.request = request;
  }

  @Override
  public URI getUri() {
    try {
      return URI.create(request.path("Url").asText());
    } catch (IllegalArgumentException e) {
      throw new MalformedInvocationException("the HTTP request's Url is no URL");
    }
  }

  @Override
  public HttpMethod getHttpMethod() {
    return HttpMethod.value(request.path("Method").asText());
  }

  /** By name, in any case; of several values the first. */
  @Override
  public Map<String, String> getHeaders() {
    return texts(request.path("Headers"));
  }

  @Override
  public Map<String, String> getQueryParameters() {
    return texts(request.path("Query"));
  }

  /** The parts of the path that the route names. */
  Map<String, String> routeParameters() {
    return texts(request.path("Params"));
  }

  @Override
  public Optional<String> getBody() {
    JsonNode body = request.path("Body");
    return body.isMissingNode() || body.isNull() ? Optional.empty() : Optional.of(body.asText());
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
    return new HttpReply.Builder().status(status);
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
    return new HttpReply.Builder().status(status);
  }

  /** What may be a key to the function, wherever a caller may put it. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    request
        .path("Headers")
        .properties()
        .forEach(header -> addIf("x-functions-key", header.getKey(), header.getValue(), keys));
    request
        .path("Query")
        .properties()
        .forEach(parameter -> addIf("code", parameter.getKey(), parameter.getValue(), keys));
    Matcher code = CODE.matcher(request.path("Url").asText());
    while (code.find()) {
      keys.add(decoded(code.group(1)));
    }
    return keys;
  }

  private static void addIf(String wanted, String name, JsonNode value, List<String> keys) {
    if (wanted.equalsIgnoreCase(name)) {
      if (value.isArray()) {
        value.forEach(each -> keys.add(each.asText()));
      } else {
        keys.add(value.asText());
      }
    }
  }

  private static String decoded(String code) {
    try {
      return URLDecoder.decode(code.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return code;
    }
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    object
        .properties()
        .forEach(
            field -> {
              JsonNode value =
                  field.getValue().isArray() ? field.getValue().path(0) : field.getValue();
              texts.put(field.getKey(), value.asText());
            });
    return texts;
  }
}

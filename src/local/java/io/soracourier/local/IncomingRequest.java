package io.soracourier.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request to an HTTP trigger, and the form in which the host passes it on.
 *
 * @param query by name, several values of one name joined by commas
 * @param headers by name
 */
record IncomingRequest(
    String method,
    URI uri,
    Map<String, String> query,
    Map<String, List<String>> headers,
    byte[] body) {
  private static final String CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name";
  private static final String ROLES =
      "http://schemas.microsoft.com/ws/2008/06/identity/claims/role";

  static IncomingRequest read(HttpExchange exchange) throws IOException {
    String host = exchange.getRequestHeaders().getFirst("Host");
    String target = exchange.getRequestURI().toString();
    URI uri = URI.create(target.startsWith("/") ? "http://" + host + target : target);
    return new IncomingRequest(
        exchange.getRequestMethod(),
        uri,
        DotNetUrl.values(uri.getRawQuery()),
        Map.copyOf(exchange.getRequestHeaders()),
        exchange.getRequestBody().readAllBytes());
  }

  String rawPath() {
    return uri.getRawPath();
  }

  int lineLength() {
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return (method + " " + rawPath() + query + " HTTP/1.1").length();
  }

  String header(String name) {
    List<String> values = headerValues(name);
    return values.isEmpty() ? null : values.get(0);
  }

  List<String> headerValues(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .flatMap(header -> header.getValue().stream())
        .toList();
  }

  /** {@code {Url, Method, Query, Headers, Params, Identities, Body}}. */
  ObjectNode toJson(Map<String, String> parameters) {
    ObjectNode request = Payload.JSON.createObjectNode();
    request.put("Url", uri.toString());
    request.put("Method", method);
    ObjectNode queryNode = request.putObject("Query");
    query.forEach(queryNode::put);
    ObjectNode headersNode = request.putObject("Headers");
    headers.forEach(
        (name, values) -> {
          ArrayNode array = headersNode.putArray(name);
          values.forEach(array::add);
        });
    ObjectNode parametersNode = request.putObject("Params");
    parameters.forEach(parametersNode::put);
    ObjectNode identity = request.putArray("Identities").addObject();
    identity.putNull("AuthenticationType").put("IsAuthenticated", false);
    identity.putNull("Actor").putNull("BootstrapContext").putArray("Claims");
    identity.putNull("Label").putNull("Name");
    identity.put("NameClaimType", CLAIMS).put("RoleClaimType", ROLES);
    // Without a declared length the host sees no body.
    if (body.length > 0 && header("Content-Length") != null) {
      if (isBinary()) {
        request.put("Body", body);
      } else {
        request.put("Body", text());
      }
    }
    return request;
  }

  /** What binding expressions may refer to: body fields, query, route, headers. */
  void addMetadata(Payload payload, Map<String, String> parameters) {
    if (!isBinary()) {
      payload.metadataFrom(text());
    }
    query.forEach(
        (name, value) -> {
          if (!name.equalsIgnoreCase("code")) {
            payload.metadata(name, value);
          }
        });
    parameters.forEach(payload::metadata);
    payload.metadata("Query", query);
    Map<String, String> firstValues = new LinkedHashMap<>();
    headers.forEach((name, values) -> firstValues.put(name, String.join(",", values)));
    payload.metadata("Headers", firstValues);
  }

  private String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  private boolean isBinary() {
    String type = String.valueOf(header("Content-Type")).toLowerCase(Locale.ROOT);
    return type.startsWith("application/octet-stream") || type.startsWith("multipart/");
  }
}

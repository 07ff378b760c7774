package io.soracourier.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request that a page made.
 *
 * @param type what for, in the protocol's words: {@code Document}, {@code Fetch}, {@code Media}…
 * @param headers those that the page itself set, and some of the browser's own
 */
public record SentRequest(String method, String url, String type, Map<String, String> headers) {
  static SentRequest of(JsonNode request, String type) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    return new SentRequest(
        request.path("method").asText(), request.path("url").asText(), type, headers);
  }

  /** Null where it was not sent. */
  public String header(String name) {
    return headers.get(name);
  }
}

package io.soracourier.api;

import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys that a forwarded request carries, as Functions takes them: the header {@code
 * x-functions-key} in any case, and {@code code} in the query.
 */
final class FunctionKeys {
  static final String HEADER = "x-functions-key";
  private static final String PARAMETER = "code";

  private FunctionKeys() {}

  /** What may be a key, wherever the caller may put it; several of one name may be joined. */
  static List<String> in(HttpServerRequest request) {
    List<String> keys = new ArrayList<>();
    request.headers().getAll(HEADER).forEach(key -> add(key, keys));
    if (request.query() != null) {
      for (String pair : request.query().split("&")) {
        String[] parts = pair.split("=", 2);
        if (parts.length == 2 && decoded(parts[0]).equalsIgnoreCase(PARAMETER)) {
          add(parts[1], keys);
          add(decoded(parts[1]), keys);
        }
      }
    }
    return keys;
  }

  private static void add(String value, List<String> keys) {
    keys.add(value);
    Stream.of(value.split(",")).map(String::strip).forEach(keys::add);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }
}

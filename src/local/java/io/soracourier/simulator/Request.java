package io.soracourier.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A request as it came over the wire.
 *
 * @param path as sent, not decoded, without the query
 * @param query as sent, not decoded, without the question mark; empty when there is none
 */
public record Request(String method, String path, String query, Headers headers, byte[] body) {

  public Optional<String> header(String name) {
    return headers.first(name);
  }

  /** The decoded value of the first query parameter of that name. */
  public Optional<String> parameter(String name) {
    return Arrays.stream(query.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair[0].equals(name))
        .map(pair -> pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8))
        .findFirst();
  }

  /** The path with its query, as in the request line. */
  public String target() {
    return query.isEmpty() ? path : path + "?" + query;
  }

  Request without(String header) {
    return new Request(method, path, query, headers.without(header), body);
  }
}

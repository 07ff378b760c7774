package io.soracourier.sora;

import java.nio.charset.StandardCharsets;

/** Text as one segment of a URL's path. */
final class PathSegment {
  private static final String UNRESERVED = "-._~";

  private PathSegment() {}

  /**
   * Every byte but {@code A-Za-z0-9-._~} percent-encoded, {@code %} too: a server that decodes once
   * gets the very text.
   */
  static String of(String text) {
    StringBuilder segment = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean unreserved =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || UNRESERVED.indexOf(c) >= 0;
      segment.append(unreserved ? String.valueOf(c) : "%%%02X".formatted(b & 0xFF));
    }
    return segment.toString();
  }

  /**
   * A path with parameters, in which there may be some already; {@code parameters} may be empty.
   */
  static String withQuery(String path, String parameters) {
    if (parameters.isEmpty()) {
      return path;
    }
    return path + (path.contains("?") ? "&" : "?") + parameters;
  }
}

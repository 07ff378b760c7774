package io.soracourier.api;

import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A segment of a path as the host forwards it. The host decodes the caller's path once, all but
 * {@code %2F}, and builds it again: it escapes what must not be in a path (white space, controls,
 * {@code "<>^`{|}}, what is not ASCII, and a {@code %} without two hex digits after it), and undoes
 * the escapes of letters, digits and {@code -._~}. So what arrives is the caller's text, not an
 * encoding of it: {@code a:b} for {@code a%3Ab}, and {@code a%3Ab} for {@code a%253Ab}.
 *
 * <p>Source: Kestrel's {@code UrlDecoder}, .NET's {@code System.Uri}, azure-functions-host 4.1037,
 * {@code DefaultHttpWorkerService.GetPathValue}.
 */
final class ForwardedPath {
  private static final String ESCAPED_BY_THE_HOST = "\"<>^`{|}";
  private static final int ESCAPE = 3;

  private ForwardedPath() {}

  /**
   * What the caller wrote as the last segment of the path: the id, in all calls for one thing. It
   * is read here and not as a parameter of the path, of which Quarkus cuts what follows a {@code ;}
   * and undoes escapes.
   */
  static String lastSegment(HttpServerRequest request) {
    String path = withoutSlashes(request.path());
    return text(path.substring(path.lastIndexOf('/') + 1));
  }

  /** The same of the segment before the last one. */
  static String lastButOne(HttpServerRequest request) {
    String path = withoutSlashes(request.path());
    String before = withoutSlashes(path.substring(0, path.lastIndexOf('/') + 1));
    return text(before.substring(before.lastIndexOf('/') + 1));
  }

  private static String withoutSlashes(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /**
   * What the caller wrote, percent-encoded once.
   *
   * @param raw a segment as it arrived
   */
  static String text(String raw) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(raw.length());
    int next = 0;
    while (next < raw.length()) {
      int escaped = escaped(raw, next);
      boolean ofPercent = escaped == '%' && escaped("%" + after(raw, next), 0) < 0;
      if (ofPercent || isEscapedByTheHost(escaped)) {
        text.write(escaped);
        next += ESCAPE;
      } else {
        text.writeBytes(raw.substring(next, next + 1).getBytes(StandardCharsets.UTF_8));
        next++;
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  /**
   * Whether an id, percent-encoded once, arrives as it is. One that contains {@code %} with two
   * digits may not: then it belongs into the query, of which the host changes nothing.
   */
  static boolean carries(String id) {
    for (int i = 0; i < id.length(); i++) {
      int escaped = escaped(id, i);
      if (escaped > 0 && escaped < 0x80 && isUnreserved((char) escaped)) {
        return false;
      }
    }
    return text(id).equals(id);
  }

  /** The byte of the escape at this position; -1 where there is none. */
  private static int escaped(String text, int at) {
    if (text.charAt(at) != '%' || at + ESCAPE > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at + 1), 16);
    int low = Character.digit(text.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : 16 * high + low;
  }

  private static String after(String raw, int escape) {
    return raw.substring(escape + ESCAPE, Math.min(raw.length(), escape + ESCAPE + 2));
  }

  private static boolean isEscapedByTheHost(int b) {
    return b >= 0 && b <= ' ' || b >= 0x7F || b > 0 && ESCAPED_BY_THE_HOST.indexOf(b) >= 0;
  }

  private static boolean isUnreserved(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "-._~".indexOf(c) >= 0;
  }
}

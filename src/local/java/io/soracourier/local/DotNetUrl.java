package io.soracourier.local;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What becomes of a URL on its way through the host: Kestrel decodes the path once, by which
 * functions are found and keys are checked, and {@code System.Uri} makes of it what is forwarded.
 *
 * <p>Source: Kestrel's {@code UrlDecoder} and {@code PathNormalizer}, .NET's {@code System.Uri},
 * {@code QueryHelpers} and {@code DefaultUrlEncoder}; the results for {@code %5C}, dot segments and
 * {@code %253A} were seen on a real host.
 */
final class DotNetUrl {
  private static final String UNRESERVED = "-._~";
  private static final String RESERVED = ";/?:@&=+$,#[]!'()*";
  private static final String PLAIN_IN_QUERIES = "!$()*,-.;@_~";

  private DotNetUrl() {}

  /**
   * The path as the host routes it.
   *
   * @param raw as it was sent, without the query
   * @return empty for one that is refused with 400
   */
  static Optional<String> decoded(String raw) {
    StringBuilder path = new StringBuilder();
    int next = 0;
    while (next < raw.length()) {
      int length = encodedLength(raw, next);
      if (length == 0) {
        path.append(raw.charAt(next++));
        continue;
      }
      String character = new String(bytes(raw, next, length), StandardCharsets.UTF_8);
      if (character.equals("\0")) {
        return Optional.empty();
      }
      // An escaped slash stays escaped.
      path.append(character.equals("/") ? raw.substring(next, next + 3) : character);
      next += 3 * length;
    }
    return Optional.of(withoutDotSegments(path.toString()));
  }

  /** The path as it is forwarded, of one that was decoded; blanks at its end need a query. */
  static String forwardedPath(String decoded, boolean hasQuery) {
    String path = decoded.replaceFirst("[?#].*", "");
    if (!hasQuery) {
      path = path.replaceFirst("[ \\t\\r\\n]+$", "");
    }
    StringBuilder normal = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      int escaped = escaped(path, i);
      if (escaped >= 0 && isUnreserved((char) escaped)) {
        normal.append((char) escaped);
        i += 2;
      } else {
        normal.append(path.charAt(i) == '\\' ? '/' : path.charAt(i));
      }
    }
    return escape(withoutDotSegments(normal.toString()));
  }

  /** The query as it is forwarded, with its question mark; empty where there is none. */
  static String forwardedQuery(String raw) {
    if (raw == null) {
      return "";
    }
    String query =
        values(raw).entrySet().stream()
            .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }

  /**
   * The values of a query by name, in their order; several of one name, whatever its case, are
   * joined by commas.
   */
  static Map<String, String> values(String raw) {
    Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      if (!pair.isEmpty()) {
        String given = unescape(parts[0]);
        names.putIfAbsent(given, given);
        values.merge(
            names.get(given),
            parts.length == 1 ? "" : unescape(parts[1]),
            (one, other) -> one + "," + other);
      }
    }
    return values;
  }

  /** The segments by which a route is matched: empty ones count, but the one at the end. */
  static List<String> segments(String decoded) {
    String path = decoded.substring(1);
    String[] segments =
        (path.endsWith("/") ? path.substring(0, path.length() - 1) : path).split("/", -1);
    return path.isEmpty() ? List.of() : Arrays.asList(segments);
  }

  private static String withoutDotSegments(String path) {
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      if (segments[i].equals("..")) {
        kept.pollLast();
      } else if (!segments[i].equals(".")) {
        kept.add(segments[i]);
        continue;
      }
      if (last) {
        kept.add("");
      }
    }
    return "/" + String.join("/", kept);
  }

  private static String escape(String path) {
    StringBuilder escaped = new StringBuilder();
    path.codePoints()
        .forEach(
            c -> {
              boolean plain = c < 0x80 && (isUnreserved((char) c) || RESERVED.indexOf(c) >= 0);
              escaped.append(
                  plain || c == '%' ? Character.toString(c) : percent(Character.toString(c)));
            });
    // A percent sign that begins no escape is one itself.
    return escaped.toString().replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
  }

  private static String unescape(String text) {
    return URLDecoder.decode(text.replaceAll("%(?![0-9A-Fa-f]{2})", "%25"), StandardCharsets.UTF_8);
  }

  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              boolean plain =
                  c < 0x80 && (isAlphanumeric((char) c) || PLAIN_IN_QUERIES.indexOf(c) >= 0);
              encoded.append(plain ? Character.toString(c) : percent(Character.toString(c)));
            });
    return encoded.toString();
  }

  private static String percent(String character) {
    StringBuilder escapes = new StringBuilder();
    for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
      escapes.append(String.format(Locale.ROOT, "%%%02X", b & 0xFF));
    }
    return escapes.toString();
  }

  /** How many escapes make a character of UTF-8 here; 0 where there is none, or no valid one. */
  private static int encodedLength(String raw, int at) {
    int first = escaped(raw, at);
    int length = first < 0 ? 0 : first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (length == 0 || at + 3 * length > raw.length()) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if (escaped(raw, at + 3 * i) < 0) {
        return 0;
      }
    }
    try {
      return StandardCharsets.UTF_8
                  .newDecoder()
                  .decode(ByteBuffer.wrap(bytes(raw, at, length)))
                  .toString()
                  .codePointCount(0, length < 4 ? 1 : 2)
              == 1
          ? length
          : 0;
    } catch (CharacterCodingException notUtf8) {
      return 0;
    }
  }

  private static byte[] bytes(String raw, int at, int escapes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < escapes; i++) {
      bytes.write(escaped(raw, at + 3 * i));
    }
    return bytes.toByteArray();
  }

  private static int escaped(String text, int at) {
    if (at + 3 > text.length() || text.charAt(at) != '%') {
      return -1;
    }
    int high = Character.digit(text.charAt(at + 1), 16);
    int low = Character.digit(text.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : 16 * high + low;
  }

  private static boolean isUnreserved(char c) {
    return isAlphanumeric(c) || UNRESERVED.indexOf(c) >= 0;
  }

  private static boolean isAlphanumeric(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}

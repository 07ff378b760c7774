package io.soracourier.text;

/**
 * A text with its escapes decoded, as far as URLs have them: {@code \u0026}, {@code \/}, {@code
 * &amp;}, {@code &#38;}, also inside one another. For a text of which it is known how it is meant;
 * {@link Escapes} reads all ways in which it may be.
 */
final class Unescaped {
  private static final int MAX_DEPTH = 3;
  private static final int MAX_ENTITY = 10;

  private Unescaped() {}

  static String of(String text) {
    String unescaped = text;
    for (int depth = 0; depth < MAX_DEPTH && hasEscape(unescaped); depth++) {
      String next = once(unescaped);
      if (next.length() == unescaped.length()) {
        break;
      }
      unescaped = next;
    }
    return unescaped;
  }

  private static boolean hasEscape(String text) {
    return text.indexOf('\\') >= 0 || text.indexOf('&') >= 0;
  }

  private static String once(String text) {
    StringBuilder unescaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      i = c == '\\' ? backslash(text, i, unescaped) : c == '&' ? entity(text, i, unescaped) : i;
      if (c != '\\' && c != '&') {
        unescaped.append(c);
        i++;
      }
    }
    return unescaped.toString();
  }

  /** Any number of backslashes, because JSON may be inside JSON. Returns the position after it. */
  private static int backslash(String text, int begin, StringBuilder to) {
    int at = begin;
    while (at < text.length() && text.charAt(at) == '\\') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '/') {
      to.append('/');
      return at + 1;
    }
    if (at < text.length() && (text.charAt(at) | 0x20) == 'u') {
      int character = hex(text, at + 1, 4);
      if (character >= 0) {
        to.append((char) character);
        return at + 5;
      }
    }
    to.append(text, begin, at);
    return at;
  }

  private static int entity(String text, int begin, StringBuilder to) {
    int end = begin + 1;
    while (end < text.length() && end - begin <= MAX_ENTITY && isOfEntity(text.charAt(end))) {
      end++;
    }
    boolean closed = end < text.length() && text.charAt(end) == ';';
    int character = closed ? HtmlEntity.decoded(text.substring(begin + 1, end)) : -1;
    if (character >= 0) {
      to.append((char) character);
      return end + 1;
    }
    to.append('&');
    return text.regionMatches(true, begin, "&amp", 0, 4) ? begin + 4 : begin + 1;
  }

  private static boolean isOfEntity(char c) {
    return c == '#' || c < 0x80 && Character.isLetterOrDigit(c);
  }

  /** With percent signs decoded, once. */
  static String ofPercent(String text) {
    StringBuilder decoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int character = text.charAt(i) == '%' ? hex(text, i + 1, 2) : -1;
      decoded.append(character < 0 ? text.charAt(i) : (char) character);
      i += character < 0 ? 0 : 2;
    }
    return decoded.toString();
  }

  /** A number of so many digits, or -1. */
  private static int hex(String text, int begin, int digits) {
    if (begin + digits > text.length()) {
      return -1;
    }
    int number = 0;
    for (int i = begin; i < begin + digits; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      number = number << 4 | digit;
    }
    return number;
  }
}

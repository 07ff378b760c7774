package io.soracourier.queue;

import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Text in an XML 1.0 element. */
final class XmlText {
  private XmlText() {}

  /** Where the first character is that XML 1.0 has no way to write. */
  static OptionalInt firstForbidden(String text) {
    return IntStream.iterate(
            0, i -> i < text.length(), i -> i + Character.charCount(text.codePointAt(i)))
        .filter(i -> !isChar(text.codePointAt(i)))
        .findFirst();
  }

  /** The production {@code Char} of the standard; half a surrogate pair is none. */
  private static boolean isChar(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }

  static String escaped(String text) {
    StringBuilder xml = new StringBuilder(text.length() + 64);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> xml.append("&amp;");
        case '<' -> xml.append("&lt;");
        case '>' -> xml.append("&gt;");
        // A parser turns a bare one into a line feed.
        case '\r' -> xml.append("&#13;");
        default -> xml.append(c);
      }
    }
    return xml.toString();
  }
}

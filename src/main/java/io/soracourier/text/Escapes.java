package io.soracourier.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a character of a text in which it may be escaped for a URL ({@code %2B}), for JSON ({@code
 * \u002b}, {@code \/}) or for HTML ({@code &#43;}, {@code &plus;}, with or without the semicolon),
 * or for several of them in turn ({@code %252B}).
 *
 * <p>Sources: RFC 3986, 2.1; RFC 8259, 7; the list of named character references of the HTML
 * standard.
 */
final class Escapes {
  /** Escapes inside escapes that are read, which is once more than servers are known to do. */
  private static final int MAX_DEPTH = 3;

  private static final int MAX_ENTITY = 10;

  /**
   * One way to read a character.
   *
   * @param end the position after it
   * @param cut whether the text ends inside an escape; then there is no character
   */
  record Reading(char character, int end, boolean cut) {
    private static Reading of(int character, int end) {
      return new Reading((char) character, end, false);
    }

    private static Reading cutAt(int end) {
      return new Reading('\0', end, true);
    }
  }

  /** A number in the text. */
  private record Digits(int value, int end) {}

  private Escapes() {}

  /** Whether an escape may begin with this character. */
  static boolean mayBegin(char character) {
    return character == '%' || character == '\\' || character == '&';
  }

  /** All ways to read the character at a position, which may be the end of the text. */
  static List<Reading> at(String text, int position) {
    return at(text, position, MAX_DEPTH);
  }

  private static List<Reading> at(String text, int position, int depth) {
    if (position >= text.length()) {
      return List.of(Reading.cutAt(position));
    }
    char raw = text.charAt(position);
    Reading asItIs = Reading.of(raw, position + 1);
    if (depth == 0 || !mayBegin(raw)) {
      return List.of(asItIs);
    }
    List<Reading> readings = new ArrayList<>();
    readings.add(asItIs);
    for (Reading first : at(text, position, depth - 1)) {
      switch (first.cut() ? '\0' : first.character()) {
        case '%' -> percent(text, first.end(), depth - 1, readings);
        case '\\' -> backslash(text, first.end(), depth - 1, readings);
        case '&' -> entity(text, first.end(), depth - 1, "", readings);
        default -> {
          if (!readings.contains(first)) {
            readings.add(first);
          }
        }
      }
    }
    return readings;
  }

  /** One to three bytes of UTF-8, of which the first percent sign is read already. */
  private static void percent(String text, int position, int depth, List<Reading> readings) {
    for (Digits first : hex(text, position, 2, depth, readings)) {
      int continued = first.value() < 0x80 ? 0 : first.value() < 0xE0 ? 1 : 2;
      int bits = first.value() & (continued == 0 ? 0x7F : continued == 1 ? 0x1F : 0x0F);
      continuation(text, new Digits(bits, first.end()), continued, depth, readings);
    }
  }

  private static void continuation(
      String text, Digits before, int bytes, int depth, List<Reading> readings) {
    if (bytes == 0) {
      readings.add(Reading.of(before.value(), before.end()));
      return;
    }
    for (Reading sign : at(text, before.end(), depth)) {
      if (sign.cut()) {
        readings.add(sign);
      } else if (sign.character() == '%') {
        for (Digits next : hex(text, sign.end(), 2, depth, readings)) {
          Digits joined = new Digits(before.value() << 6 | next.value() & 0x3F, next.end());
          continuation(text, joined, bytes - 1, depth, readings);
        }
      }
    }
  }

  private static void backslash(String text, int position, int depth, List<Reading> readings) {
    for (Reading next : at(text, position, depth)) {
      if (next.cut()) {
        readings.add(next);
        continue;
      }
      switch (next.character()) {
        // In upper case where a whole text was changed to that.
        case 'u', 'U' -> addAll(hex(text, next.end(), 4, depth, readings), readings);
        case 'x', 'X' -> addAll(hex(text, next.end(), 2, depth, readings), readings);
        case 'b' -> readings.add(Reading.of('\b', next.end()));
        case 'f' -> readings.add(Reading.of('\f', next.end()));
        case 'n' -> readings.add(Reading.of('\n', next.end()));
        case 'r' -> readings.add(Reading.of('\r', next.end()));
        case 't' -> readings.add(Reading.of('\t', next.end()));
        default -> readings.add(next);
      }
    }
  }

  private static void addAll(List<Digits> numbers, List<Reading> readings) {
    numbers.forEach(number -> readings.add(Reading.of(number.value(), number.end())));
  }

  /**
   * @param name what of the entity was read before
   */
  private static void entity(
      String text, int position, int depth, String name, List<Reading> readings) {
    boolean ended = name.startsWith("#");
    int radix = HtmlEntity.radix(name);
    if (HtmlEntity.endsWithoutSemicolon(name)) {
      readings.add(Reading.of(HtmlEntity.decoded(name), position));
    }
    for (Reading next : at(text, position, depth)) {
      char character = next.character();
      ended &= next.cut() || Character.digit(character, radix) < 0 && character != ';';
      if (next.cut()) {
        readings.add(next);
      } else if (character == ';') {
        int decoded = HtmlEntity.decoded(name);
        if (decoded >= 0) {
          readings.add(Reading.of(decoded, next.end()));
        }
      } else if (name.length() < MAX_ENTITY && (isAlphanumeric(character) || character == '#')) {
        entity(text, next.end(), depth, name + character, readings);
      }
    }
    int number = ended ? HtmlEntity.decoded(name) : -1;
    if (number >= 0) {
      readings.add(Reading.of(number, position));
    }
  }

  private static List<Digits> hex(
      String text, int position, int count, int depth, List<Reading> readings) {
    List<Digits> numbers = List.of(new Digits(0, position));
    for (int i = 0; i < count; i++) {
      List<Digits> longer = new ArrayList<>();
      for (Digits before : numbers) {
        for (Reading next : at(text, before.end(), depth)) {
          int digit = next.cut() ? -1 : Character.digit(next.character(), 16);
          if (next.cut()) {
            readings.add(next);
          } else if (digit >= 0 && next.character() < 0x80) {
            longer.add(new Digits(before.value() << 4 | digit, next.end()));
          }
        }
      }
      numbers = longer;
    }
    return numbers;
  }

  private static boolean isAlphanumeric(char c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}

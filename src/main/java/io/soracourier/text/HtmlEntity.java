package io.soracourier.text;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The character of an HTML entity. The case of names does not matter here, because a text may have
 * been changed to upper case after it was escaped.
 *
 * <p>Source: the list of named character references of the HTML standard, which also lists which of
 * them end without a semicolon.
 */
final class HtmlEntity {
  private static final Map<String, Character> ENTITIES =
      Map.ofEntries(
          Map.entry("amp", '&'),
          Map.entry("lt", '<'),
          Map.entry("gt", '>'),
          Map.entry("quot", '"'),
          Map.entry("apos", '\''),
          Map.entry("plus", '+'),
          Map.entry("sol", '/'),
          Map.entry("bsol", '\\'),
          Map.entry("equals", '='),
          Map.entry("lowbar", '_'),
          Map.entry("underbar", '_'),
          Map.entry("period", '.'),
          Map.entry("colon", ':'),
          Map.entry("semi", ';'),
          Map.entry("comma", ','),
          Map.entry("num", '#'),
          Map.entry("dollar", '$'),
          Map.entry("percnt", '%'),
          Map.entry("lpar", '('),
          Map.entry("rpar", ')'),
          Map.entry("ast", '*'),
          Map.entry("midast", '*'),
          Map.entry("commat", '@'),
          Map.entry("lsqb", '['),
          Map.entry("lbrack", '['),
          Map.entry("rsqb", ']'),
          Map.entry("rbrack", ']'),
          Map.entry("hat", '^'),
          Map.entry("grave", '`'),
          Map.entry("lcub", '{'),
          Map.entry("lbrace", '{'),
          Map.entry("rcub", '}'),
          Map.entry("rbrace", '}'),
          Map.entry("verbar", '|'),
          Map.entry("vert", '|'),
          Map.entry("excl", '!'),
          Map.entry("quest", '?'),
          Map.entry("tab", '\t'),
          Map.entry("newline", '\n'));

  private static final Set<String> WITHOUT_SEMICOLON = Set.of("amp", "lt", "gt", "quot");
  private static final int MAX_DIGITS = 7;

  private HtmlEntity() {}

  /**
   * @param name without {@code &} and {@code ;}
   * @return -1 where there is no such entity
   */
  static int decoded(String name) {
    if (name.startsWith("#")) {
      int radix = radix(name);
      return number(name, radix == 16 ? 2 : 1, radix);
    }
    Character named = ENTITIES.get(name.toLowerCase(Locale.ROOT));
    return named == null ? -1 : named;
  }

  /** Of the digits of a number after {@code #} or {@code #x}. */
  static int radix(String name) {
    return name.length() > 1 && (name.charAt(1) | 0x20) == 'x' ? 16 : 10;
  }

  private static int number(String name, int begin, int radix) {
    int digits = name.length() - begin;
    if (digits < 1 || digits > MAX_DIGITS) {
      return -1;
    }
    int number = 0;
    for (int i = begin; i < name.length(); i++) {
      int digit = name.charAt(i) < 0x80 ? Character.digit(name.charAt(i), radix) : -1;
      if (digit < 0) {
        return -1;
      }
      number = number * radix + digit;
    }
    return number;
  }

  /** Whether this name ends where the next character is not part of it. */
  static boolean endsWithoutSemicolon(String name) {
    return WITHOUT_SEMICOLON.contains(name.toLowerCase(Locale.ROOT));
  }
}

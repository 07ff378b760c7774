package io.soracourier.text;

import java.util.Map;

/**
 * The character that an entity of HTML stands for.
 *
 * <p>Source: the list of named character references of the HTML standard.
 */
final class HtmlEntity {
  private static final Map<String, Character> ENTITIES =
      Map.ofEntries(
          Map.entry("amp", '&'),
          Map.entry("AMP", '&'),
          Map.entry("lt", '<'),
          Map.entry("LT", '<'),
          Map.entry("gt", '>'),
          Map.entry("GT", '>'),
          Map.entry("quot", '"'),
          Map.entry("QUOT", '"'),
          Map.entry("apos", '\''),
          Map.entry("plus", '+'),
          Map.entry("sol", '/'),
          Map.entry("bsol", '\\'),
          Map.entry("equals", '='),
          Map.entry("lowbar", '_'),
          Map.entry("UnderBar", '_'),
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
          Map.entry("Hat", '^'),
          Map.entry("grave", '`'),
          Map.entry("lcub", '{'),
          Map.entry("lbrace", '{'),
          Map.entry("rcub", '}'),
          Map.entry("rbrace", '}'),
          Map.entry("verbar", '|'),
          Map.entry("vert", '|'),
          Map.entry("excl", '!'),
          Map.entry("quest", '?'),
          Map.entry("Tab", '\t'),
          Map.entry("NewLine", '\n'));

  private HtmlEntity() {}

  /**
   * @param name without {@code &} and {@code ;}
   * @return -1 where there is no such entity
   */
  static int decoded(String name) {
    if (name.matches("#[0-9]{1,7}")) {
      return Integer.parseInt(name.substring(1));
    }
    if (name.matches("#[xX][0-9A-Fa-f]{1,6}")) {
      return Integer.parseInt(name.substring(2), 16);
    }
    Character named = ENTITIES.get(name);
    return named == null ? -1 : named;
  }
}

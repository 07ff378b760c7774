package io.soracourier.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that have the name of a credential before them: members of JSON, headers, parameters,
 * settings, elements of XML.
 */
final class NamedCredentials {
  /**
   * The end of a name, such as {@code refresh_token}, {@code clientSecret} or {@code api-key}, and
   * what is between it and the value. Not {@code max_tokens}, {@code monkey}, {@code InvalidToken:
   * …}.
   */
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(?<![\\w.-])(?!invalid|expired|missing|unknown|wrong|bad)[\\w.-]{0,60}?"
              + "(?:token|secret|password|passwd|passphrase|pwd|credentials?|assertion|signature"
              + "|(?:api|access|account|shared|private|primary|secondary|function)key"
              + "|(?<![a-z0-9])sig|[-_.](?:key|sas|pass)|(?-i:[a-z]Key)|identity-header"
              + "|(authorization)|cookie)"
              + "\\\\{0,4}[\"']?\\s{0,4}[:=>]\\s{0,4}\\[?\\s{0,4}(\\\\{0,4})([\"']?)");

  private static final String ENDS_VALUE = "\"',;&<>";
  private static final Pattern WORD = Pattern.compile("\\p{L}?\\p{Ll}*[.:!?)\\]}]*");

  /** All but the characters that stand for ids. */
  private static final Pattern NO_MASK = Pattern.compile("[^\\uE000-\\uF8FF]+");

  private NamedCredentials() {}

  static String without(String text) {
    Matcher name = NAME.matcher(text);
    StringBuilder redacted = new StringBuilder();
    int done = 0;
    while (name.find(done)) {
      int begin = name.end();
      boolean quoted = !name.group(3).isEmpty();
      int end =
          quoted
              ? closing(text, begin, name.group(3).charAt(0), name.group(2).length())
              : valueEnd(text, begin);
      if (!quoted && isWord(text, begin, end) && name.group(1) != null) {
        // The word before a credential, such as Basic.
        begin = Math.min(end + 1, text.length());
        end = valueEnd(text, begin);
      }
      redacted.append(text, done, begin);
      redacted.append(
          !quoted && isWord(text, begin, end)
              ? text.substring(begin, end)
              : NO_MASK.matcher(text.substring(begin, end)).replaceAll("…"));
      done = end;
    }
    return redacted.append(text, done, text.length()).toString();
  }

  /** Where the quotation mark is that ends a value: one that is escaped as the first one was. */
  private static int closing(String text, int begin, char quote, int escaped) {
    int backslashes = 0;
    for (int i = begin; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote && (escaped == 0 ? backslashes % 2 == 0 : backslashes <= escaped)) {
        return i - (escaped == 0 ? 0 : backslashes);
      }
      backslashes = c == '\\' ? backslashes + 1 : 0;
    }
    return text.length();
  }

  private static int valueEnd(String text, int begin) {
    int end = begin;
    while (end < text.length()
        && ENDS_VALUE.indexOf(text.charAt(end)) < 0
        && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Whether it is an ordinary word, or none. */
  private static boolean isWord(String text, int begin, int end) {
    return WORD.matcher(text).region(begin, end).matches();
  }
}

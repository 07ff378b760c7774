package io.soracourier.text;

import java.util.regex.Pattern;

/**
 * Values that have the name of a credential before them: members of JSON, headers, parameters,
 * settings, elements of XML.
 */
final class NamedCredentials {
  private static final int MAX_NAME = 64;
  private static final int MAX_BLANKS = 4;
  private static final String SEPARATORS = ":=>";

  /**
   * The end of a name, such as {@code refresh_token}, {@code clientSecret} or {@code api-key}. Not
   * {@code max_tokens}, {@code monkey}, and of a message not {@code InvalidToken: …}.
   */
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(?!invalid|expired|missing|unknown|wrong|bad)[\\w.-]*"
              + "(?:token|secret|password|passwd|passphrase|pwd|credentials?|assertion|signature"
              + "|(?:api|access|account|shared|private|primary|secondary|function)key"
              + "|(?<![a-z0-9])sig|[-_.](?:key|sas|pass)|(?-i:[a-z]Key)|identity-header"
              + "|authorization|cookie)");

  private static final Pattern BEFORE_A_SCHEME = Pattern.compile("(?i).*authorization");
  private static final String ENDS_VALUE = "\"',;&<>";
  private static final Pattern WORD = Pattern.compile("\\p{L}?\\p{Ll}*[.:!?)\\]}]*");

  /** All but the characters that stand for ids. */
  private static final Pattern NO_MASK = Pattern.compile("[^\\uE000-\\uF8FF]+");

  private final String text;
  private final StringBuilder redacted;
  private int done;

  private NamedCredentials(String text) {
    this.text = text;
    this.redacted = new StringBuilder(text.length());
  }

  static String without(String text) {
    NamedCredentials credentials = new NamedCredentials(text);
    for (int i = 0; i < text.length(); i++) {
      if (i >= credentials.done && SEPARATORS.indexOf(text.charAt(i)) >= 0) {
        credentials.redactAfter(i);
      }
    }
    return credentials.redacted.append(text, credentials.done, text.length()).toString();
  }

  private void redactAfter(int separator) {
    String name = nameBefore(separator);
    if (name.isEmpty() || !NAME.matcher(name).matches()) {
      return;
    }
    int begin = blanksEnd(separator + 1);
    if (begin < text.length() && text.charAt(begin) == '[') {
      begin = blanksEnd(begin + 1);
    }
    int escaped = begin;
    while (begin < text.length() && text.charAt(begin) == '\\') {
      begin++;
    }
    escaped = begin - escaped;
    if (begin < text.length() && isQuote(text.charAt(begin))) {
      redact(begin + 1, closing(begin + 1, text.charAt(begin), escaped));
      return;
    }
    int end = valueEnd(begin);
    if (isWord(begin, end) && BEFORE_A_SCHEME.matcher(name).matches()) {
      // The word before a credential, such as Basic.
      begin = Math.min(end + 1, text.length());
      end = valueEnd(begin);
    }
    if (!isWord(begin, end)) {
      redact(begin, end);
    }
  }

  private void redact(int begin, int end) {
    redacted.append(text, done, begin);
    redacted.append(NO_MASK.matcher(text.substring(begin, end)).replaceAll("…"));
    done = end;
  }

  private String nameBefore(int separator) {
    int end = separator;
    while (end > 0 && separator - end < MAX_BLANKS && text.charAt(end - 1) == ' ') {
      end--;
    }
    if (end > 0 && isQuote(text.charAt(end - 1))) {
      end--;
      for (int i = 0; i < MAX_BLANKS && end > 0 && text.charAt(end - 1) == '\\'; i++) {
        end--;
      }
    }
    int begin = end;
    while (begin > 0 && end - begin < MAX_NAME && isOfName(text.charAt(begin - 1))) {
      begin--;
    }
    return text.substring(begin, end);
  }

  private int blanksEnd(int begin) {
    int end = begin;
    while (end < text.length() && end - begin < MAX_BLANKS && text.charAt(end) == ' ') {
      end++;
    }
    return end;
  }

  /** Where the quotation mark is that ends a value: one that is escaped as the first one was. */
  private int closing(int begin, char quote, int escaped) {
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

  private int valueEnd(int begin) {
    int end = begin;
    while (end < text.length()
        && ENDS_VALUE.indexOf(text.charAt(end)) < 0
        && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Whether it is an ordinary word, or none. */
  private boolean isWord(int begin, int end) {
    return WORD.matcher(text).region(begin, end).matches();
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static boolean isOfName(char c) {
    return c >= '0' && c <= '9'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c == '_'
        || c == '-'
        || c == '.';
  }
}

package io.soracourier.text;

import java.util.regex.Pattern;

/**
 * Text without secrets: without those that are known, in any form, and without what looks like a
 * credential.
 */
final class Redaction {
  /** Where a SAS carries its signature. The bounds keep the time in proportion to the length. */
  private static final Pattern QUERY =
      Pattern.compile("(?i)(\\b[a-z][a-z0-9+.-]{0,20}://[^\\s?#\"'<>]{0,4000})\\?[^\\s\"'<>]*");

  private static final Pattern USER_INFO =
      Pattern.compile("(?i)(\\b[a-z][a-z0-9+.-]{0,20}://)[^\\s/?#@\"'<>]{0,4000}@");

  private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer)\\s+[\\w.~+/=-]{8,}");

  /** A signature of one request, good for a quarter of an hour. */
  private static final Pattern SHARED_KEY =
      Pattern.compile("(?i)\\b(sharedkey(?:lite)? [a-z0-9-]{1,100}:)[\\w+/=%-]{8,}");

  /** RFC 7519: JSON in Base64url, at least twice, and a signature. An id has no dot. */
  private static final Pattern JSON_WEB_TOKEN =
      Pattern.compile("(?i)(?<![\\w-])eyJ[\\w-]{6,}\\.[\\w-]{8,}(?:\\.[\\w-]*){0,3}");

  /** What may be a secret of which it is not known any more that it is one. */
  private static final Pattern NO_WORD =
      Pattern.compile(
          "(?=[A-Za-z+=~%_-]*(?:\\d|(?-i:[a-z][A-Z]))|[A-Za-z+=~%_-]{24})[\\w+=~%-]{8,}");

  private static final Pattern PRIVATE_USE = Pattern.compile("[\\uE000-\\uF8FF]");

  private Redaction() {}

  /** The beginning of a text, without the secrets that are known. */
  static String ofKnown(String text, int longest) {
    // Characters of private use stand for ids, see ofSentence; others' are not seen.
    return Secrets.redact(PRIVATE_USE.matcher(text).replaceAll("\uFFFD"), longest);
  }

  /** A text without what looks like a credential. */
  static String ofUnknown(String text) {
    String redacted = withoutShapes(text);
    return Secrets.areTooMany() ? NO_WORD.matcher(redacted).replaceAll("…") : redacted;
  }

  private static String withoutShapes(String text) {
    String redacted = JSON_WEB_TOKEN.matcher(text).replaceAll("…");
    redacted = BEARER.matcher(redacted).replaceAll("$1 …");
    redacted = NamedCredentials.without(redacted);
    redacted = SHARED_KEY.matcher(redacted).replaceAll("$1…");
    if (!redacted.contains("://")) {
      return redacted;
    }
    redacted = USER_INFO.matcher(redacted).replaceAll("$1");
    return QUERY.matcher(redacted).replaceAll("$1?…");
  }

  /** The beginning of a text, without both. */
  static String of(String text, int longest) {
    return ofUnknown(ofKnown(text, longest));
  }

  /**
   * The same for a sentence that was made of redacted words and of ids.
   *
   * @param masked with a character of private use in place of each id, which stays
   */
  static String ofSentence(String masked) {
    return withoutShapes(Secrets.redact(masked, Integer.MAX_VALUE));
  }
}

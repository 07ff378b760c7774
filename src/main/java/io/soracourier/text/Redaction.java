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

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)\\b(api-key|accountkey|sharedaccesssignature|access_token|sig)"
              + "([\"']?\\s*[:=]\\s*[\"']?)[^\\s\"',;&<>]+");

  private Redaction() {}

  /** The beginning of a text, without the secrets that are known. */
  static String ofKnown(String text, int longest) {
    return Secrets.redact(text, longest);
  }

  /** A text without what looks like a credential. */
  static String ofUnknown(String text) {
    String redacted = NAMED.matcher(text).replaceAll("$1$2…");
    redacted = BEARER.matcher(redacted).replaceAll("$1 …");
    redacted = SHARED_KEY.matcher(redacted).replaceAll("$1…");
    redacted = USER_INFO.matcher(redacted).replaceAll("$1");
    return QUERY.matcher(redacted).replaceAll("$1?…");
  }

  /** The beginning of a text, without both. */
  static String of(String text, int longest) {
    return ofUnknown(ofKnown(text, longest));
  }
}

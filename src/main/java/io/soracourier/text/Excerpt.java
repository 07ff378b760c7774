package io.soracourier.text;

import java.util.regex.Pattern;

/**
 * The beginning of a text that somebody else wrote, made fit for a message, a log line and a
 * terminal: on one line, without control characters and what XML 1.0 cannot carry, and without what
 * looks like a credential.
 */
public final class Excerpt {
  private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+");

  /** Halves of surrogate pairs, what is no character, and what turns the direction of a line. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cs}\\p{Cn}\\p{Co}\\u202A-\\u202E\\u2066-\\u2069]");

  /** Where a SAS carries its signature. */
  private static final Pattern QUERY =
      Pattern.compile("(?i)(\\b[a-z][a-z0-9+.-]{0,20}://[^\\s?#\"'<>]*)\\?[^\\s\"'<>]*");

  private static final Pattern USER_INFO =
      Pattern.compile("(?i)(\\b[a-z][a-z0-9+.-]{0,20}://)[^\\s/?#@\"'<>]*@");
  private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer)\\s+[\\w.~+/=-]{8,}");
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)\\b(api-key|accountkey|sharedaccesssignature|access_token|sig)"
              + "([\"']?\\s*[:=]\\s*[\"']?)[^\\s\"',;&<>]+");

  private Excerpt() {}

  /**
   * @param longest characters of the result at most, without the "…" that tells of a cut
   */
  public static String of(String text, int longest) {
    String line = LINE_BREAKS.matcher(beginning(text, 4 * longest)).replaceAll(" ");
    String printable = UNPRINTABLE.matcher(line).replaceAll("\uFFFD");
    String secretless = NAMED.matcher(printable).replaceAll("$1$2…");
    secretless = BEARER.matcher(secretless).replaceAll("$1 …");
    secretless = USER_INFO.matcher(secretless).replaceAll("$1");
    secretless = QUERY.matcher(secretless).replaceAll("$1?…");
    return cut(secretless.strip(), longest);
  }

  /** The text, or its beginning and "…". A surrogate pair is not cut in two. */
  public static String cut(String text, int longest) {
    return text.length() <= longest ? text : beginning(text, longest) + "…";
  }

  private static String beginning(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    boolean splitsPair = longest > 0 && Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, splitsPair ? longest - 1 : longest);
  }
}

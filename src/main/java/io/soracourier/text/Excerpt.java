package io.soracourier.text;

import java.util.regex.Pattern;

/**
 * The beginning of a text that somebody else wrote, made fit for a message, a log line and a
 * terminal: on one line, without control characters and what XML 1.0 cannot carry, and without any
 * of the {@link Secrets} and what looks like a credential.
 *
 * <p>This is done where such a text is taken up. What is made of it, of ids and of URLs of blobs
 * later is not redacted again, because an id is never changed, whatever it contains.
 */
public final class Excerpt {
  private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+");

  /** Halves of surrogate pairs, what is no character, and what turns the direction of a line. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cs}\\p{Cn}\\p{Co}\\u202A-\\u202E\\u2066-\\u2069]");

  private Excerpt() {}

  /**
   * @param longest characters of the result at most, without the "…" that tells of a cut
   */
  public static String of(String text, int longest) {
    // Before anything is cut: a part of a secret is not recognised.
    String known = Redaction.ofKnown(text, 4 * longest);
    return cut(Redaction.ofUnknown(fit(known)).strip(), longest);
  }

  /**
   * The same for a text in which nothing is redacted: it is an id, or was made of texts that went
   * through {@link #of} and of ids, which stay as they are.
   */
  public static String line(String text, int longest) {
    return cut(fit(beginning(text, 4 * longest)).strip(), longest);
  }

  private static String fit(String text) {
    String line = LINE_BREAKS.matcher(text).replaceAll(" ");
    return UNPRINTABLE.matcher(line).replaceAll("\uFFFD");
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

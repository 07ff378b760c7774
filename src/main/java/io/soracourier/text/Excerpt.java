package io.soracourier.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The beginning of a text that somebody else wrote, made fit for a message, a log line and a
 * terminal: on one line, without control characters and what XML 1.0 cannot carry, and without any
 * of the {@link Secrets} and what looks like a credential.
 *
 * <p>This is done where such a text is taken up, before it is put into a sentence with ids and URLs
 * of blobs, because an id is never changed, whatever it contains.
 */
public final class Excerpt {
  private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+");

  /** Halves of surrogate pairs, what is no character, and what turns the direction of a line. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cs}\\p{Cn}\\p{Co}\\u202A-\\u202E\\u2066-\\u2069]");

  private static final String NO_ID_BEFORE = "(?<![A-Za-z0-9_-])";
  private static final String NO_ID_AFTER = "(?![A-Za-z0-9_-])";

  /** Of those that {@link #UNPRINTABLE} replaces. */
  private static final char FIRST_MASK = '\uE000';

  private Excerpt() {}

  /**
   * @param longest characters of the result at most, without the "…" that marks a cut
   */
  public static String of(String text, int longest) {
    // Before anything is cut: a part of a secret is not recognised.
    String known = Redaction.ofKnown(text, 4 * longest);
    return cut(Redaction.ofUnknown(fit(known)).strip(), longest);
  }

  /**
   * The same for a sentence that was made of such excerpts and of ids, in which the ids stay as
   * they are.
   */
  public static String of(String sentence, int longest, Collection<String> ids) {
    String masked = fit(beginning(sentence, 4 * longest));
    List<String> masks = new ArrayList<>();
    for (String id : ids) {
      Pattern whole = Pattern.compile(NO_ID_BEFORE + Pattern.quote(id) + NO_ID_AFTER);
      // The text has no such character any more.
      String mask = String.valueOf((char) (FIRST_MASK + masks.size()));
      masked = whole.matcher(masked).replaceAll(mask);
      masks.add(id);
    }
    String redacted = Redaction.ofSentence(masked).strip();
    for (int i = 0; i < masks.size(); i++) {
      redacted = redacted.replace(String.valueOf((char) (FIRST_MASK + i)), masks.get(i));
    }
    return cut(redacted, longest);
  }

  /** The same for an id or a URL of the courier's own, in which nothing is redacted. */
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

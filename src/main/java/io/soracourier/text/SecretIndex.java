package io.soracourier.text;

import io.soracourier.text.Escapes.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Finds all known forms of all known secrets in one pass over a text. Immutable. */
final class SecretIndex {
  private static final String REDACTED = "…";
  private static final int SLOTS = 128;

  /** By first character. */
  private final List<List<SecretPattern>> patterns = new ArrayList<>(SLOTS);

  SecretIndex(Collection<SecretPattern> all) {
    for (int i = 0; i < SLOTS; i++) {
      patterns.add(new ArrayList<>(0));
    }
    for (SecretPattern pattern : all) {
      char first = pattern.form().charAt(0);
      slot(first).add(pattern);
      if (pattern.anyCase() && Character.isLetter(first)) {
        slot(Character.toUpperCase(first)).add(pattern);
      }
      if (first == '+') {
        slot(' ').add(pattern);
      }
    }
  }

  /**
   * The beginning of a text, with "…" in place of each secret. Takes time in proportion to what it
   * returns and replaces.
   *
   * @param longest after so many characters the rest is left out; a secret is never cut
   */
  String redact(String text, int longest) {
    StringBuilder redacted = new StringBuilder(Math.min(text.length(), longest));
    int secretEnd = 0;
    for (int i = 0; i < text.length() && redacted.length() < longest; i++) {
      int end = end(text, i);
      if (end > secretEnd) {
        if (i >= secretEnd) {
          redacted.append(REDACTED);
        }
        secretEnd = end;
      }
      if (i >= secretEnd) {
        redacted.append(text.charAt(i));
      }
    }
    return redacted.toString();
  }

  /** Where the longest secret ends that begins there, or -1. */
  private int end(String text, int start) {
    char first = text.charAt(start);
    if (!Escapes.mayBegin(first)) {
      return end(text, start, first);
    }
    int end = -1;
    for (Reading reading : Escapes.at(text, start)) {
      if (!reading.cut()) {
        end = Math.max(end, end(text, start, reading.character()));
      }
    }
    return end;
  }

  private int end(String text, int start, char first) {
    int end = -1;
    for (SecretPattern pattern : slot(first)) {
      end = Math.max(end, pattern.end(text, start));
    }
    return end;
  }

  private List<SecretPattern> slot(char first) {
    return patterns.get(first % SLOTS);
  }
}

package io.soracourier.text;

import java.util.Collection;

/**
 * All known forms of all known secrets, sorted, so that those with a common beginning are read
 * together, however many there are. Immutable.
 */
final class SecretIndex {
  private static final String REDACTED = "…";
  private static final int ASCII = 128;

  /** What is read of a text that is nothing but secrets. */
  private static final int SPARE = 16 * 1024;

  private static final int SPARE_FOR_EACH = 16;

  private final String[] forms;

  /** Where in {@link #forms} those with a first character of ASCII begin, and the rest. */
  private final int[] begins = new int[ASCII + 1];

  /**
   * Forms that begin alike.
   *
   * @param first the index of the first one
   * @param end the index after the last one
   */
  record Range(int first, int end) {
    static final Range NONE = new Range(0, 0);

    boolean isEmpty() {
      return first >= end;
    }
  }

  /**
   * @param forms folded, see {@link SecretForms}
   */
  SecretIndex(Collection<String> forms) {
    this.forms = forms.stream().distinct().sorted().toArray(String[]::new);
    int next = 0;
    for (int c = 0; c < ASCII; c++) {
      begins[c] = next;
      while (next < this.forms.length && this.forms[next].charAt(0) == c) {
        next++;
      }
    }
    begins[ASCII] = next;
  }

  /** Those that begin with a character, folded. */
  Range beginningWith(char c) {
    return c < ASCII
        ? new Range(begins[c], begins[c + 1])
        : narrowed(new Range(begins[ASCII], forms.length), 0, c);
  }

  /** Whether one of the range ends after so many characters; it is the first one. */
  boolean ends(Range range, int length) {
    return forms[range.first()].length() == length;
  }

  /**
   * Those of a range that continue with a character, folded.
   *
   * @param length which all of the range have in common, and after which none of them ends
   */
  Range narrowed(Range range, int length, char c) {
    int first = firstFrom(range, length, c);
    return new Range(first, firstFrom(new Range(first, range.end()), length, (char) (c + 1)));
  }

  private int firstFrom(Range range, int at, char c) {
    int low = range.first();
    int high = range.end();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (forms[middle].charAt(at) < c) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The beginning of a text, with "…" in place of each secret. Takes time in proportion to what is
   * wanted: of a text that is made to take more, the rest is left out.
   *
   * @param longest after so many characters the rest is left out; a secret is never cut
   */
  String redact(String text, int longest) {
    if (forms.length == 0) {
      return text.length() <= longest ? text : text.substring(0, longest);
    }
    StringBuilder redacted = new StringBuilder(Math.min(text.length(), longest));
    SecretSearch search = new SecretSearch(this, text);
    int secretEnd = 0;
    for (int i = 0; i < text.length() && redacted.length() < longest; i++) {
      int end = search.end(i);
      if (search.isGivenUp() || i > SPARE + (long) SPARE_FOR_EACH * longest) {
        return redacted.append(REDACTED).toString();
      }
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
}

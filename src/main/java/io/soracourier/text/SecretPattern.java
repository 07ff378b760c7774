package io.soracourier.text;

import io.soracourier.text.Escapes.Reading;
import java.util.Arrays;

/**
 * One form of a secret, found in a text however its characters are escaped there, also when it is
 * wrapped over several lines or the text ends inside it.
 */
final class SecretPattern {
  /** A part of a secret as long as this is a secret too. */
  static final int MIN_LENGTH = 8;

  private final String form;
  private final boolean anyCase;

  /**
   * @param form at least {@value #MIN_LENGTH} characters
   * @param anyCase for hexadecimal digits; the form is in lower case then
   */
  SecretPattern(String form, boolean anyCase) {
    this.form = form;
    this.anyCase = anyCase;
  }

  String form() {
    return form;
  }

  boolean anyCase() {
    return anyCase;
  }

  /** Where the form ends that begins at a position, or -1 when it does not begin there. */
  int end(String text, int start) {
    int matched = 0;
    while (matched < form.length() && isPlain(text, start + matched)) {
      if (!isWanted(text.charAt(start + matched), matched)) {
        return -1;
      }
      matched++;
    }
    return matched == form.length() ? start + matched : end(text, start + matched, matched);
  }

  /** Whether a character can be read in one way only, in the middle of a text. */
  private static boolean isPlain(String text, int position) {
    if (isCut(text, position)) {
      return false;
    }
    char character = text.charAt(position);
    return !Escapes.mayBegin(character) && character != '\r' && character != '\n';
  }

  /**
   * The positions after each character are a set, because escaped text can be read in more than one
   * way.
   *
   * @param begin how many characters of the form were found before
   */
  private int end(String text, int position, int begin) {
    Positions positions = new Positions();
    Positions next = new Positions();
    positions.add(position);
    for (int matched = begin; matched < form.length(); matched++) {
      int cut = -1;
      next.clear();
      // Grows while it is read: a line break in the middle is skipped.
      for (int i = 0; i < positions.size; i++) {
        int at = positions.values[i];
        if (matched >= MIN_LENGTH && isCut(text, at)) {
          cut = Math.max(cut, at);
        }
        for (Reading reading : Escapes.at(text, at)) {
          if (!reading.cut()) {
            step(reading.character(), reading.end(), matched, positions, next);
          } else if (matched >= MIN_LENGTH) {
            cut = text.length();
          }
        }
      }
      if (next.size == 0) {
        return cut;
      }
      Positions done = positions;
      positions = next;
      next = done;
    }
    return positions.max();
  }

  private void step(char read, int end, int matched, Positions positions, Positions next) {
    if (isWanted(read, matched)) {
      next.add(end);
    } else if (matched > 0 && (read == '\r' || read == '\n')) {
      positions.add(end);
    }
  }

  private boolean isWanted(char read, int matched) {
    char wanted = form.charAt(matched);
    return read == wanted
        || anyCase && Character.toLowerCase(read) == wanted
        // What decodes a query takes a plus sign for a space.
        || wanted == '+' && read == ' ';
  }

  /** Whether the text ends there, or whoever wrote it has cut it there. */
  private static boolean isCut(String text, int position) {
    return position == text.length()
        || text.charAt(position) == '…'
        || text.startsWith("...", position);
  }

  /** A small set of positions. */
  private static final class Positions {
    private int[] values = new int[8];
    private int size;

    void clear() {
      size = 0;
    }

    void add(int position) {
      for (int i = 0; i < size; i++) {
        if (values[i] == position) {
          return;
        }
      }
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = position;
    }

    int max() {
      int max = -1;
      for (int i = 0; i < size; i++) {
        max = Math.max(max, values[i]);
      }
      return max;
    }
  }
}

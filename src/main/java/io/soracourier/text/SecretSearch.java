package io.soracourier.text;

import io.soracourier.text.Escapes.Reading;
import io.soracourier.text.SecretIndex.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds secrets in one text: in any case, however their characters are escaped, with characters
 * between them that are not seen, wrapped over several lines, and where the text ends inside one.
 */
final class SecretSearch {
  /** So much of a secret's beginning is taken out whatever follows: it is no ordinary word. */
  private static final int LONG = 16;

  /** Steps for each character of a text; ordinary ones take one or two. */
  private static final long STEPS = 16;

  /** What reading an escape is worth in steps. */
  private static final int ESCAPE_STEPS = 8;

  private static final long SPARE_STEPS = 1L << 20;

  /** Blanks before the sign of a cut. */
  private static final int MAX_BLANKS = 16;

  private final SecretIndex index;
  private final String text;

  /** After it come only blanks and what is not seen. */
  private final int contentEnd;

  private long steps;

  /** Where a search may continue: what was read up to there is how these forms begin. */
  private record State(int position, Range range) {}

  SecretSearch(SecretIndex index, String text) {
    this.index = index;
    this.text = text;
    this.steps = SPARE_STEPS + STEPS * text.length();
    int end = text.length();
    while (end > 0 && Unseen.orBlank(text.charAt(end - 1))) {
      end--;
    }
    this.contentEnd = end;
  }

  /** Whether it took so long that no secret is found any more. */
  boolean isGivenUp() {
    return steps < 0;
  }

  /** Where the longest secret ends that begins at a position, or -1. */
  int end(int start) {
    Range range = SecretIndex.Range.NONE;
    int length = 0;
    while (length < SecretForms.MIN_LENGTH && isPlain(start + length)) {
      char c = SecretForms.folded(text.charAt(start + length));
      range = length == 0 ? index.beginningWith(c) : index.narrowed(range, length, c);
      length++;
      if (range.isEmpty()) {
        return -1;
      }
    }
    List<State> states = new ArrayList<>(2);
    if (length > 0) {
      states.add(new State(start + length, range));
      return end(states, length);
    }
    for (Reading reading : Escapes.at(text, start)) {
      if (!reading.cut()) {
        add(states, reading.end(), index.beginningWith(SecretForms.folded(reading.character())));
        if (reading.character() == ' ') {
          add(states, reading.end(), index.beginningWith('+'));
        }
      }
    }
    return end(states, 1);
  }

  /** Whether a character can be read in one way only. */
  private boolean isPlain(int position) {
    if (position == text.length()) {
      return false;
    }
    char c = text.charAt(position);
    return c != ' ' && !Escapes.mayBegin(c) && !Unseen.is(c);
  }

  /**
   * @param read how many characters of a secret each of them has read
   */
  private int end(List<State> begin, int read) {
    List<State> states = begin;
    int end = -1;
    for (int length = read; !states.isEmpty() && steps >= 0; length++) {
      List<State> next = new ArrayList<>(2);
      // Grows while it is read: what is not seen is skipped. Positions ascend, so none comes back.
      for (int i = 0; i < states.size() && steps >= 0; i++) {
        end = Math.max(end, step(states, i, length, next));
      }
      states = next;
    }
    return end;
  }

  /** Advances by one character from a state; returns where a secret has ended, or -1. */
  private int step(List<State> states, int at, int length, List<State> next) {
    steps--;
    int position = states.get(at).position();
    Range range = states.get(at).range();
    int end = -1;
    if (index.ends(range, length)) {
      end = position;
      range = new Range(range.first() + 1, range.end());
    }
    if (length >= LONG || length >= SecretForms.MIN_LENGTH && isCut(position)) {
      end = position;
    }
    if (range.isEmpty() || position == text.length()) {
      return end;
    }
    char raw = text.charAt(position);
    if (!Escapes.mayBegin(raw)) {
      read(raw, Unseen.is(raw) ? unseenEnd(position) : position + 1, range, length, states, next);
      return end;
    }
    List<Reading> readings = Escapes.at(text, position);
    steps -= ESCAPE_STEPS * (long) readings.size();
    for (Reading reading : readings) {
      if (!reading.cut()) {
        read(reading.character(), reading.end(), range, length, states, next);
      } else if (length >= SecretForms.MIN_LENGTH) {
        end = text.length();
      }
    }
    return end;
  }

  private void read(
      char c, int end, Range range, int length, List<State> states, List<State> next) {
    if (Unseen.is(c)) {
      add(states, end, range);
    }
    add(next, end, index.narrowed(range, length, SecretForms.folded(c)));
    if (c == ' ') {
      // What decodes a query takes a plus sign for a space.
      add(next, end, index.narrowed(range, length, '+'));
    }
  }

  private static void add(List<State> states, int position, Range range) {
    if (range.isEmpty()) {
      return;
    }
    int at = states.size();
    while (at > 0 && states.get(at - 1).position() >= position) {
      at--;
      if (states.get(at).position() == position && states.get(at).range().equals(range)) {
        return;
      }
    }
    int sorted = states.size();
    while (sorted > 0 && states.get(sorted - 1).position() > position) {
      sorted--;
    }
    states.add(sorted, new State(position, range));
  }

  private int unseenEnd(int begin) {
    int end = begin + 1;
    while (end < text.length() && Unseen.is(text.charAt(end))) {
      end++;
      steps--;
    }
    return end;
  }

  /** Whether the text ends there, or its author has cut it there. */
  private boolean isCut(int position) {
    if (position >= contentEnd) {
      return true;
    }
    int at = position;
    while (at < position + MAX_BLANKS && Unseen.orBlank(text.charAt(at))) {
      at++;
    }
    return text.charAt(at) == '…' || text.startsWith("...", at);
  }
}

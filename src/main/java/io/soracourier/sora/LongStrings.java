package io.soracourier.sora;

import io.soracourier.text.TextEncoding;

/**
 * Decides what of JSON to keep as it arrives, code unit by code unit, so that its strings become no
 * longer than wanted: what is beyond is left out up to the closing quote. Escapes, those of a
 * surrogate pair together, and characters are kept or left out as a whole. What is no JSON is kept,
 * except beyond the same length between two quotes.
 */
final class LongStrings {
  /** Code units of <code>&#92;u1234</code>. */
  private static final int ESCAPE = 6;

  private static final int DIGITS = 4;

  private final TextEncoding encoding;
  private boolean inside;
  private boolean dropping;
  private int most;
  private int length;
  private boolean escaped;
  private int digits;
  private int value;
  private boolean high;

  LongStrings(TextEncoding encoding) {
    this.encoding = encoding;
  }

  TextEncoding encoding() {
    return encoding;
  }

  /**
   * Whether to keep the next unit.
   *
   * @param longest units of a string that begins with it; up to an escaped pair more are kept
   */
  boolean keeps(int unit, int longest) {
    if (!inside) {
      begin(unit == '"', longest);
      return true;
    }
    if (digits > 0) {
      int digit = Character.digit(unit, 16);
      if (digit >= 0) {
        value = value << 4 | digit;
        high = --digits == 0 && Character.isHighSurrogate((char) value);
        return keptInside();
      }
      digits = 0;
    } else if (escaped) {
      escaped = false;
      digits = unit == 'u' ? DIGITS : 0;
      value = 0;
      return keptInside();
    }
    if (unit == '"') {
      inside = false;
      return true;
    }
    boolean goesOn = (high || encoding.continues(unit)) && length < most + ESCAPE;
    dropping |= length >= most && !goesOn;
    high = false;
    escaped = unit == '\\';
    return keptInside();
  }

  private void begin(boolean string, int longest) {
    inside = string;
    dropping = false;
    most = longest;
    length = 0;
    escaped = false;
    digits = 0;
    high = false;
  }

  private boolean keptInside() {
    length += dropping ? 0 : 1;
    return !dropping;
  }
}

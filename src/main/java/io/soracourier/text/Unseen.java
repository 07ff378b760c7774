package io.soracourier.text;

/**
 * Characters that are not seen, or are what is left of bytes that are not text: control characters,
 * what formats, halves of surrogate pairs, what is no character. Servers write them between others,
 * decoders leave them, and they become blanks when a text is shown.
 */
final class Unseen {
  private Unseen() {}

  static boolean is(char c) {
    if (c < 0x7F) {
      return c < ' ';
    }
    return c == '\uFFFD'
        || switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SURROGATE,
              Character.UNASSIGNED,
              Character.NON_SPACING_MARK,
              Character.ENCLOSING_MARK ->
              true;
          default -> false;
        };
  }

  /** Whether it is one of them, or a blank. */
  static boolean orBlank(char c) {
    return Character.isSpaceChar(c) || is(c);
  }
}

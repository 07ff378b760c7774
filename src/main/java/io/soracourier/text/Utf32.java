package io.soracourier.text;

/** UTF-32, decoded by hand, because a native executable has no charset for it. */
public final class Utf32 {
  /** In place of what is not a code point. */
  public static final char MALFORMED = '\uFFFD';

  private Utf32() {}

  /**
   * The text, with {@link #MALFORMED} in place of what is not a code point. Bytes after the last
   * whole unit are ignored.
   *
   * @param bigEndian whether the first byte of four is the most significant one
   */
  public static String decode(byte[] bytes, boolean bigEndian) {
    StringBuilder text = new StringBuilder(bytes.length / 4);
    for (int at = 0; at + 3 < bytes.length; at += 4) {
      int codePoint = 0;
      for (int i = 0; i < 4; i++) {
        codePoint = codePoint << 8 | bytes[at + (bigEndian ? i : 3 - i)] & 0xFF;
      }
      boolean valid =
          Character.isValidCodePoint(codePoint)
              && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
      text.appendCodePoint(valid ? codePoint : MALFORMED);
    }
    return text.toString();
  }
}

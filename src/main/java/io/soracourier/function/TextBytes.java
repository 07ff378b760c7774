package io.soracourier.function;

import io.soracourier.text.Utf32;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Bytes that are text in UTF-8, UTF-16 or UTF-32, with or without a byte order mark. */
final class TextBytes {
  private TextBytes() {}

  /**
   * Empty when they are not text of any of these. Which one is recognised by the byte order mark,
   * or by where the zeros are: every message begins with a character of ASCII, and none contains
   * U+0000. A mark that decoding leaves is trimmed like white space.
   */
  static Optional<String> decoded(byte[] bytes) {
    int first = bytes.length > 0 ? bytes[0] & 0xFF : -1;
    int second = bytes.length > 1 ? bytes[1] & 0xFF : -1;
    if (first == 0xFF && second == 0xFE || isAscii(first) && second == 0) {
      boolean zeros = bytes.length > 3 && bytes[2] == 0 && bytes[3] == 0;
      return zeros ? utf32(bytes, false) : decoded(bytes, StandardCharsets.UTF_16LE);
    }
    if (first == 0xFE && second == 0xFF || first == 0 && isAscii(second)) {
      return decoded(bytes, StandardCharsets.UTF_16BE);
    }
    return first == 0 && second == 0 && bytes.length > 3
        ? utf32(bytes, true)
        : decoded(bytes, StandardCharsets.UTF_8);
  }

  private static Optional<String> decoded(byte[] bytes, Charset charset) {
    try {
      return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> utf32(byte[] bytes, boolean bigEndian) {
    return Optional.of(Utf32.decode(bytes, bigEndian))
        .filter(text -> bytes.length % 4 == 0 && text.indexOf(Utf32.MALFORMED) < 0);
  }

  private static boolean isAscii(int unit) {
    return unit >= '\t' && unit <= '~';
  }

  /** What of them is ASCII. */
  static String printable(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
  }
}

package io.soracourier.text;

import java.nio.charset.StandardCharsets;

/**
 * How the bytes of a received text are its characters, by the text itself: in UTF-16 or UTF-32
 * where it has their byte order mark or the zeros of ASCII in it, whatever headers say, else in
 * UTF-8.
 */
public enum TextEncoding {
  UTF_8(1, true),
  UTF_16BE(2, true),
  UTF_16LE(2, false),
  UTF_32BE(4, true),
  UTF_32LE(4, false);

  /** Bytes of the beginning that identify it. */
  public static final int SAMPLE = 256;

  private final int width;
  private final boolean bigEndian;

  TextEncoding(int width, boolean bigEndian) {
    this.width = width;
    this.bigEndian = bigEndian;
  }

  /**
   * The encoding of a text.
   *
   * @param bytes all of it, or its beginning
   */
  public static TextEncoding of(byte[] bytes) {
    int first = pair(bytes, 0);
    int second = pair(bytes, 2);
    int[] zeros = zeros(bytes);
    int length = Math.min(bytes.length, SAMPLE);
    int most = (length * 3 + 15) / 16;
    int few = length / 16;
    boolean middle = length > 0 && zeros[1] >= most && zeros[2] >= most;
    if (first == 0 && second == 0xFEFF || middle && zeros[0] >= most && zeros[3] <= few) {
      return UTF_32BE;
    }
    if (first == 0xFFFE && second == 0 || middle && zeros[3] >= most && zeros[0] <= few) {
      return UTF_32LE;
    }
    int half = Math.max(1, (length * 3 + 7) / 8);
    if (first == 0xFEFF || zeros[0] + zeros[2] >= half && zeros[1] + zeros[3] <= few) {
      return UTF_16BE;
    }
    return first == 0xFFFE || zeros[1] + zeros[3] >= half && zeros[0] + zeros[2] <= few
        ? UTF_16LE
        : UTF_8;
  }

  /** Bytes of a code unit. */
  public int width() {
    return width;
  }

  /** The code unit whose bytes begin there. */
  public int unit(byte[] bytes, int at) {
    int unit = 0;
    for (int i = 0; i < width; i++) {
      unit = unit << 8 | bytes[at + (bigEndian ? i : width - 1 - i)] & 0xFF;
    }
    return unit;
  }

  /** Whether a code unit is of the same character as the one before it. */
  public boolean continues(int unit) {
    return switch (width) {
      case 1 -> (unit & 0xC0) == 0x80;
      case 2 -> Character.isLowSurrogate((char) unit);
      default -> false;
    };
  }

  String decode(byte[] bytes) {
    return switch (this) {
      case UTF_8 -> new String(bytes, StandardCharsets.UTF_8);
      case UTF_16BE -> new String(bytes, StandardCharsets.UTF_16BE);
      case UTF_16LE -> new String(bytes, StandardCharsets.UTF_16LE);
      case UTF_32BE, UTF_32LE -> Utf32.decode(bytes, bigEndian);
    };
  }

  private static int pair(byte[] bytes, int at) {
    return at + 1 < bytes.length ? (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF : -1;
  }

  /** ASCII has one zero byte of two in UTF-16, and three of four in UTF-32. */
  private static int[] zeros(byte[] bytes) {
    int[] zeros = new int[4];
    int length = Math.min(bytes.length, SAMPLE) / 2 * 2;
    for (int i = 0; i < length; i++) {
      zeros[i % 4] += bytes[i] == 0 ? 1 : 0;
    }
    return zeros;
  }
}

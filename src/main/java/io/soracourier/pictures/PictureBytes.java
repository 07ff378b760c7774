package io.soracourier.pictures;

import io.soracourier.storage.PictureFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Recognises a picture by its first bytes, and whether it is whole by its last ones.
 *
 * <p>Source: PNG specification, 5.2 and 11.2.5 (IEND); RFC 9649, 2.3 (RIFF header of WebP); ITU
 * T.81, B.1.1.3 (SOI and EOI of JPEG).
 */
final class PictureBytes {
  /** What {@link #format} needs. */
  static final int BEGINNING = 12;

  private static final int RIFF_HEADER = 8;

  /** Cameras and encoders append to the end. */
  private static final int MAX_AFTER_END = 64 * 1024;

  private PictureBytes() {}

  /** Of bytes that begin so; empty where they are of no format that is stored. */
  static Optional<PictureFormat> format(ByteBuffer bytes) {
    String beginning = text(bytes, 0, Math.min(bytes.remaining(), BEGINNING));
    if (beginning.startsWith("\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PictureFormat.PNG);
    } else if (beginning.startsWith("\u00ff\u00d8\u00ff")) {
      return Optional.of(PictureFormat.JPG);
    } else if (beginning.startsWith("RIFF") && beginning.startsWith("WEBP", RIFF_HEADER)) {
      return Optional.of(PictureFormat.WEBP);
    }
    return Optional.empty();
  }

  /** Whether the end of the picture is there. */
  static boolean isWhole(PictureFormat format, ByteBuffer bytes) {
    int length = bytes.remaining();
    int from = Math.max(BEGINNING, length - MAX_AFTER_END);
    String end = text(bytes, from, Math.max(0, length - from));
    return switch (format) {
      case PNG -> end.contains("IEND\u00ae\u0042\u0060\u0082");
      case JPG -> end.contains("\u00ff\u00d9");
      case WEBP -> length >= RIFF_HEADER + riffSize(bytes);
    };
  }

  /** As the header has it; it does not count itself. */
  private static long riffSize(ByteBuffer bytes) {
    return Integer.toUnsignedLong(
        bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.position() + Integer.BYTES));
  }

  private static String text(ByteBuffer bytes, int from, int length) {
    byte[] part = new byte[length];
    bytes.duplicate().position(bytes.position() + from).get(part);
    return new String(part, StandardCharsets.ISO_8859_1);
  }
}

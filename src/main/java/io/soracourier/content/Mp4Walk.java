package io.soracourier.content;

import io.soracourier.text.Excerpt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Walks the top-level boxes of an MP4 while its bytes go by, without keeping them: {@code ftyp}
 * comes first, {@code moov} and {@code mdat} are among them, and the last one ends where the stream
 * does. So a body that is an error page is told at its eighth byte, and one that was cut is told
 * even where no length was declared.
 *
 * <p>Source: ISO/IEC 14496-12, 4.2: a box is a 32-bit size, a type of four characters, and where
 * the size is 1 a 64-bit size; size 0 means to the end of the file.
 */
public final class Mp4Walk {
  private static final int SHORT_HEADER = 8;
  private static final int LONG_HEADER = 16;

  private final ByteBuffer header = ByteBuffer.allocate(LONG_HEADER);
  private int headerLength = SHORT_HEADER;
  private long payloadLeft;
  private boolean toTheEnd;
  private boolean started;
  private boolean moov;
  private boolean mdat;
  private long position;

  /**
   * Looks at the next bytes, up to their limit.
   *
   * @throws InvalidContentException as soon as they cannot be an MP4
   */
  public void accept(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (toTheEnd) {
        position += bytes.remaining();
        bytes.position(bytes.limit());
      } else if (payloadLeft > 0) {
        int skipped = (int) Math.min(payloadLeft, bytes.remaining());
        payloadLeft -= skipped;
        position += skipped;
        bytes.position(bytes.position() + skipped);
      } else {
        header.put(bytes.get());
        position++;
        if (header.position() == headerLength) {
          endOfHeader();
        }
      }
    }
  }

  /**
   * The stream has ended.
   *
   * @throws InvalidContentException when the file has not
   */
  public void end() {
    if (!started) {
      throw new InvalidContentException(
          position == 0
              ? "the content is empty"
              : "the content is " + position + " bytes long, too short for an MP4");
    }
    if (header.position() > 0 || payloadLeft > 0) {
      throw new InvalidContentException(
          "the content is cut: it ends after %d bytes, inside a box that goes on for %s"
              .formatted(position, payloadLeft > 0 ? payloadLeft + " more" : "more"));
    }
    if (!moov || !mdat) {
      throw new InvalidContentException(
          "the content is no playable MP4: its %d bytes have no %s box"
              .formatted(position, moov ? "mdat" : "moov"));
    }
  }

  private void endOfHeader() {
    long size = Integer.toUnsignedLong(header.getInt(0));
    if (size == 1 && headerLength == SHORT_HEADER) {
      checkType();
      headerLength = LONG_HEADER;
      return;
    }
    String type = checkType();
    if (headerLength == LONG_HEADER) {
      size = header.getLong(SHORT_HEADER);
    }
    if (size == 0) {
      toTheEnd = true;
    } else if (size < headerLength) {
      throw new InvalidContentException(
          "the content is no MP4: box '%s' before byte %d has the impossible size %d"
              .formatted(type, position, size));
    } else {
      payloadLeft = size - headerLength;
    }
    moov |= type.equals("moov");
    mdat |= type.equals("mdat");
    started = true;
    header.clear();
    headerLength = SHORT_HEADER;
  }

  private String checkType() {
    String type = new String(header.array(), 4, 4, StandardCharsets.ISO_8859_1);
    if (!started && !type.equals("ftyp")) {
      throw new InvalidContentException(
          "the content is no MP4: it begins with '%s'"
              .formatted(printable(new String(header.array(), 0, 8, StandardCharsets.ISO_8859_1))));
    }
    if (!type.chars().allMatch(c -> c >= ' ' && c < 0x7f || c == 0xa9)) {
      throw new InvalidContentException(
          "the content is no MP4: what should be a box before byte %d is none".formatted(position));
    }
    return type;
  }

  private static String printable(String text) {
    return Excerpt.of(text.replaceAll("[^ -~]", "."), LONG_HEADER);
  }
}

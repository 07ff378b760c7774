package io.soracourier.video;

import io.soracourier.text.Excerpt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Checks the top-level boxes of an MP4 while its bytes pass, without keeping them and without an
 * allocation per box: {@code ftyp} comes first, {@code moov} and an {@code mdat} with content are
 * among them, and the last one ends with the stream. So an error page is detected at its eighth
 * byte, and a truncated body even where no length was declared.
 *
 * <p>Source: ISO/IEC 14496-12, 4.2: a box is a 32-bit size, a type of four characters, and where
 * the size is 1 a 64-bit size; size 0 means to the end of the file.
 */
public final class Mp4Walk {
  private static final int SHORT_HEADER = 8;
  private static final int LONG_HEADER = 16;

  private static final int FTYP = 0x66747970;
  private static final int NONE = 0;

  private final ByteBuffer header = ByteBuffer.allocate(LONG_HEADER);
  private int headerLength = SHORT_HEADER;
  private int box = NONE;
  private long payloadLeft;
  private boolean toTheEnd;

  /** Whether a box of size 0 has a byte of content. */
  private boolean begun;

  private final BoxOrder order = new BoxOrder();
  private boolean pictures;
  private long position;

  /**
   * Checks the next bytes, up to their limit.
   *
   * @throws InvalidContentException as soon as they cannot be an MP4
   */
  public void accept(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (toTheEnd || payloadLeft > 0) {
        skip(bytes);
      } else {
        header.put(bytes.get());
        position++;
        if (header.position() == headerLength) {
          endOfHeader();
        }
      }
    }
  }

  private void skip(ByteBuffer bytes) {
    int skipped = bytes.remaining();
    if (toTheEnd) {
      begun = true;
    } else {
      skipped = (int) Math.min(payloadLeft, skipped);
      payloadLeft -= skipped;
    }
    position += skipped;
    bytes.position(bytes.position() + skipped);
    pictures |= box == BoxOrder.MDAT;
  }

  /**
   * The stream has ended.
   *
   * @throws InvalidContentException when the file has not
   */
  public void end() {
    if (box == NONE) {
      throw new InvalidContentException(
          position == 0
              ? "the content is empty"
              : "the content is " + position + " bytes long, too short for an MP4");
    }
    if (header.position() > 0 || payloadLeft > 0) {
      throw new InvalidContentException(
          "the content is cut: it ends after %d bytes, inside a box that continues for %s"
              .formatted(position, payloadLeft > 0 ? payloadLeft + " more" : "more"));
    }
    if (!order.hasMoov() || !order.hasMdat()) {
      throw new InvalidContentException(
          "the content is no playable MP4: its %d bytes have no %s box"
              .formatted(position, order.hasMoov() ? "mdat" : "moov"));
    }
    if (!pictures) {
      throw new InvalidContentException(
          "the content is not a playable MP4: in its %d bytes every mdat box is empty"
              .formatted(position));
    }
    if (toTheEnd && !begun) {
      throw new InvalidContentException(
          "the content is truncated: it ends after %d bytes, right after the header of its last box '%s'"
              .formatted(position, name(box)));
    }
    if (order.waiting().isPresent()) {
      throw new InvalidContentException(
          "the content is truncated: it ends after %d bytes, without the mdat box that follows its last %s box"
              .formatted(position, name(order.waiting().getAsInt())));
    }
  }

  private void endOfHeader() {
    int type = header.getInt(4);
    checkType(type);
    long size = Integer.toUnsignedLong(header.getInt(0));
    if (size == 1 && headerLength == SHORT_HEADER) {
      headerLength = LONG_HEADER;
      return;
    }
    if (headerLength == LONG_HEADER) {
      size = header.getLong(SHORT_HEADER);
    }
    if (size == 0) {
      toTheEnd = true;
    } else if (size < headerLength) {
      throw new InvalidContentException(
          "the content is not an MP4: box '%s' before byte %d has the impossible size %d"
              .formatted(name(type), position, size));
    } else {
      payloadLeft = size - headerLength;
    }
    box = type;
    order.add(type);
    header.clear();
    headerLength = SHORT_HEADER;
  }

  private void checkType(int type) {
    if (box == NONE && type != FTYP) {
      throw new InvalidContentException(
          "the content is not an MP4: it begins with '%s'"
              .formatted(
                  Excerpt.of(
                      new String(header.array(), 0, 8, StandardCharsets.ISO_8859_1)
                          .replaceAll("[^ -~]", "."),
                      header.capacity())));
    }
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      int character = type >>> shift & 0xff;
      if ((character < ' ' || character >= 0x7f) && character != 0xa9) {
        throw new InvalidContentException(
            "the content is not an MP4: the bytes before byte %d are not a box"
                .formatted(position));
      }
    }
  }

  private static String name(int type) {
    return new String(
        ByteBuffer.allocate(Integer.BYTES).putInt(type).array(), StandardCharsets.ISO_8859_1);
  }
}

package io.soracourier.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The body of a response that is encoded, decoded piece by piece. */
final class EncodedBody {
  /** The next piece as it arrives, or null at the end. */
  interface Pieces {
    @Nullable Buffer next() throws IOException;
  }

  private final Pieces pieces;
  private final String encoding;
  private @Nullable InputStream decoded;

  EncodedBody(Pieces pieces, String encoding) {
    this.pieces = pieces;
    this.encoding = encoding;
  }

  /**
   * The next decoded bytes, or null at the end.
   *
   * @throws IOException as the response's own; also when its bytes are not of that encoding
   */
  @Nullable Buffer next() throws IOException {
    if (decoded == null) {
      decoded = ContentEncoding.decoded(new Arriving(), encoding);
    }
    byte[] piece = new byte[StreamedResponse.MAX_PIECE];
    int length = decoded.read(piece);
    return length < 0 ? null : Buffer.buffer(Arrays.copyOf(piece, length));
  }

  /** Whether it turned out to be encoded in no way. */
  boolean isPlain() {
    return decoded instanceof PushbackInputStream;
  }

  private final class Arriving extends InputStream {
    private Buffer piece = Buffer.buffer();
    private int at;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      while (at == piece.length()) {
        Buffer next = pieces.next();
        if (next == null) {
          return -1;
        }
        piece = next;
        at = 0;
      }
      int length = Math.min(most, piece.length() - at);
      piece.getBytes(at, at + length, into, from);
      at += length;
      return length;
    }

    /** Whether there is more is known by reading only; without any, gzip ends with one member. */
    @Override
    public int available() {
      return 1;
    }
  }
}

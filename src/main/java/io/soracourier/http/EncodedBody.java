package io.soracourier.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The body of a response that is encoded, decoded piece by piece. */
final class EncodedBody {
  /** The next piece as it arrives, or null at the end. */
  interface Pieces {
    @Nullable Buffer next() throws IOException;
  }

  /** Bytes that are ignored after the last member of gzip: tapes and block devices want them. */
  private static final int MAX_PADDING = 64 * 1024;

  private final Pieces pieces;
  private final String encoding;
  private final Arriving arriving = new Arriving();
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
      decoded = ContentEncoding.decoded(arriving, encoding);
    }
    byte[] piece = new byte[StreamedResponse.MAX_PIECE];
    int length = decoded.read(piece);
    if (length >= 0) {
      return Buffer.buffer(Arrays.copyOf(piece, length));
    }
    if (decoded instanceof GZIPInputStream) {
      arriving.end();
    }
    return null;
  }

  /** Whether it turned out to be encoded in no way. */
  boolean isPlain() {
    return decoded instanceof PushbackInputStream;
  }

  private final class Arriving extends InputStream {
    private Buffer piece = Buffer.buffer();
    private int at;
    private @Nullable IOException failure;

    /**
     * Gzip ends where its response does: after each member there may be another one. The decoder
     * does not say how its search for that ended, be it by a reset connection.
     *
     * <p>So where a response has neither a length nor an end, because its connection stays open,
     * the body is not whole, as one that is not encoded would not be (RFC 9112, 6.3). To end with
     * the member that is there would lose the next one, which may only be late.
     */
    void end() throws IOException {
      byte[] rest = new byte[StreamedResponse.MAX_PIECE];
      int padding = 0;
      int length;
      while ((length = read(rest, 0, rest.length)) >= 0) {
        padding += length;
        if (padding > MAX_PADDING) {
          throw new ZipException("more than padding follows its end");
        }
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      while (at == piece.length()) {
        Buffer next = next();
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

    private @Nullable Buffer next() throws IOException {
      if (failure != null) {
        throw failure;
      }
      try {
        return pieces.next();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    /** Whether there is more is known by reading only; without any, gzip ends with one member. */
    @Override
    public int available() {
      return 1;
    }
  }
}

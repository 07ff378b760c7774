package io.soracourier.azure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jboss.resteasy.reactive.RestResponse;

/** The bytes of a response's body. */
public final class BodyBytes {
  private static final int PIECE = 16 * 1024;

  private BodyBytes() {}

  /** The body, which is empty where there is none; that of an error is not made for the caller. */
  public static InputStream stream(RestResponse<InputStream> response) {
    InputStream stream =
        response.getEntity() == null && response.hasEntity()
            ? response.readEntity(InputStream.class)
            : response.getEntity();
    return stream == null ? InputStream.nullInputStream() : stream;
  }

  /**
   * All bytes, or as many as are wanted.
   *
   * @param most bytes
   * @param time after which no read begins
   * @throws IOException when they do not come, or take longer
   */
  public static byte[] read(InputStream body, int most, Duration time) throws IOException {
    long begin = System.nanoTime();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] piece = new byte[Math.min(PIECE, most)];
    for (int length = body.read(piece); length >= 0; length = body.read(piece)) {
      bytes.write(piece, 0, Math.min(length, most - bytes.size()));
      if (bytes.size() == most) {
        break;
      }
      if (System.nanoTime() - begin > time.toNanos()) {
        throw new IOException("the response's body takes too long");
      }
    }
    return bytes.toByteArray();
  }
}

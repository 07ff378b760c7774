package io.soracourier.sora;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads the body of an answer whose sender is not trusted to end it soon, or at all. */
final class AnswerBody {
  /** A job's JSON has some hundred characters besides its prompt. */
  static final int LONGEST = 1024 * 1024;

  private AnswerBody() {}

  /**
   * The body as text; closes the stream.
   *
   * @param body null where there is none
   * @param contentEncoding the header of that name, or null
   * @param atMost time for all of it; each single read is bounded by the client's read timeout
   * @throws IOException when it is cut, too long or too slow
   */
  static String read(InputStream body, String contentEncoding, Duration atMost) throws IOException {
    if (body == null) {
      return "";
    }
    long end = System.nanoTime() + atMost.toNanos();
    try (body;
        InputStream decoded = ContentEncoding.decoded(body, contentEncoding)) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      byte[] piece = new byte[8 * 1024];
      for (int read = decoded.read(piece); read >= 0; read = decoded.read(piece)) {
        whole.write(piece, 0, read);
        if (whole.size() > LONGEST) {
          throw new IOException("the answer is longer than " + LONGEST + " bytes");
        }
        if (System.nanoTime() > end) {
          throw new IOException("the answer took longer than " + atMost.toMillis() + " ms");
        }
      }
      return whole.toString(StandardCharsets.UTF_8);
    }
  }
}

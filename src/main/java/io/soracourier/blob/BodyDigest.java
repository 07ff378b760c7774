package io.soracourier.blob;

import io.soracourier.storage.Md5;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Base64;

/** The MD5 of a body that is read piece by piece. */
final class BodyDigest {
  private static final int PIECE_BYTES = 64 * 1024;

  private BodyDigest() {}

  /**
   * @return Base64
   * @throws IOException when the body is not as long as expected, or cannot be read
   */
  static String md5(InputStream body, long expectedLength) throws IOException {
    MessageDigest md5 = Md5.begin();
    byte[] piece = new byte[PIECE_BYTES];
    long length = 0;
    for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
      md5.update(piece, 0, read);
      length += read;
    }
    if (length != expectedLength) {
      throw new IOException(
          "the body ended after %d of %d bytes".formatted(length, expectedLength));
    }
    return Base64.getEncoder().encodeToString(md5.digest());
  }
}

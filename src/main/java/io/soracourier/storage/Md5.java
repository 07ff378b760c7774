package io.soracourier.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The MD5 of bytes, with which a store checks what it has received; no secret depends on it. */
public final class Md5 {
  private Md5() {}

  /** One that has seen nothing yet. It can be cloned. */
  public static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has MD5", e);
    }
  }

  /**
   * The MD5 of what is between position and limit, which stay as they are.
   *
   * @return 16 bytes
   */
  public static byte[] of(ByteBuffer bytes) {
    MessageDigest md5 = begin();
    md5.update(bytes.duplicate());
    return md5.digest();
  }
}

package io.soracourier.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs texts as all of Azure Storage wants it, for requests and for links. */
public final class HmacSha256 {
  private static final String NAME = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * @param key its bytes, not their Base64
   */
  public HmacSha256(byte[] key) {
    this.key = new SecretKeySpec(key, NAME);
  }

  /** The signature of the text's UTF-8, in Base64. */
  public String sign(String text) {
    try {
      Mac mac = Mac.getInstance(NAME);
      mac.init(key);
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has " + NAME, e);
    }
  }
}

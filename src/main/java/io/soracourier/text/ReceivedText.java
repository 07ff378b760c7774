package io.soracourier.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * What a server sent, on its way to becoming text: the one place where bytes of a response are
 * decoded, and where secrets in URLs are learned, before any of it can be quoted.
 */
public final class ReceivedText {
  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");

  /** Bytes that tell how a text is encoded. */
  private static final int SAMPLE = 256;

  private ReceivedText() {}

  /**
   * A body as text: in UTF-16 or UTF-32 where it has their byte order mark or the zeros of ASCII in
   * them, whatever its headers say, else in UTF-8. The secrets in its URLs are registered.
   */
  public static String of(byte[] body) {
    String text = new String(body, charset(body));
    Secrets.registerReceived(text);
    return text;
  }

  /** Registers the secrets in the URLs of headers, values by name. */
  public static void registerHeaders(Map<String, ? extends Collection<String>> headers) {
    // Together: what is known is sorted anew each time.
    StringJoiner all = new StringJoiner("\n");
    headers.values().forEach(values -> values.stream().filter(Objects::nonNull).forEach(all::add));
    Secrets.registerReceived(all.toString());
  }

  private static Charset charset(byte[] bytes) {
    int first = unit(bytes, 0);
    int second = unit(bytes, 2);
    if (first == 0xFFFE && second == 0 || first == 0 && second == 0xFEFF) {
      return first == 0 ? UTF_32BE : UTF_32LE;
    }
    if (first == 0xFFFE || first == 0xFEFF) {
      return first == 0xFEFF ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }
    return byZeros(bytes);
  }

  private static int unit(byte[] bytes, int at) {
    return at + 1 < bytes.length ? (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF : -1;
  }

  /** ASCII has one zero byte of two in UTF-16, and three of four in UTF-32. */
  private static Charset byZeros(byte[] bytes) {
    int[] zeros = new int[4];
    int length = Math.min(bytes.length, SAMPLE) / 2 * 2;
    for (int i = 0; i < length; i++) {
      zeros[i % 4] += bytes[i] == 0 ? 1 : 0;
    }
    int most = length / 4 - length / 16;
    int few = length / 16;
    if (length >= 4
        && zeros[0] >= most
        && zeros[1] >= most
        && zeros[2] >= most
        && zeros[3] <= few) {
      return UTF_32BE;
    }
    if (length >= 4
        && zeros[1] >= most
        && zeros[2] >= most
        && zeros[3] >= most
        && zeros[0] <= few) {
      return UTF_32LE;
    }
    int even = zeros[0] + zeros[2];
    int odd = zeros[1] + zeros[3];
    int half = length / 2 - length / 8;
    if (length >= 2 && even >= half && odd <= few) {
      return StandardCharsets.UTF_16BE;
    }
    return length >= 2 && odd >= half && even <= few
        ? StandardCharsets.UTF_16LE
        : StandardCharsets.UTF_8;
  }
}

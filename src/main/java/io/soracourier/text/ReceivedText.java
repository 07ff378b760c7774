package io.soracourier.text;

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
  /** Bytes that tell how a text is encoded. */
  private static final int SAMPLE = 256;

  private ReceivedText() {}

  /**
   * A body as text: in UTF-16 or UTF-32 where it has their byte order mark or the zeros of ASCII in
   * them, whatever its headers say, else in UTF-8. The secrets in its URLs are registered.
   */
  public static String of(byte[] body) {
    String text = decoded(body);
    Secrets.registerReceived(text);
    return text;
  }

  /** Registers the secrets in the URLs of headers, values by name. */
  public static void registerHeaders(Map<String, ? extends Collection<String>> headers) {
    // Together: what is known is sorted again each time.
    StringJoiner all = new StringJoiner("\n");
    headers.values().forEach(values -> values.stream().filter(Objects::nonNull).forEach(all::add));
    Secrets.registerReceived(all.toString());
  }

  private static String decoded(byte[] bytes) {
    int first = unit(bytes, 0);
    int second = unit(bytes, 2);
    int[] zeros = zeros(bytes);
    int length = Math.min(bytes.length, SAMPLE);
    int most = (length * 3 + 15) / 16;
    int few = length / 16;
    boolean middle = length > 0 && zeros[1] >= most && zeros[2] >= most;
    if (first == 0 && second == 0xFEFF || middle && zeros[0] >= most && zeros[3] <= few) {
      return Utf32.decode(bytes, true);
    }
    if (first == 0xFFFE && second == 0 || middle && zeros[3] >= most && zeros[0] <= few) {
      return Utf32.decode(bytes, false);
    }
    int half = Math.max(1, (length * 3 + 7) / 8);
    if (first == 0xFEFF || zeros[0] + zeros[2] >= half && zeros[1] + zeros[3] <= few) {
      return new String(bytes, StandardCharsets.UTF_16BE);
    }
    return first == 0xFFFE || zeros[1] + zeros[3] >= half && zeros[0] + zeros[2] <= few
        ? new String(bytes, StandardCharsets.UTF_16LE)
        : new String(bytes, StandardCharsets.UTF_8);
  }

  private static int unit(byte[] bytes, int at) {
    return at + 1 < bytes.length ? (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF : -1;
  }

  /** ASCII has one zero byte of two in UTF-16, and three of four in UTF-32. */
  private static int[] zeros(byte[] bytes) {
    int[] zeros = new int[4];
    int length = Math.min(bytes.length, SAMPLE) / 2 * 2;
    for (int i = 0; i < length; i++) {
      zeros[i % 4] += bytes[i] == 0 ? 1 : 0;
    }
    return zeros;
  }
}

package io.soracourier.text;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * What a server sent, on its way to becoming text: the only class where bytes of a response are
 * decoded, and where secrets in URLs are learned, before any of it can be quoted.
 */
public final class ReceivedText {
  private ReceivedText() {}

  /**
   * A body as text, whatever its headers say of its {@link TextEncoding}. The secrets in its URLs
   * are registered.
   */
  public static String of(byte[] body) {
    String text = TextEncoding.of(body).decode(body);
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
}

package io.soracourier.text;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * What a server sent, on its way to becoming text: the only class where bytes of a response are
 * decoded, and where secrets in URLs are learned, before any of it can be quoted.
 */
public final class ReceivedText {
  /** Controls that no text has, and what is left of bytes that are not UTF-8. */
  private static final Pattern NOT_TEXT = Pattern.compile("[\\p{Cc}\\uFFFD&&[^\\t\\r\\n\\f]]");

  private static final int BEGINNING = 80;

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

  /** Whether the beginning of a body is no text, but for a stray control here and there. */
  public static boolean isBinary(String body) {
    String beginning = body.substring(0, Math.min(body.length(), BEGINNING));
    return beginning.indexOf(0) >= 0
        || 10 * NOT_TEXT.matcher(beginning).results().count() >= Math.max(beginning.length(), 1);
  }

  /** Registers the secrets in the URLs of headers, values by name. */
  public static void registerHeaders(Map<String, ? extends Collection<String>> headers) {
    // Together: what is known is sorted again each time.
    StringJoiner all = new StringJoiner("\n");
    headers.values().forEach(values -> values.stream().filter(Objects::nonNull).forEach(all::add));
    Secrets.registerReceived(all.toString());
  }
}

package io.soracourier.function;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The text of a queue message, and what of it can be put on a queue. */
final class MessageText {
  /** Queue storage takes messages in XML 1.0, which has neither of these. */
  private static final Pattern UNSENDABLE = Pattern.compile("[\\uFFFE\\uFFFF\\p{Cs}]");

  private MessageText() {}

  /**
   * A body as text. Base64, as some tools send it, is undone when what it holds is a message; an id
   * that happens to be Base64 is kept.
   *
   * @throws InvalidMessageException when the body is not text
   */
  static String of(byte[] body, Predicate<String> isMessage) {
    String text =
        decoded(body)
            .map(String::strip)
            .orElseThrow(
                () -> new InvalidMessageException("it is not text", printable(body), null));
    return fromBase64(text).filter(isMessage).orElse(text);
  }

  /** Whether JSON text has characters that could not be put back on a queue. */
  static boolean isUnsendable(String json) {
    return UNSENDABLE.matcher(json).find();
  }

  private static Optional<String> fromBase64(String text) {
    if (text.isEmpty() || text.length() % 4 != 0) {
      return Optional.empty();
    }
    try {
      return decoded(Base64.getDecoder().decode(text)).map(String::strip);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Optional<String> decoded(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String printable(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
  }
}

package io.soracourier.function;

import io.soracourier.sora.JobId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of a queue message, without what tools put around it: a byte order mark, white space
 * that nobody sees, quotes, JSON inside a string, Base64, UTF-16, and any of these inside one
 * another.
 *
 * <p>Base64 is undone where that can only be what the sender meant: see {@link #isMeant}. Ids of
 * servers are Base64 too, some of them of readable text, so that readable alone is no reason.
 */
final class MessageText {
  /** More than any tool was seen to wrap; a bound for what is made to be deep. */
  private static final int MAX_LAYERS = 5;

  /** {@code e30} is an empty object. */
  private static final int MIN_BASE64 = 3;

  /** What ids consist of that servers issue without punctuation. */
  private static final Pattern SIMPLE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]+={0,2}");
  private static final String OPENING = "\"'`\u2018\u201C\u00AB\u201E";
  private static final String CLOSING = "\"'`\u2019\u201D\u00BB\u201C";

  /** Text that is not an id of any server, and looks like prose or program output. */
  private static final Pattern PROSE = Pattern.compile("\\s|<|://");

  /** A shorter id can happen to be Base64 of letters and digits. */
  private static final int MIN_BASE64_OF_ID = 16;

  private static final int MIN_BASE64_OF_PROSE = 8;

  /** What an id that people see begins with, and a member's name. */
  private static final Pattern KNOWN_BEGINNING =
      Pattern.compile("(?i)(task_|video_|gen_|job_?id).*");

  /** An id that itself begins so, and continues in Base64. */
  private static final Pattern KNOWN_ID = Pattern.compile("(task|video|gen)_.*");

  /** How JSON begins, whatever follows: it may be cut, or of another encoding. */
  private static final Pattern JSON_BEGINNING =
      Pattern.compile("(?s)(\\{\\s*\"|\\[\\s*[\\[{\"]).*");

  private static final Pattern ASCII = Pattern.compile("[\\t\\r\\n -~]*");

  /** Controls, formats such as zero-width space and byte order mark, and what looks like a gap. */
  private static final String UNSEEN =
      "\\p{Cc}\\p{Cf}\\p{Z}\\u034F\\u115F\\u1160\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0";

  private static final Pattern AROUND = Pattern.compile("^[" + UNSEEN + "]+|[" + UNSEEN + "]+$");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cn}&&[^\\t\\r\\n]]");
  private static final Pattern UNSEEN_BUT_SPACE =
      Pattern.compile("[" + UNSEEN + "\\p{Cs}\\p{Co}\\p{Cn}&&[^ ]]");

  private MessageText() {}

  /**
   * The text in a body.
   *
   * @throws InvalidMessageException when the body is not text
   */
  static String of(byte[] body) {
    String text =
        TextBytes.decoded(body)
            .orElseThrow(
                () ->
                    new InvalidMessageException("it is not text", TextBytes.printable(body), null));
    return unwrapped(text, MAX_LAYERS);
  }

  /** Without white space and quotes around it, as in a value that somebody pasted. */
  static String bare(String text) {
    String trimmed = trimmed(text);
    for (int layer = 0; layer < MAX_LAYERS; layer++) {
      Optional<String> inner = unquoted(trimmed);
      if (inner.isEmpty()) {
        break;
      }
      trimmed = trimmed(inner.get());
    }
    return trimmed;
  }

  /** With an escape such as {@code \ufeff} for each character that cannot be seen. */
  static String visible(String text) {
    return UNSEEN_BUT_SPACE
        .matcher(text)
        .replaceAll(
            match -> {
              StringBuilder escapes = new StringBuilder();
              match.group().chars().forEach(c -> escapes.append("\\\\u%04x".formatted(c)));
              return escapes.toString();
            });
  }

  private static String unwrapped(String text, int layers) {
    String bare = bare(text);
    if (layers == 0 || bare.startsWith("{") || bare.startsWith("[")) {
      return bare;
    }
    return fromBase64(bare)
        .filter(inner -> isMeant(bare, inner, layers - 1))
        .map(inner -> unwrapped(inner, layers - 1))
        .orElse(bare);
  }

  /**
   * Whether this text is what the sender of its Base64 meant: where the Base64 is not an id itself,
   * or the text is a simple id, JSON, something in quotes, Base64 of such, or prose. Of the rest
   * the Base64 is taken as it is: gateways issue ids that are Base64 of readable text, such as a
   * path or parts between colons.
   */
  private static boolean isMeant(String encoded, String decoded, int layers) {
    String inner = trimmed(decoded);
    if (KNOWN_ID.matcher(encoded).matches()) {
      return false;
    }
    boolean isProse = PROSE.matcher(inner).find() && ASCII.matcher(inner).matches();
    return !SIMPLE_ID.matcher(encoded).matches() && (JobId.isId(inner) || !JobId.isId(encoded))
        || inner.startsWith("{")
        || inner.startsWith("[")
        || inner.startsWith("\"")
        || unquoted(inner).isPresent()
        || KNOWN_BEGINNING.matcher(inner).matches()
        || inner.contains("%") && JobId.isId(inner)
        || encoded.length() >= MIN_BASE64_OF_PROSE && isProse
        || encoded.length() >= MIN_BASE64_OF_ID && SIMPLE_ID.matcher(inner).matches()
        || layers > 0
            && fromBase64(inner).filter(text -> isMeant(inner, text, layers - 1)).isPresent();
  }

  private static String trimmed(String text) {
    return AROUND.matcher(text).replaceAll("");
  }

  private static Optional<String> unquoted(String text) {
    int last = text.length() - 1;
    if (last < 1) {
      return Optional.empty();
    }
    if (text.charAt(0) == '"') {
      Optional<String> string = VerbatimJson.string(text);
      if (string.isPresent()) {
        return string;
      }
    }
    int pair = OPENING.indexOf(text.charAt(0));
    return pair >= 0 && CLOSING.charAt(pair) == text.charAt(last)
        ? Optional.of(text.substring(1, last))
        : Optional.empty();
  }

  /** Of either alphabet, with or without padding, in one line or several. */
  private static Optional<String> fromBase64(String text) {
    String line = text.replaceAll("[\\r\\n]+", "");
    if (line.length() < MIN_BASE64 || !BASE64.matcher(line).matches()) {
      return Optional.empty();
    }
    try {
      // Of a group of four that is cut after its first character nothing is left.
      String groups = line.length() % 4 == 1 ? line.substring(0, line.length() - 1) : line;
      byte[] bytes = Base64.getDecoder().decode(groups.replace('-', '+').replace('_', '/'));
      String latin = new String(bytes, StandardCharsets.ISO_8859_1);
      Optional<String> inner = TextBytes.decoded(bytes);
      if (JSON_BEGINNING.matcher(trimmed(inner.orElse(latin))).matches()) {
        return Optional.of(inner.orElse(latin));
      }
      return inner
          .filter(decoded -> !CONTROL.matcher(bare(decoded)).find())
          .filter(decoded -> groups.equals(line) || decoded.startsWith("\""));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}

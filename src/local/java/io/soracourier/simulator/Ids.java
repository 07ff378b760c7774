package io.soracourier.simulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Identifiers of the forms the services give, which carry their creation time. */
public final class Ids {
  private static final char[] CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final String ALPHANUMERIC =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final Pattern RANDOM = Pattern.compile("<(uuid4hex|uuid|(hex|alnum):(\\d+))>");
  private static final Pattern ENCODED = Pattern.compile("(base64url|base64|escaped)\\((.*)\\)");
  private static final int TIME_DIGITS = 10;
  private static final int RANDOM_DIGITS = 16;

  private Ids() {}

  /** A Sora 1 job: {@code task_} and a ULID. */
  public static String task(Instant created) {
    return "task_" + ulid(created);
  }

  /** A Sora 1 generation: {@code gen_} and a ULID. */
  public static String generation(Instant created) {
    return "gen_" + ulid(created);
  }

  /** A Sora 2 video: {@code video_}, the creation time in 8 hex digits and 24 more. */
  public static String video(Instant created) {
    byte[] random = new byte[10];
    ThreadLocalRandom.current().nextBytes(random);
    String hex = HexFormat.of().formatHex(random);
    return "video_"
        + HexFormat.of().toHexDigits((int) created.getEpochSecond())
        + hex.substring(0, 4)
        + "8190"
        + hex.substring(4);
  }

  /**
   * An id from a template: {@code <hex:24>}, {@code <alnum:20>} (digits and letters), {@code
   * <uuid>} and {@code <uuid4hex>} are random; {@code base64(…)}, {@code base64url(…)} without
   * padding and {@code escaped(…)} for a path encode what is in them.
   */
  static String like(String template) {
    String id =
        RANDOM
            .matcher(template)
            .replaceAll(
                part ->
                    switch (part.group(1)) {
                      case "uuid" -> UUID.randomUUID().toString();
                      case "uuid4hex" -> UUID.randomUUID().toString().replace("-", "");
                      default -> random(part.group(2), Integer.parseInt(part.group(3)));
                    });
    return ENCODED
        .matcher(id)
        .replaceAll(part -> Matcher.quoteReplacement(encoded(part.group(1), part.group(2))));
  }

  private static String random(String kind, int length) {
    String digits = kind.equals("hex") ? "0123456789abcdef" : ALPHANUMERIC;
    StringBuilder text = new StringBuilder();
    ThreadLocalRandom.current()
        .ints(length, 0, digits.length())
        .forEach(digit -> text.append(digits.charAt(digit)));
    return text.toString();
  }

  private static String encoded(String how, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return switch (how) {
      case "base64" -> Base64.getEncoder().encodeToString(bytes);
      case "base64url" -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      default -> URLEncoder.encode(text, StandardCharsets.UTF_8);
    };
  }

  private static String ulid(Instant created) {
    StringBuilder ulid = new StringBuilder();
    long millis = created.toEpochMilli();
    for (int digit = TIME_DIGITS - 1; digit >= 0; digit--) {
      ulid.append(CROCKFORD[(int) (millis >>> 5 * digit) & 31]);
    }
    for (int digit = 0; digit < RANDOM_DIGITS; digit++) {
      ulid.append(CROCKFORD[ThreadLocalRandom.current().nextInt(32)]);
    }
    return ulid.toString();
  }
}

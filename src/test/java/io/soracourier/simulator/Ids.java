package io.soracourier.simulator;

import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Identifiers of the forms the services give, which carry their creation time. */
public final class Ids {
  private static final char[] CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
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

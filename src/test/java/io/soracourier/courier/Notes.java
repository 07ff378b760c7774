package io.soracourier.courier;

import java.time.Instant;
import java.util.List;

/** Notes as they may stand in a message. */
public final class Notes {
  private Notes() {}

  /** One that the version before wrote. */
  public static LookNote of(int number, Instant first, Instant succeeded, String... reported) {
    return new LookNote(
        number,
        first,
        succeeded,
        null,
        false,
        null,
        null,
        new Announced(0, List.of(), List.of(reported)),
        null,
        0);
  }
}

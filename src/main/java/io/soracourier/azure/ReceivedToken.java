package io.soracourier.azure;

import io.soracourier.text.Excerpt;
import java.util.regex.Pattern;

/** Short texts in the head of a response that are quoted in messages, or nothing of them. */
final class ReceivedToken {
  /** Longer than any error code (of up to 60 letters) and request id (of 36 characters). */
  private static final int MAX = 80;

  private static final Pattern ERROR_CODE = Pattern.compile("[A-Za-z0-9]+");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]*[A-Za-z0-9][A-Za-z0-9-]*");
  private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[A-Za-z0-9]");

  private ReceivedToken() {}

  /** The empty string where it is something else than an error code. */
  static String errorCode(String header) {
    String code = Excerpt.of(header, MAX);
    return ERROR_CODE.matcher(code).matches() ? code : "";
  }

  /**
   * "…" where it is something else than an id, and the empty string where it is missing. It is
   * never made of what is left when characters are taken out: that can be a secret in which they
   * were put.
   */
  static String requestId(String header) {
    String id = Excerpt.of(header.split(",", 2)[0], MAX);
    return ID.matcher(id).matches() ? id : LETTER_OR_DIGIT.matcher(header).find() ? "…" : "";
  }
}

package io.soracourier.sora;

import java.util.regex.Pattern;

/** Tells a refusal for what a video shows, or was asked to show, from one for who asks. */
final class Moderation {
  /**
   * Of the content itself: a "policy" alone may be one of a network, a vault or an API gateway.
   *
   * <p>Source: codes and sentences of Azure OpenAI, OpenAI and gateways in public reports.
   */
  private static final Pattern WORDS =
      Pattern.compile(
          "content[ _-]?(policy|policies|filter|safety)|moderat(ion|ed)|safety[ _-](system|policy|filter)"
              + "|sentinel_block|usage[ _-]polic",
          Pattern.CASE_INSENSITIVE);

  private Moderation() {}

  /** Whether an error response is about the content. */
  static boolean isReason(int status, String code, String text) {
    boolean aboutTheRequest = status >= 400 && status < 500 && status != 401 && status != 429;
    return aboutTheRequest && (WORDS.matcher(code).find() || WORDS.matcher(text).find());
  }
}

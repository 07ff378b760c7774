package io.soracourier.content;

import io.soracourier.sora.Attempt;
import java.util.regex.Pattern;

/**
 * Signs that a server has no route at an address, so that nothing will come from there.
 *
 * <p>Source: RFC 9110, 15.5.6 and 15.6.2; the words of web frameworks.
 */
final class NoRoute {
  private static final int NO_SUCH_METHOD = 405;
  private static final int NOT_IMPLEMENTED = 501;

  private static final Pattern WORDS =
      Pattern.compile(
          "(?i)\\bcannot get /|\\binvalid url\\b|\\bno (such )?(route|endpoint)\\b"
              + "|\\b(route|endpoint)\\b.{0,80}\\bnot found\\b|\\bunknown (route|endpoint|url)\\b");

  private NoRoute() {}

  /** By its status or its words. */
  static boolean isShownBy(Attempt response) {
    return isNotImplemented(response)
        || Integer.valueOf(NO_SUCH_METHOD).equals(response.status())
        || WORDS.matcher(response.error()).find();
  }

  /** By the one 5xx that means it: waiting does not change it. */
  static boolean isNotImplemented(Attempt response) {
    return Integer.valueOf(NOT_IMPLEMENTED).equals(response.status());
  }
}

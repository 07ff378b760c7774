package io.soracourier.content;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of a whole a response has, from {@code first} to {@code last}, both included, of
 * {@code total}.
 *
 * <p>Source: RFC 9110, 14.4.
 */
record ContentRange(long first, long last, long total) {
  private static final Pattern HEADER =
      Pattern.compile("(?i)bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  /** Empty where the response does not say, or leaves the total open. */
  static Optional<ContentRange> of(ContentResponse response) {
    Matcher range = HEADER.matcher(String.valueOf(response.header("Content-Range")));
    return range.matches()
        ? Optional.of(
            new ContentRange(
                Long.parseLong(range.group(1)),
                Long.parseLong(range.group(2)),
                Long.parseLong(range.group(3))))
        : Optional.empty();
  }

  /** Whether nothing comes after it. */
  boolean isToTheEnd() {
    return last == total - 1;
  }
}

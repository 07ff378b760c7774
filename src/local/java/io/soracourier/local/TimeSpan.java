package io.soracourier.local;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as {@code host.json} writes them: {@code [d.]hh:mm:ss[.fffffff]}. */
final class TimeSpan {
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d+)\\.)?(\\d{1,2}):(\\d{2}):(\\d{2}(?:\\.\\d{1,7})?)");

  private TimeSpan() {}

  static Duration parse(String where, String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new LocalStackException(
          "host.json: %s is '%s', not a time span such as 00:00:30".formatted(where, text));
    }
    long days = matcher.group(1) == null ? 0 : Long.parseLong(matcher.group(1));
    return Duration.ofDays(days)
        .plusHours(Long.parseLong(matcher.group(2)))
        .plusMinutes(Long.parseLong(matcher.group(3)))
        .plusMillis((long) (Double.parseDouble(matcher.group(4)) * 1000));
  }
}

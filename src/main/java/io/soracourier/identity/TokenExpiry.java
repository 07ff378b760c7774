package io.soracourier.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads when a token expires, in every form that identity endpoints of Azure write it: seconds
 * since 1970 as a number or a string, milliseconds, dates as {@code 1/16/2020 5:24:12 AM +00:00}
 * (Windows) and {@code 06/20/2019 02:57:58 +00:00} (Linux), ISO 8601 with a "T" or a space, the
 * seconds that are left, also in {@code expires_on}.
 *
 * <p>Sources: what users of azure-sdk-for-net, azure-sdk-for-python, azure-cli and the
 * microsoft-authentication-libraries reported, and how those read it.
 */
final class TokenExpiry {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(?:\\.\\d*)?");
  private static final String TIME =
      "[ T]+(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2}))?(?:[.,]\\d+)?"
          + " ?([AP])?\\.?(?:M\\.?)? ?(Z|UTC|GMT)?([+-]\\d{2}:?\\d{2})?";
  private static final Pattern MONTH_FIRST =
      Pattern.compile("(?<m>\\d{1,2})/(?<d>\\d{1,2})/(?<y>\\d{4})" + TIME);
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(?<y>\\d{4})[-/](?<m>\\d{1,2})[-/](?<d>\\d{1,2})" + TIME);

  /** A token lives for a day at most; what is less than this was not counted since 1970. */
  private static final long MAX_SECONDS_LEFT = 1_000_000_000;

  /** The year 5138: what is more was not given in seconds. */
  private static final long MAX_SECONDS = 100_000_000_000L;

  private TokenExpiry() {}

  /** Empty where the response has none, or one in the past. */
  static Optional<Instant> of(JsonNode response, Instant now) {
    return time(response.path("expires_on"), now)
        .filter(now::isBefore)
        .or(() -> time(response.path("expires_in"), now).filter(now::isBefore));
  }

  private static Optional<Instant> time(JsonNode value, Instant now) {
    if (!value.isTextual()) {
      return value.isNumber() && value.canConvertToLong() && value.longValue() >= 0
          ? Optional.of(counted(value.longValue(), now))
          : Optional.empty();
    }
    String text =
        value.asText().replaceAll("[\\s\\u00A0\\u202F]+", " ").strip().toUpperCase(Locale.ROOT);
    if (NUMBER.matcher(text).matches()) {
      return Optional.of(counted(Long.parseLong(text.replaceFirst("\\..*", "")), now));
    }
    Matcher date = MONTH_FIRST.matcher(text);
    if (!date.matches()) {
      date = YEAR_FIRST.matcher(text);
    }
    try {
      return date.matches() ? Optional.of(date(date)) : Optional.empty();
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  private static Instant counted(long number, Instant now) {
    if (number < MAX_SECONDS_LEFT) {
      return now.plusSeconds(number);
    }
    return number < MAX_SECONDS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
  }

  /** Without an offset it is UTC. */
  private static Instant date(Matcher date) {
    int named = date.groupCount() - 5;
    int hour = Integer.parseInt(date.group(named));
    String half = date.group(named + 3);
    if ("P".equals(half) && hour < 12) {
      hour += 12;
    } else if ("A".equals(half) && hour == 12) {
      hour = 0;
    }
    String seconds = date.group(named + 2);
    String offset = date.group(named + 5);
    return LocalDateTime.of(
            Integer.parseInt(date.group("y")),
            Integer.parseInt(date.group("m")),
            Integer.parseInt(date.group("d")),
            hour,
            Integer.parseInt(date.group(named + 1)),
            seconds == null ? 0 : Integer.parseInt(seconds))
        .toInstant(offset == null ? ZoneOffset.UTC : ZoneOffset.of(offset));
  }
}

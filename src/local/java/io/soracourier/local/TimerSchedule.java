package io.soracourier.local;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a timer trigger is due: an expression of six fields, second first, by UTC; or an interval.
 * Names of months and days, and two further rules of the real host, are not here: nobody uses them.
 */
final class TimerSchedule {
  /** Of second, minute, hour, day of the month, month, day of the week: bounds. */
  private static final int[][] FIELDS = {{0, 59}, {0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 6}};

  private static final Pattern PART = Pattern.compile("(\\*|(\\d+)(?:-(\\d+))?)(?:/(\\d+))?");

  /** Days; a date that never comes is an error here, and nothing at all on the real host. */
  private static final int MAX_STEPS = 100_000;

  private final BitSet[] fields;
  private final Duration interval;

  private TimerSchedule(BitSet[] fields, Duration interval) {
    this.fields = fields;
    this.interval = interval;
  }

  /**
   * @throws LocalStackException when it is neither, for which the host leaves the function out
   */
  static TimerSchedule parse(String text) {
    String[] parts = text.strip().split("\\s+");
    if (parts.length == 1 && text.contains(":")) {
      return new TimerSchedule(null, TimeSpan.parse("the schedule", text.strip()));
    }
    if (parts.length != FIELDS.length) {
      throw new LocalStackException("'" + text + "' is no schedule of six fields, nor an interval");
    }
    BitSet[] fields = new BitSet[FIELDS.length];
    for (int i = 0; i < FIELDS.length; i++) {
      fields[i] = field(parts[i], FIELDS[i][0], FIELDS[i][1], text);
    }
    return new TimerSchedule(fields, null);
  }

  private static BitSet field(String text, int least, int most, String whole) {
    BitSet values = new BitSet();
    for (String one : text.split(",", -1)) {
      Matcher part = PART.matcher(one);
      if (!part.matches()) {
        throw new LocalStackException("'" + one + "' in the schedule '" + whole + "'");
      }
      boolean any = part.group(2) == null;
      int step = part.group(4) == null ? 1 : Integer.parseInt(part.group(4));
      int from = any ? least : Integer.parseInt(part.group(2));
      int to =
          any || part.group(3) == null && part.group(4) != null
              ? most
              : part.group(3) == null ? from : Integer.parseInt(part.group(3));
      if (step < 1 || from < least || to > most || from > to) {
        throw new LocalStackException("'" + one + "' in the schedule '" + whole + "'");
      }
      for (int value = from; value <= to; value += step) {
        values.set(value);
      }
    }
    return values;
  }

  boolean isInterval() {
    return interval != null;
  }

  /** The first time after this one. */
  ZonedDateTime next(ZonedDateTime after) {
    if (isInterval()) {
      return after.plus(interval);
    }
    ZonedDateTime time =
        after.withZoneSameInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    for (int i = 0; i < MAX_STEPS; i++) {
      if (!fields[4].get(time.getMonthValue())
          || !fields[3].get(time.getDayOfMonth())
          || !fields[5].get(time.getDayOfWeek().getValue() % 7)) {
        time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
      } else if (!fields[2].get(time.getHour())) {
        time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
      } else if (!fields[1].get(time.getMinute())) {
        time = time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
      } else if (!fields[0].get(time.getSecond())) {
        time = time.plusSeconds(1);
      } else {
        return time;
      }
    }
    throw new LocalStackException("the schedule is never due");
  }

  /** Whether the host keeps when it was due: not where that is more often than each minute. */
  boolean isMonitored(ZonedDateTime now) {
    ZonedDateTime first = next(now);
    return Duration.between(first, next(first)).compareTo(Duration.ofMinutes(1)) >= 0;
  }
}

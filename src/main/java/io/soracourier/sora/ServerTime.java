package io.soracourier.sora;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.http.HttpDate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reads a time as servers write it: Unix seconds, milliseconds or finer, whole or with parts, as a
 * number or in a text; or ISO 8601, with UTC where no zone is given. What is no time of a job is
 * none: 0, negative, long before there were such services, or in a far future, which some servers
 * write for "never".
 */
final class ServerTime {
  /** No server of this shape is older, while seconds since a machine's start are. */
  private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");

  private static final Duration FAR = Duration.ofDays(366);

  /** As seconds this is the year 5138; as milliseconds it is 1973. */
  private static final double MAX_SECONDS = 1e11;

  /** Milliseconds, microseconds, nanoseconds. */
  private static final int FINER_UNITS = 3;

  private static final Pattern NUMBER =
      Pattern.compile("\\d{1,20}(\\.\\d{1,20})?([eE]\\+?\\d{1,2})?");
  private static final Pattern SHORT_OFFSET = Pattern.compile("([+-]\\d{2})(\\d{2})?$");

  private static final List<Function<String, Instant>> FORMS =
      List.of(
          text -> OffsetDateTime.parse(text).toInstant(),
          text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));

  private ServerTime() {}

  /** Empty where it is not a time, or not a plausible one for a job that is requested now. */
  static Optional<Instant> of(JsonNode field, Instant now) {
    return read(field).filter(time -> time.isAfter(EARLIEST) && time.isBefore(now.plus(FAR)));
  }

  private static Optional<Instant> read(JsonNode field) {
    if (field.isNumber()) {
      return ofEpoch(field.doubleValue());
    }
    if (!field.isTextual()) {
      return Optional.empty();
    }
    String text = field.textValue().strip();
    return NUMBER.matcher(text).matches() ? ofEpoch(Double.parseDouble(text)) : ofWords(text);
  }

  private static Optional<Instant> ofEpoch(double number) {
    double seconds = number;
    for (int finer = 0; finer < FINER_UNITS && seconds >= MAX_SECONDS; finer++) {
      seconds /= 1000;
    }
    // Parts of a second are of no use, and finer ones have been lost in the number.
    return seconds > 0 && seconds < MAX_SECONDS
        ? Optional.of(Instant.ofEpochMilli((long) (seconds * 1000)))
        : Optional.empty();
  }

  private static Optional<Instant> ofWords(String text) {
    String iso = SHORT_OFFSET.matcher(withT(text)).replaceAll(ServerTime::longOffset);
    for (Function<String, Instant> form : FORMS) {
      for (String candidate : List.of(text, iso)) {
        try {
          return Optional.of(form.apply(candidate));
        } catch (DateTimeException notOfThisForm) {
          // another one may fit
        }
      }
    }
    return HttpDate.parse(text);
  }

  /** Python's and SQL's form has a space there; a zone may be named UTC. */
  private static String withT(String text) {
    return text.toUpperCase(Locale.ROOT)
        .replaceFirst("^(\\d{4}-\\d{2}-\\d{2})\\s+(?=\\d)", "$1T")
        .replaceFirst("\\s*(UTC|GMT)$", "Z")
        .replaceFirst("\\s+(?=[+-]\\d)", "");
  }

  private static String longOffset(MatchResult offset) {
    return offset.group(1) + ":" + (offset.group(2) == null ? "00" : offset.group(2));
  }
}

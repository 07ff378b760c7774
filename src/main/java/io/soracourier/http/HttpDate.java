package io.soracourier.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times in headers, in whole seconds, as RFC 9110, 5.6.7 has senders write them. */
public final class HttpDate {
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private HttpDate() {}

  public static String of(Instant time) {
    return WRITTEN.format(time);
  }

  /** Empty where it is not such a time. */
  public static Optional<Instant> parse(@Nullable String text) {
    try {
      return Optional.ofNullable(text)
          .map(String::strip)
          .map(date -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }
}

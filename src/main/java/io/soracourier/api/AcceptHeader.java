package io.soracourier.api;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Accept}, read leniently: what is malformed in it is as if it were not there.
 */
final class AcceptHeader {
  private static final String NAME = "Accept";
  private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
  private static final Pattern RANGE = Pattern.compile("\\*/\\*|" + TOKEN + "/" + TOKEN);
  private static final Pattern WEIGHT =
      Pattern.compile("[qQ]=(?:0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)");
  private static final Pattern PARAMETER =
      Pattern.compile("(?![qQ]=)" + TOKEN + "=(?:" + TOKEN + "|\"[^\"]*\")");

  private AcceptHeader() {}

  /**
   * Leaves what is well-formed and has a weight. Where nothing is left, the header is gone: any
   * type will do.
   */
  static void tidy(MultiMap headers) {
    List<String> given = headers.getAll(NAME);
    if (given.isEmpty()) {
      return;
    }
    String ranges =
        ranges(String.join(",", given))
            .filter(range -> weight(range) > 0)
            .collect(Collectors.joining(", "));
    headers.remove(NAME);
    if (!ranges.isEmpty()) {
      headers.set(NAME, ranges);
    }
  }

  /** Whether HTML is wanted rather than JSON, as by a browser; it must be named. */
  static boolean wantsPage(@Nullable String accept) {
    if (accept == null) {
      return false;
    }
    double html = weight(accept, "text/html");
    return html > 0 && html >= weight(accept, "application/json");
  }

  /** Whether JSON is named, and wanted more than HTML. */
  static boolean wantsJson(@Nullable String accept) {
    return accept != null && weight(accept, "application/json") > weight(accept, "text/html");
  }

  private static Stream<String> ranges(String accept) {
    return Arrays.stream(accept.split(","))
        .map(range -> range.replaceAll("\\s", ""))
        .filter(AcceptHeader::isReadable);
  }

  /** The weight of a type that is named; 0 when it is not. */
  private static double weight(String accept, String type) {
    return ranges(accept.toLowerCase(Locale.ROOT))
        .filter(range -> range.equals(type) || range.startsWith(type + ";"))
        .mapToDouble(AcceptHeader::weight)
        .max()
        .orElse(0);
  }

  private static double weight(String range) {
    return Arrays.stream(range.split(";"))
        .filter(part -> WEIGHT.matcher(part).matches())
        .mapToDouble(part -> Double.parseDouble(part.substring(2)))
        .findFirst()
        .orElse(1);
  }

  /** A type, and parameters of which each is well-formed. */
  private static boolean isReadable(String range) {
    String[] parts = range.split(";", -1);
    return RANGE.matcher(parts[0]).matches()
        && Arrays.stream(parts)
            .skip(1)
            .allMatch(part -> WEIGHT.matcher(part).matches() || PARAMETER.matcher(part).matches());
  }
}

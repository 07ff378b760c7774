package io.soracourier.url;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds ids in URLs. */
final class UrlIds {
  /** The extension of a file, and then nothing that an id could go on with. */
  private static final Pattern AFTER =
      Pattern.compile("(?s)(\\.[A-Za-z][A-Za-z0-9]{1,4})?([^A-Za-z0-9_.~=:+%-].*)?");

  /** No name has one of that many characters by chance. */
  private static final int LONG = 16;

  private UrlIds() {}

  /**
   * Those of some ids that a URL has: as a whole part of it, or else, of long ones, next to other
   * words, as in {@code /gen_01k742tdqrabcdefghjkmnpqrs_hd.mp4}.
   */
  static List<String> in(URI uri, Set<String> ids) {
    List<String> whole = ids.stream().filter(id -> isIn(uri, id)).toList();
    return whole.isEmpty() ? ids.stream().filter(id -> isWord(uri, id)).toList() : whole;
  }

  private static boolean isWord(URI uri, String id) {
    return id.length() >= LONG
        && Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(id) + "(?![A-Za-z0-9])")
            .matcher(uri.toString())
            .find();
  }

  /**
   * Whether an id is a segment of the URL's path, or a value of its query or a segment of one, as a
   * whole: {@code 2} is not in {@code /2026/a.mp4}, nor {@code gen_1} in {@code /gen_10.mp4}.
   */
  private static boolean isIn(URI uri, String id) {
    Stream<String> paths = Stream.of(uri.getRawPath(), uri.getPath());
    Stream<String> values =
        Stream.of(uri.getRawQuery(), uri.getQuery())
            .filter(Objects::nonNull)
            .flatMap(query -> Arrays.stream(query.split("&")))
            .map(parameter -> parameter.substring(parameter.indexOf('=') + 1));
    return Stream.concat(paths, values)
        .flatMap(path -> Arrays.stream(path.split("/")))
        .anyMatch(part -> isWhole(part, id));
  }

  private static boolean isWhole(String part, String id) {
    return part.startsWith(id) && AFTER.matcher(part.substring(id.length())).matches();
  }
}

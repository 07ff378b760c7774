package io.soracourier.setting;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The known name that is closest to one that does not exist, where one is close enough. */
final class NearestName {
  /** Of its characters, without what all names begin with, so many may be others. */
  private static final double MAX_SHARE = 1 / 3.0;

  private NearestName() {}

  /**
   * @param name with dots between its words
   * @return the shortest name that has all its words, since people leave words out; else the one
   *     with the fewest characters to insert, delete or replace; empty where that is more than a
   *     third of them. The group of a name, such as {@code content}, may be missing altogether
   */
  static Optional<String> of(String name, Set<String> names) {
    List<String> given = List.of(words(name).split("\\."));
    return names.stream()
        .filter(other -> List.of(words(other).split("\\.")).containsAll(given))
        .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
        .or(() -> withFewestChanges(name, names));
  }

  private static Optional<String> withFewestChanges(String name, Set<String> names) {
    return names.stream()
        .flatMap(
            other -> {
              String words = words(other);
              String withoutGroup = words.substring(words.indexOf('.') + 1);
              return Stream.of(
                  new Near(other, words.length(), distance(words(name), words)),
                  new Near(other, withoutGroup.length(), 1 + distance(words(name), withoutGroup)));
            })
        .filter(near -> near.distance() <= MAX_SHARE * near.length())
        .min(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .map(Near::name);
  }

  private static String words(String name) {
    return name.substring(name.indexOf('.') + 1).replace('-', '.');
  }

  /** Levenshtein's, by rows. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column < row.length; column++) {
        int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[to.length()];
  }

  private record Near(String name, int length, int distance) {}
}

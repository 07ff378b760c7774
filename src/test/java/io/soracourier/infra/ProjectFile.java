package io.soracourier.infra;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file of the project as text: what is not Java is held against the code by reading it. */
record ProjectFile(Path path, String text) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static ProjectFile read(String path) {
    return read(Path.of(path));
  }

  /** Every regular file below a directory whose name ends so, in the order of their paths. */
  static List<ProjectFile> below(String directory, String ending) {
    return below(directory, path -> path.toString().endsWith(ending));
  }

  /** Every regular file below a directory that is wanted, in the order of their paths. */
  static List<ProjectFile> below(String directory, Predicate<Path> wanted) {
    try (Stream<Path> paths = Files.walk(Path.of(directory))) {
      return paths
          .filter(path -> Files.isRegularFile(path) && wanted.test(path))
          .sorted()
          .map(ProjectFile::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(directory + ": cannot be listed", e);
    }
  }

  /** Those files as one text, for what may be in any of them. */
  static ProjectFile joined(String directory, String ending) {
    return new ProjectFile(
        Path.of(directory),
        below(directory, ending).stream().map(ProjectFile::text).collect(joining("\n")));
  }

  JsonNode json() {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": not JSON", e);
    }
  }

  /** What the pattern's last group matches, wherever it does. */
  Set<String> all(String pattern) {
    return all(text, pattern);
  }

  static Set<String> all(String text, String pattern) {
    Set<String> found = new TreeSet<>();
    Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map(ProjectFile::lastGroup)
        .forEach(found::add);
    return found;
  }

  /** What the pattern's last group matches first. */
  String first(String pattern) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map(ProjectFile::lastGroup)
        .findFirst()
        .orElseThrow(() -> new AssertionError(path + ": nothing matches " + pattern));
  }

  private static ProjectFile read(Path path) {
    try {
      return new ProjectFile(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be read", e);
    }
  }

  private static String lastGroup(MatchResult match) {
    return match.group(match.groupCount());
  }
}

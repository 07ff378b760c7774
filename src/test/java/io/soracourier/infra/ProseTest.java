package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words of {@code phrases.txt} are in no code, comment, message or document. */
class ProseTest {
  private static final String LIST = "src/test/resources/phrases.txt";

  private static final Pattern NO_TEXT = Pattern.compile("\\.(mp4|png|jpg|webp)$");

  /** Packages of npm, the schema of azd, and responses of video servers. */
  private static final Pattern OF_OTHERS =
      Pattern.compile(
          "/node_modules/|/package-lock\\.json$|^src/test/resources/azure-dev/"
              + "|^src/local/resources/servers/");

  /** What begins a line of a comment. */
  private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\n\\s*(?:\\*(?!/)|//|#)?\\s*");

  private record Phrase(Pattern pattern, String instead, String example) {}

  /** What may stay in a file. */
  private record Allowed(String file, Pattern pattern) {
    boolean allows(ProjectFile file, String text) {
      return file.path().toString().equals(this.file) && pattern.matcher(text).find();
    }
  }

  private static final List<Phrase> PHRASES = phrases();
  private static final List<Allowed> ALLOWED = allowed();

  @Test
  void phrases_areInNoFile() {
    Set<Allowed> used = new HashSet<>();
    List<String> found = new ArrayList<>();
    for (ProjectFile file : files()) {
      String text = LINE_BREAK.matcher(file.text()).replaceAll(" ");
      for (Phrase phrase : PHRASES) {
        for (MatchResult match : phrase.pattern.matcher(text).results().toList()) {
          String around = around(text, match);
          List<Allowed> allowing =
              ALLOWED.stream().filter(allowed -> allowed.allows(file, around)).toList();
          used.addAll(allowing);
          if (allowing.isEmpty()) {
            found.add("%s: write %s in: %s".formatted(file.path(), phrase.instead, around));
          }
        }
      }
    }

    assertThat(found).isEmpty();
    assertThat(used).as("those that are needed").containsExactlyInAnyOrderElementsOf(ALLOWED);
  }

  private static String around(String text, MatchResult match) {
    return text.substring(
        Math.max(0, match.start() - 40), Math.min(text.length(), match.end() + 40));
  }

  @Test
  void everyPhrase_findsItsExample() {
    assertThat(PHRASES)
        .hasSizeGreaterThan(20)
        .allSatisfy(phrase -> assertThat(phrase.example).containsPattern(phrase.pattern));
  }

  private static List<ProjectFile> files() {
    List<ProjectFile> files = new ArrayList<>();
    for (String directory : List.of("src", "docs", "infra", ".github", ".devcontainer", ".ci")) {
      files.addAll(ProjectFile.below(directory, ProseTest::isProse));
    }
    for (String file :
        List.of(
            "README.md",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "CODE_OF_CONDUCT.md",
            "SECURITY.md",
            "pom.xml",
            "azure.yaml",
            "host.json")) {
      files.add(ProjectFile.read(file));
    }
    return files;
  }

  /** Text of the project's own: not installed or copied, and not other people's words. */
  private static boolean isProse(Path path) {
    String name = path.toString();
    return !NO_TEXT.matcher(name).find() && !OF_OTHERS.matcher(name).find() && !name.equals(LIST);
  }

  private static Stream<String[]> lines(boolean allowed) {
    return ProjectFile.read(LIST)
        .text()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .filter(line -> line.startsWith("! ") == allowed)
        .map(line -> line.split(" \\| "));
  }

  private static List<Phrase> phrases() {
    return lines(false)
        .map(
            cells ->
                new Phrase(
                    Pattern.compile(
                        cells[0],
                        cells[0].startsWith("\\b") && !cells[0].contains("[A-Z]")
                            ? Pattern.CASE_INSENSITIVE
                            : 0),
                    cells[1],
                    cells[2]))
        .toList();
  }

  private static List<Allowed> allowed() {
    return lines(true)
        .map(cells -> new Allowed(cells[0].substring(2), Pattern.compile(cells[1])))
        .toList();
  }
}

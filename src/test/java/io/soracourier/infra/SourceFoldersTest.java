package io.soracourier.infra;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is compiled together is apart nevertheless: the app uses neither of the products beside it,
 * and the local stack runs without a test. The compiler does not see it, since all but the app is
 * compiled at once, with packages that lie in several folders.
 */
class SourceFoldersTest {
  private static final Path MAIN = Path.of("src/main/java");
  private static final Path LOCAL = Path.of("src/local/java");
  private static final Path BENCH = Path.of("src/bench/java");
  private static final Path TEST = Path.of("src/test/java");

  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");

  /** A class by its full name, to the folder that has it. */
  private static final Map<String, Path> FOLDERS = folders();

  @Test
  void app_usesNothingButItself() {
    assertThat(usedOutside(MAIN, Set.of(MAIN))).isEmpty();
  }

  @Test
  void localStack_usesNeitherTestsNorBenchmark() {
    assertThat(usedOutside(LOCAL, Set.of(MAIN, LOCAL))).isEmpty();
  }

  /** The browser, and what the tests of a package make of it for others. */
  @Test
  void benchmark_usesHelpersOfTestsButNoTest() {
    assertThat(usedOutside(BENCH, Set.of(MAIN, LOCAL, BENCH)))
        .allMatch(use -> use.matches(".* (browser|console|courier|records)\\.[A-Z]\\w*"))
        .noneMatch(use -> use.matches(".*(Test|IT)"));
  }

  @Test
  void localStackAndBenchmark_haveNoTests() {
    for (Path folder : List.of(LOCAL, BENCH)) {
      assertThat(ProjectFile.below(folder.toString(), ".java"))
          .hasSizeGreaterThan(30)
          .noneMatch(file -> file.text().contains("import org.junit"))
          .noneMatch(file -> file.path().toString().matches(".*(Test|IT)\\.java"));
    }
  }

  /** A user copies one file. */
  @Test
  void examples_useNothingOfTheProject() {
    assertThat(ProjectFile.below("src/examples", ".java"))
        .isNotEmpty()
        .noneMatch(file -> file.text().contains("soracourier"))
        .allMatch(
            file ->
                file.all("^import ([\\w.]+);").stream()
                    .allMatch(
                        name -> name.matches("(java|com\\.azure|com\\.fasterxml\\.jackson)\\..*")));
  }

  /** Imports say most; a class of the same package needs none, so every word is looked up. */
  private static List<String> usedOutside(Path folder, Set<Path> allowed) {
    List<String> found = new ArrayList<>();
    for (ProjectFile file : ProjectFile.below(folder.toString(), ".java")) {
      String ownPackage = packageOf(folder, file.path());
      String code = COMMENT.matcher(file.text()).replaceAll("");
      Set<String> used =
          Stream.concat(
                  ProjectFile.all(code, "^import (?:static )?io\\.soracourier\\.(\\w+\\.\\w+)")
                      .stream(),
                  ProjectFile.all(code, "\\b([A-Z]\\w*)\\b").stream()
                      .map(word -> ownPackage + "." + word))
              .filter(name -> FOLDERS.containsKey(name) && !allowed.contains(FOLDERS.get(name)))
              .collect(toSet());
      new TreeSet<>(used).forEach(name -> found.add(file.path() + " " + name));
    }
    return found;
  }

  private static Map<String, Path> folders() {
    Map<String, Path> folders = new TreeMap<>();
    for (Path folder : List.of(MAIN, LOCAL, BENCH, TEST)) {
      for (ProjectFile file : ProjectFile.below(folder.toString(), ".java")) {
        String simpleName = file.path().getFileName().toString().replace(".java", "");
        folders.put(packageOf(folder, file.path()) + "." + simpleName, folder);
      }
    }
    return folders;
  }

  private static String packageOf(Path folder, Path file) {
    return folder.relativize(file).getParent().getFileName().toString();
  }
}

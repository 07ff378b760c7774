package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Holds the fault matrix of the documentation and the tests of this package together. */
class ReliabilityDocumentTest {
  private static final Path DOCUMENT = Path.of("docs/concepts/reliability.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| [^|]+ \\| [^|]+ \\| `(\\w+\\.\\w+)` \\|$", Pattern.MULTILINE);
  private static final Pattern LINE =
      Pattern.compile("^\\|.*`\\w+(?:Test|IT)\\.\\w+`.*$", Pattern.MULTILINE);

  @Test
  void faultMatrix_namesEveryTestOnceAndNoOther() throws Exception {
    assertThat(rows()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(tests());
  }

  @Test
  void everyLineThatNamesATest_isAWholeRow() throws Exception {
    String text = Files.readString(DOCUMENT);

    assertThat(LINE.matcher(text).results().map(MatchResult::group))
        .allMatch(line -> ROW.matcher(line).matches());
  }

  @Test
  void readme_countsTheRows() throws Exception {
    MatchResult told =
        Pattern.compile("more than (\\d+) faults")
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .findFirst()
            .orElseThrow();

    assertThat(rows()).hasSizeGreaterThan(Integer.parseInt(told.group(1)));
  }

  private static List<String> rows() throws IOException {
    return ROW.matcher(Files.readString(DOCUMENT)).results().map(row -> row.group(1)).toList();
  }

  /** Those of this package, and the property tests that stand beside what they test. */
  private static List<String> tests() throws IOException, URISyntaxException {
    Class<?> here = ReliabilityDocumentTest.class;
    Path classes = Path.of(here.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString().replace('/', '.'))
          .filter(name -> name.matches(".*\\w+(Test|IT)\\.class"))
          .map(name -> name.replaceFirst("\\.class$", ""))
          .filter(name -> name.startsWith(here.getPackageName()) || name.endsWith("PropertyTest"))
          .map(ReliabilityDocumentTest::load)
          .filter(type -> type != here)
          .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
          .filter(ReliabilityDocumentTest::isTest)
          .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ReliabilityDocumentTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isTest(Method method) {
    return method.isAnnotationPresent(Test.class)
        || method.isAnnotationPresent(ParameterizedTest.class);
  }
}

package io.soracourier.infra;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * docs/how-to/read-outcomes.md links the examples. That of C#, which nothing here compiles, is as
 * the others.
 */
class ExamplesDocumentTest {
  private static final ProjectFile DOCUMENT = ProjectFile.read("docs/how-to/read-outcomes.md");
  private static final ProjectFile CSHARP = ProjectFile.read("src/examples/csharp/ReadOutcomes.cs");

  /** Of each language, by the ending of its files. */
  private static final Map<String, ProjectFile> EXAMPLES =
      Map.of(
          ".java", ProjectFile.read("src/examples/java/ReadOutcomes.java"),
          ".py", ProjectFile.read("src/examples/python/read_outcomes.py"),
          ".cs", CSHARP);

  @Test
  void document_linksEachExample() {
    Set<String> linked =
        DOCUMENT.all("\\]\\(\\.\\./\\.\\./(src/examples/[\\w./]+)\\)").stream().collect(toSet());

    EXAMPLES.forEach(
        (ending, example) ->
            assertThat(ProjectFile.below("src/examples", ending))
                .singleElement()
                .isEqualTo(example)
                .satisfies(file -> assertThat(linked).contains(file.path().toString())));
    assertThat(linked).hasSameSizeAs(EXAMPLES.entrySet());
  }

  @Test
  void examples_printTheSameInEachLanguage() {
    for (String words :
        List.of(
            "copied ",
            "failed ",
            "duplicate, dropped: ",
            "left on the queue, attempt ",
            "not JSON",
            "no text in ",
            "unknown status ",
            "not deleted, handling took too long: it comes back as a duplicate",
            "the queue responded ",
            "cannot use VideoStorage: ",
            "handled-outcomes.txt",
            "--once",
            "sora-videos")) {
      assertThat(EXAMPLES.values()).allMatch(example -> example.text().contains(words), words);
    }
  }

  /** All fit on a page or two. */
  @Test
  void examples_areShort() {
    assertThat(EXAMPLES.values())
        .allMatch(example -> example.text().lines().filter(line -> !line.isBlank()).count() <= 115);
  }

  @Test
  void exampleThatNothingCompiles_saysSo() {
    assertThat(CSHARP.text()).contains("never compiled", "QueueMessageEncoding.None");
    assertThat(DOCUMENT.first("^(\\| \\[`ReadOutcomes.cs`.*)$")).contains("never compiled");
  }
}

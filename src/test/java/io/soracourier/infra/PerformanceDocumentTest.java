package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.bench.Part;
import io.soracourier.bench.Target;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents describe the benchmark that is there: its command, parts and targets. */
class PerformanceDocumentTest {
  private static final ProjectFile FIGURES = ProjectFile.read("docs/performance.md");
  private static final ProjectFile METHOD = ProjectFile.read("docs/benchmarks/method.md");
  private static final String PROFILE =
      ProjectFile.read("pom.xml").first("(?s)<profile>\\s*<id>bench</id>(.*?)</profile>");

  @Test
  void command_isThatOfTheProfile() {
    assertThat(METHOD.text()).contains("```bash\nmvn -Pbench\n```");
    assertThat(PROFILE)
        .contains("<defaultGoal>package exec:exec@bench</defaultGoal>")
        .contains("<argument>io.soracourier.bench.Bench</argument>")
        .contains("<skipTests>true</skipTests>");
  }

  @Test
  void properties_areThoseOfTheProfileAndOfTheCode() {
    assertThat(METHOD.all("^\\| `-D(bench\\.\\w+)` \\|"))
        .isEqualTo(ProjectFile.all(PROFILE, "<argument>-D(bench\\.\\w+)="))
        .isEqualTo(ProjectFile.all(PROFILE, "^ *<(bench\\.\\w+)/?>"))
        .isEqualTo(
            ProjectFile.read("src/bench/java/io/soracourier/bench/BenchOptions.java")
                .all("\"(bench\\.\\w+)\""));
    assertThat(METHOD.first("^\\| `-Dbench.heap` \\|[^|]*\\| `(\\w+)` \\|$"))
        .isEqualTo(
            ProjectFile.read("src/bench/java/io/soracourier/bench/BenchOptions.java")
                .first("DEFAULT_HEAP = \"(\\w+)\""));
  }

  @Test
  void parts_areThoseOfTheBenchmark() {
    assertThat(rows(METHOD, "part"))
        .containsExactlyElementsOf(
            Stream.of(Part.values()).map(PerformanceDocumentTest::cell).toList());
  }

  private static String cell(Part part) {
    return "`" + part.code() + "`";
  }

  @Test
  void targets_areThoseOfTheBenchmark() {
    List<String> targets =
        Stream.of(Target.values()).map(target -> target.what() + " | " + target.limit()).toList();

    assertThat(table(FIGURES, "target").stream().map(PerformanceDocumentTest::targetAndLimit))
        .containsExactlyElementsOf(targets);
  }

  @Test
  void figures_areThereForEachTarget() {
    assertThat(table(FIGURES, "target"))
        .allSatisfy(row -> assertThat(row.split(" \\| ")[2]).containsPattern("\\d (×|ms|MiB)"));
  }

  /** Where the courier is compared with other ways, the figures are the measured ones. */
  @Test
  void figuresOfTheComparison_areThose() {
    String comparison = ProjectFile.read("docs/concepts/alternatives.md").text();

    assertThat(FIGURES.text())
        .contains(
            "takes "
                + ratio(comparison, "in \\[([\\d.]+) × the time\\]")
                + " times as long as `curl")
        .contains(
            "cost " + ratio(comparison, "wait cost ([\\d.]+) dollars an hour") + " dollars an hour")
        .contains("| " + ratio(comparison, "it is faster, 1 against ([\\d.]+)") + " ×, **miss** |");
  }

  private static String ratio(String text, String pattern) {
    Set<String> found = ProjectFile.all(text, pattern);
    assertThat(found).as(pattern).hasSize(1);
    return found.iterator().next();
  }

  @Test
  void runs_areListed() {
    assertThat(ProjectFile.below("docs/benchmarks", ".md"))
        .extracting(file -> "benchmarks/" + file.path().getFileName())
        .allSatisfy(run -> assertThat(FIGURES.text()).contains("](" + run + ")"));
  }

  private static String targetAndLimit(String row) {
    String[] cells = row.split(" \\| ");
    return cells[0] + " | " + cells[1];
  }

  /** The first column of a table. */
  private static List<String> rows(ProjectFile document, String heading) {
    return table(document, heading).stream().map(row -> row.split(" \\| ")[0]).toList();
  }

  /** The rows of the table whose first column has this heading, without their outer bars. */
  private static List<String> table(ProjectFile document, String heading) {
    String rows = document.first("(?s)^\\| " + heading + " \\|[^\\n]*\\n\\|[-|]+\\n(.*?)\\n\\n");
    return Pattern.compile("^\\| (.*) \\|$", Pattern.MULTILINE)
        .matcher(rows)
        .results()
        .map(row -> row.group(1))
        .toList();
  }
}

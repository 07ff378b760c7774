package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.bench.Part;
import io.soracourier.bench.Target;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/performance.md describes the benchmark that is there: its command, parts and targets. */
class PerformanceDocumentTest {
  private static final ProjectFile DOCUMENT = ProjectFile.read("docs/performance.md");
  private static final String PROFILE =
      ProjectFile.read("pom.xml").first("(?s)<profile>\\s*<id>bench</id>(.*?)</profile>");

  @Test
  void command_isThatOfTheProfile() {
    assertThat(DOCUMENT.text()).contains("```bash\nmvn -Pbench\n```");
    assertThat(PROFILE)
        .contains("<defaultGoal>package exec:exec@bench</defaultGoal>")
        .contains("<argument>io.soracourier.bench.Bench</argument>")
        .contains("<skipTests>true</skipTests>");
  }

  @Test
  void properties_areThoseOfTheProfileAndOfTheCode() {
    assertThat(DOCUMENT.all("^\\| `-D(bench\\.\\w+)` \\|"))
        .isEqualTo(ProjectFile.all(PROFILE, "<argument>-D(bench\\.\\w+)="))
        .isEqualTo(ProjectFile.all(PROFILE, "^ *<(bench\\.\\w+)/?>"))
        .isEqualTo(
            ProjectFile.read("src/bench/java/io/soracourier/bench/BenchOptions.java")
                .all("\"(bench\\.\\w+)\""));
    assertThat(DOCUMENT.first("^\\| `-Dbench.heap` \\|[^|]*\\| `(\\w+)` \\|$"))
        .isEqualTo(
            ProjectFile.read("src/bench/java/io/soracourier/bench/BenchOptions.java")
                .first("DEFAULT_HEAP = \"(\\w+)\""));
  }

  @Test
  void parts_areThoseOfTheBenchmark() {
    assertThat(rows("part"))
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

    assertThat(table("target")).containsExactlyElementsOf(targets);
  }

  @Test
  void results_haveTheirPlace() {
    assertThat(DOCUMENT.first("(?s)<!-- results: begin\\..*?-->(.*)<!-- results: end -->"))
        .isNotBlank();
  }

  /** The first column of a table. */
  private static List<String> rows(String heading) {
    return table(heading).stream().map(row -> row.split(" \\| ")[0]).toList();
  }

  /** The rows of the table whose first column has this heading, without their outer bars. */
  private static List<String> table(String heading) {
    String rows = DOCUMENT.first("(?s)^\\| " + heading + " \\|[^\\n]*\\n\\|[-|]+\\n(.*?)\\n\\n");
    return Pattern.compile("^\\| (.*) \\|$", Pattern.MULTILINE)
        .matcher(rows)
        .results()
        .map(row -> row.group(1))
        .toList();
  }
}

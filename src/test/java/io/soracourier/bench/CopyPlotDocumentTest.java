package io.soracourier.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The plot of the documents shows the run that they have. {@code -Dplot.update=true} draws it
 * again.
 */
class CopyPlotDocumentTest {
  private static final Path PLOT = Path.of("docs/images/copy.svg");
  private static final Path RUN = Path.of("docs/benchmarks/2026-11-25-whole-run.md");

  @Test
  void plotOfTheDocuments_isThatOfTheRun() throws IOException {
    List<Table> tables = copies(Files.readString(RUN));
    String svg = new CopyPlot(tables).svg();
    if (Boolean.getBoolean("plot.update")) {
      Files.writeString(PLOT, svg);
    }

    assertThat(tables).hasSize(4);
    assertThat(PLOT).hasContent(svg);
    assertThat(Files.readString(Path.of("docs/performance.md")))
        .contains("](images/copy.svg)", "](benchmarks/" + RUN.getFileName() + ")");
  }

  /** What {@code MarkdownReport} made of the tables: the way and its ratio to the pipe. */
  private static List<Table> copies(String report) {
    List<Table> tables = new ArrayList<>();
    Pattern.compile("(?s)\\n### ([\\d.]+ [MG]iB)\\n\\n\\| way [^\\n]*\\n\\|[-|]+\\n(.*?)(?=\\n\\n)")
        .matcher(report)
        .results()
        .forEach(
            found ->
                tables.add(
                    new Table(
                        found.group(1),
                        List.of("way", "time to " + ShellWays.PIPE),
                        found.group(2).lines().map(CopyPlotDocumentTest::row).toList())));
    return tables;
  }

  private static List<Cell> row(String line) {
    List<String> cells = Arrays.asList(line.split(" \\| "));
    return List.of(
        Cell.text(cells.get(0).replaceFirst("^\\| ", "").replace("\\|", "|")),
        new Cell.Ratio(Double.parseDouble(cells.get(1).replace(" ×", ""))));
  }
}

package io.soracourier.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportTest {
  private static final Report REPORT =
      new Report(
          false,
          Map.of("cores", "2"),
          Map.of("rclone copyurl", "there is no rclone"),
          List.of(
              new Section(
                  Part.COPY,
                  List.of("One sentence."),
                  List.of(
                      new Table(
                          "5 MiB",
                          List.of("way", "to curl | curl", "time", "looks", "memory"),
                          List.of(
                              List.of(
                                  Cell.text("curl | curl"),
                                  new Cell.Ratio(1),
                                  Cell.seconds(Samples.of(0.1, 0.3, 0.2)),
                                  new Cell.Calculated(1234, ""),
                                  new Cell.Absent())))),
                  List.of(new Judgement(Target.COPY_TO_CURL, "JVM, 1 GiB", 1.5)))));

  @Test
  void markdown_hasATableWithMediansAndRanges() {
    assertThat(new MarkdownReport(REPORT).text())
        .contains(
            """
            ## Copy

            One sentence.

            ### 5 MiB

            | way | to curl \\| curl | time | looks | memory |
            |---|---|---|---|---|
            | curl \\| curl | 1.00 × | 0.200 s (0.100–0.300) | 1,234 | – |
            """);
  }

  @Test
  void markdown_saysWhatRanAndWhatDidNot() {
    assertThat(new MarkdownReport(REPORT).text())
        .contains("| cores | 2 |", "| Copy | yes |", "| rclone copyurl | no: there is no rclone |")
        .doesNotContain("quick");
  }

  @Test
  void markdown_keepsAMissAndWhatWasNotMeasured() {
    assertThat(new MarkdownReport(REPORT).text())
        .contains("| at most 1.3 × | JVM, 1 GiB | 1.50 × | **miss** |")
        .contains("| processor time of a look | less than 3 ms | – | – | not measured |");
  }

  @Test
  void quickRun_saysThatItsFiguresDoNotCount() {
    assertThat(new MarkdownReport(new Report(true, Map.of(), Map.of(), REPORT.sections())).text())
        .contains("A quick run");
  }

  @Test
  void json_hasEverySample() {
    JsonNode row = new JsonReport(REPORT).json().at("/parts/copy/0/rows/0");

    assertThat(row.at("/time/median").asDouble()).isEqualTo(0.2);
    assertThat(row.at("/time/samples")).hasSize(3);
    assertThat(row.at("/looks").asInt()).isEqualTo(1234);
    assertThat(row.at("/memory").isNull()).isTrue();
  }

  @Test
  void json_hasTheVerdicts() {
    JsonNode verdict = new JsonReport(REPORT).json().at("/targets/0");

    assertThat(verdict.path("target").asText()).isEqualTo("COPY_TO_CURL");
    assertThat(verdict.path("verdict").asText()).isEqualTo("miss");
  }

  @Test
  void plot_hasABarForEachWayThatIsToBeCompared() throws Exception {
    String svg =
        new CopyPlot(
                List.of(
                    new Table(
                        "5 MiB",
                        List.of("way", "time to curl | curl"),
                        List.of(
                            List.of(Cell.text("courier, native"), new Cell.Ratio(1.25)),
                            List.of(Cell.text("a < b & c"), new Cell.Ratio(42)),
                            List.of(Cell.text("not run"), new Cell.Absent())))))
            .svg();
    NodeList bars =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)))
            .getElementsByTagName("rect");

    assertThat(bars.getLength()).isEqualTo(2);
    assertThat(bars.item(0).getAttributes().getNamedItem("width").getNodeValue()).isEqualTo("213");
    assertThat(bars.item(1).getAttributes().getNamedItem("width").getNodeValue()).isEqualTo("425");
    assertThat(svg)
        .contains(">1.25 ×<", ">42.00 ×<", ">a &lt; b &amp; c<")
        .doesNotContain("not run");
  }
}

package io.soracourier.bench;

import java.util.List;
import java.util.stream.Collectors;

/** The report for people. */
record MarkdownReport(Report report) {
  String text() {
    StringBuilder text = new StringBuilder("# Benchmark\n\n");
    if (report.quick()) {
      text.append("A quick run: small and few, for trying the benchmark, not for its figures.\n\n");
    }
    text.append("Figures are medians, with the least and the most in brackets.\n\n## Machine\n\n");
    text.append("| | |\n|---|---|\n");
    report.facts().forEach((name, value) -> text.append(row(List.of(name, value))));
    text.append("\n## What ran\n\n| part | ran |\n|---|---|\n");
    report.sections().forEach(section -> text.append(row(List.of(section.part().title(), "yes"))));
    report.notRun().forEach((what, why) -> text.append(row(List.of(what, "no: " + why))));
    text.append("\n").append(targets());
    report.sections().forEach(section -> text.append("\n").append(section(section)));
    return text.toString();
  }

  private String targets() {
    StringBuilder text = new StringBuilder("## Targets\n\n");
    text.append("| target | limit | of | figure | |\n|---|---|---|---|---|\n");
    for (Target target : Target.values()) {
      List<Judgement> judged =
          report.judgements().stream().filter(each -> each.target() == target).toList();
      if (judged.isEmpty()) {
        text.append(row(List.of(target.what(), target.limit(), "–", "–", "not measured")));
      }
      for (Judgement each : judged) {
        text.append(
            row(
                List.of(
                    target.what(),
                    target.limit(),
                    each.of(),
                    Numbers.text(each.figure()) + " " + target.unit(),
                    each.isHit() ? "hit" : "**miss**")));
      }
    }
    return text.toString();
  }

  private static String section(Section section) {
    StringBuilder text = new StringBuilder("## " + section.part().title() + "\n");
    section.method().forEach(sentence -> text.append("\n").append(sentence).append("\n"));
    for (Table table : section.tables()) {
      text.append("\n### ").append(table.title()).append("\n\n");
      text.append(row(table.columns().stream().map(MarkdownReport::escaped).toList()));
      text.append("|---".repeat(table.columns().size())).append("|\n");
      table
          .rows()
          .forEach(cells -> text.append(row(cells.stream().map(MarkdownReport::cell).toList())));
    }
    return text.toString();
  }

  static String cell(Cell cell) {
    if (cell instanceof Cell.Text text) {
      return escaped(text.text());
    } else if (cell instanceof Cell.Measured measured) {
      Samples samples = measured.samples();
      return "%s %s (%s–%s)"
          .formatted(
              Numbers.text(samples.median()),
              measured.unit(),
              Numbers.text(samples.least()),
              Numbers.text(samples.most()));
    } else if (cell instanceof Cell.Calculated calculated) {
      return (Numbers.whole(calculated.number()) + " " + calculated.unit()).strip();
    } else if (cell instanceof Cell.Ratio ratio) {
      return Numbers.ratio(ratio.ratio());
    }
    return "–";
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|");
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}

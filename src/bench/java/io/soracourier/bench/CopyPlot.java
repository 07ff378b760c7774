package io.soracourier.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The times of copies as bars, an SVG for documents: for each size every way beside {@code curl |
 * curl}, whose bar is 1.
 *
 * @param tables of the part {@code copy}: the way, and its ratio to {@code curl | curl}
 */
record CopyPlot(List<Table> tables) {
  private static final int LABELS = 280;
  private static final int UNIT = 170;
  private static final int ROW = 24;
  private static final int HEADING = 34;

  /** What is slower is cut off here, with its figure beside it. */
  private static final double LONGEST = 2.5;

  private static final int WIDTH = LABELS + (int) (UNIT * LONGEST) + 80;

  private static final String STYLE =
      """
      <style>
        text { fill: #1f2328; }
        text.way { text-anchor: end; }
        text.size { font-weight: 600; }
        rect { fill: #8c959f; }
        rect.courier { fill: #1a7f37; }
        path { stroke: #57606a; stroke-dasharray: 4 3; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; }
          rect { fill: #6e7681; }
          rect.courier { fill: #3fb950; }
          path { stroke: #8b949e; }
        }
      </style>
      """;

  String svg() {
    List<String> parts = new ArrayList<>();
    int top = 10;
    for (Table table : tables) {
      parts.add(text("size", 10, top + 20, table.title()));
      top += HEADING;
      for (List<Cell> row : table.rows()) {
        if (row.get(0) instanceof Cell.Text way && row.get(1) instanceof Cell.Ratio ratio) {
          parts.addAll(bar(way.text(), ratio.ratio(), top));
          top += ROW;
        }
      }
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="title" \
    font-family="system-ui, sans-serif" font-size="14">
      <title id="title">Time of a copy by each way, as a multiple of %s, by the size of the video</title>
    %s  <path d="M%d 10V%d"/>
    %s
    </svg>
    """
        .formatted(
            WIDTH,
            top + 10,
            escaped(ShellWays.PIPE),
            STYLE.indent(2),
            LABELS + UNIT,
            top,
            String.join("\n", parts));
  }

  private static List<String> bar(String way, double ratio, int top) {
    long width = Math.max(1, Math.round(UNIT * Math.min(ratio, LONGEST)));
    String kind = way.startsWith("courier") ? " class=\"courier\"" : "";
    return List.of(
        text("way", LABELS - 8, top + 14, way),
        "  <rect%s x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>"
            .formatted(kind, LABELS, top, width, ROW - 6),
        text("ratio", LABELS + width + 6, top + 14, String.format(Locale.ROOT, "%.2f ×", ratio)));
  }

  private static String text(String kind, long x, int y, String text) {
    return String.format(
        Locale.ROOT, "  <text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>", kind, x, y, escaped(text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}

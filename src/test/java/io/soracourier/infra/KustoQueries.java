package io.soracourier.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The queries of alerts and workbook, put together as the template does it, read by Microsoft's
 * parser of their language.
 */
final class KustoQueries {
  /** {@code name: '${eventsText}${loadTextContent('../queries/alert-….kql')}'} */
  private static final Pattern ALERT =
      Pattern.compile(
          "(?m)^  \\w+: '((?:\\$\\{\\w+})*)\\$\\{loadTextContent\\('\\.\\./queries/(alert-[\\w-]+)\\.kql'\\)}'$");

  private final Map<String, String> queries = new TreeMap<>();

  KustoQueries() {
    Map<String, String> shared =
        Map.of("eventsText", read("courier-events"), "writesText", read("queue-writes"));
    Matcher alerts = ALERT.matcher(Template.ALERTS.text());
    while (alerts.find()) {
      String prefix =
          Pattern.compile("\\$\\{(\\w+)}")
              .matcher(alerts.group(1))
              .replaceAll(name -> Matcher.quoteReplacement(shared.get(name.group(1))));
      queries.put(alerts.group(2), filled(prefix + read(alerts.group(2))));
    }
    for (ProjectFile query : ProjectFile.below("infra/queries", ".kql")) {
      String name = query.path().getFileName().toString().replace(".kql", "");
      if (name.startsWith("workbook-")) {
        queries.put(name, filled(shared.get("eventsText") + read(name)));
      }
    }
  }

  /**
   * A query over rows, at a time, of as many minutes before it.
   *
   * @param rows table to rows, column to value
   */
  record Case(
      String query, String now, long windowMinutes, Map<String, List<Map<String, Object>>> rows) {}

  /** Name to text: what Azure gets, but for the time range and the job of the workbook. */
  Map<String, String> texts() {
    return queries;
  }

  /** What the parser says of queries: {@code diagnostics} and {@code columns}, each by name. */
  static JsonNode read(Map<String, String> queries) throws IOException {
    try (KustoSession session = new KustoSession(queries)) {
      return session.read();
    }
  }

  private static String read(String name) {
    try {
      return Files.readString(Path.of("infra/queries", name + ".kql"));
    } catch (IOException e) {
      throw new IllegalStateException("there is no query " + name, e);
    }
  }

  /** As {@code reduce(items(words), …)} of the template, and as a workbook fills in the rest. */
  private static String filled(String text) {
    Map<String, String> words = new LinkedHashMap<>();
    ProjectFile.read("infra/log-fields.json")
        .json()
        .properties()
        .forEach(word -> words.put(word.getKey(), word.getValue().asText()));
    words.put("jobQueue", Template.variable("jobQueueName"));
    words.put("poisonQueue", Template.variable("poisonQueueName"));
    words.put("oldestMinutes", Template.ALERTS.first("^param oldestMinutes int = (\\d+)$"));
    String result = text.replace("{TimeRange:grain}", "1h").replace("{Job}", Story.JOB);
    for (Map.Entry<String, String> word : words.entrySet()) {
      result = result.replace("{{" + word.getKey() + "}}", word.getValue());
    }
    return result;
  }
}

package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.courier.FailureReason;
import io.soracourier.courier.LogEvent;
import io.soracourier.courier.LogField;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The queries of alerts and workbook ask for what the courier logs. */
class QueriesTest {
  private static final List<ProjectFile> QUERIES = ProjectFile.below("infra/queries", ".kql");

  /** What a query says for a name, to the name. */
  private static final Map<String, String> WORDS =
      ProjectFile.read("infra/log-fields.json").json().properties().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, word -> word.getValue().asText()));

  @Test
  void words_areTheEventsAndFieldsOfTheCode() {
    Set<String> logged =
        Stream.of(
                Stream.of("event"),
                Arrays.stream(LogEvent.values()).map(LogEvent::code),
                Arrays.stream(LogField.values()).map(LogField::key))
            .flatMap(names -> names)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(new TreeSet<>(WORDS.values())).isEqualTo(logged);
  }

  @Test
  void everyPlaceholder_isAWord() {
    Set<String> given = new TreeSet<>(WORDS.keySet());
    given.addAll(Template.ALERTS.all("^  (\\w+): (?:jobQueueName|poisonQueueName|string\\(.*)$"));

    for (ProjectFile query : QUERIES) {
      assertThat(query.all("\\{\\{(.*?)}}")).as("%s", query.path()).isSubsetOf(given);
    }
  }

  @Test
  void names_standInNoQueryOfTheirOwn() {
    for (ProjectFile query : QUERIES) {
      String bare = query.text().replaceAll("(?m)^//.*$", "").replaceAll("\\{\\{.*?}}", "");
      assertThat(ProjectFile.all(bare, "\\b([\\w-]+)\\b"))
          .as("%s: a name goes by its placeholder", query.path())
          .doesNotContainAnyElementsOf(WORDS.values());
    }
  }

  @Test
  void everyFieldOfTheCode_isReadFromTheLine() {
    ProjectFile events = ProjectFile.read("infra/queries/courier-events.kql");
    Set<String> read =
        events.all("^    \\{\\{(\\w+)}}: \\w+").stream()
            .map(WORDS::get)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(read)
        .containsAll(Arrays.stream(LogField.values()).map(LogField::key).toList())
        .contains("event");
  }

  /**
   * A rule whose query has failed for a week is switched off, and a table comes with its first row.
   */
  @Test
  void tableThatMayBeMissing_standsBesideAnEmptyOne() {
    Map<String, String> readers =
        Map.of("AppTraces", "courier-events", "StorageQueueLogs", "queue-writes");

    readers.forEach(
        (table, reader) ->
            assertThat(QUERIES)
                .filteredOn(query -> query.text().contains(table))
                .singleElement()
                .satisfies(
                    query -> {
                      assertThat(query.path()).hasFileName(reader + ".kql");
                      assertThat(query.text())
                          .containsPattern(
                              "union isfuzzy=true\\s+"
                                  + table
                                  + ",\\s+\\(datatable\\((?s:.*?)\\)\\[]\\)");
                    }));
    assertThat(Template.ALERTS.text()).contains("skipQueryValidation: true");
  }

  @Test
  void everyQuery_isLoaded() {
    assertThat(Template.ALERTS.all("loadTextContent\\('\\.\\./queries/([\\w-]+\\.kql)'\\)"))
        .isEqualTo(
            QUERIES.stream()
                .map(query -> query.path().getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void everyChartOfTheWorkbook_hasItsQuery() {
    Set<String> charts = new TreeSet<>();
    for (JsonNode item : ProjectFile.read("infra/modules/workbook.json").json().get("items")) {
      if (item.get("type").asInt() == 3) {
        charts.add(item.get("name").asText());
      }
    }

    assertThat(Template.ALERTS.all("^  '?([\\w-]+)'?: loadTextContent\\('\\.\\./queries/workbook-"))
        .isEqualTo(charts);
  }

  @Test
  void reasons_areExplained() {
    String table =
        ProjectFile.read("docs/reference/reasons.md").first("(?s)^\\| reason \\|(.*?)\\n\\n");
    Set<String> explained = new TreeSet<>();
    for (String row : ProjectFile.all(table, "^(\\|[^|]*\\|)")) {
      explained.addAll(ProjectFile.all(row, "`([a-z-]+)`"));
    }

    assertThat(explained)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(FailureReason.values()).map(FailureReason::code).toList());
  }
}

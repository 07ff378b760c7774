package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.infra.KustoQueries.Case;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The queries of alerts and workbook can be read by Azure, and show what they promise. */
class QueriesIT {
  private static final KustoQueries QUERIES = new KustoQueries();
  private static final List<String> ALERTS =
      QUERIES.texts().keySet().stream().filter(name -> name.startsWith("alert-")).toList();

  private static KustoSession session;

  @BeforeAll
  static void begin() throws IOException {
    session = new KustoSession(QUERIES.texts());
  }

  @AfterAll
  static void end() throws IOException {
    session.close();
  }

  @Test
  void everyQuery_isReadByTheParserWithoutAWord() throws IOException {
    JsonNode answer = session.read();

    assertThat(ALERTS).hasSameSizeAs(Template.alerts());
    assertThat(answer.get("diagnostics").properties())
        .hasSize(ProjectFile.below("infra/queries", ".kql").size() - 2)
        .allSatisfy(query -> assertThat(query.getValue()).as(query.getKey()).isEmpty());
    assertThat(QUERIES.texts().values()).noneMatch(text -> text.contains("{{"));
  }

  @Test
  void columnThatNoTableHas_isNoticed() throws IOException {
    JsonNode answer =
        KustoQueries.read(
            Map.of(
                "misspelt",
                QUERIES
                    .texts()
                    .get("alert-poison")
                    .replace("StatusText endswith", "Status endswith")));

    assertThat(answer.at("/diagnostics/misspelt").toString()).contains("'Status'");
  }

  @Test
  void emptyTables_haveColumnsOfTheirTables() {
    Map<String, String> readers =
        Map.of("AppTraces", "courier-events", "StorageQueueLogs", "queue-writes");

    readers.forEach(
        (table, reader) -> {
          String columns =
              ProjectFile.read("src/test/kusto/tables.json").json().get(table).asText();
          String empty =
              ProjectFile.read("infra/queries/" + reader + ".kql")
                  .first("(?s)datatable\\((.*?)\\)\\[]")
                  .strip();

          assertThat(List.of(columns.split(", "))).contains(empty.split(",\\s+"));
        });
  }

  @Test
  void dimensions_areColumnsOfTheirQuery() throws IOException {
    JsonNode columns = session.read().get("columns");

    assertThat(columns.get("alert-failures")).anyMatch(name -> name.asText().equals("reason"));
  }

  @Test
  void alertsOfLosses_stayAndAreNotMailedAtEachEvaluation() {
    Set<String> stay = Set.of("poison", "failures", "expiry", "harvest", "no-copies");

    assertThat(Template.ALERTS.text())
        .contains("autoMitigate: empty(rule.mute)")
        .contains("muteActionsDuration: empty(rule.mute) ? null : rule.mute");
    assertThat(
            Template.ALERTS.all(
                "(?s)    name: '([\\w-]+)'(?=(?:(?!\\n  \\}).)*?    mute: 'P\\w+'\\n)"))
        .isEqualTo(stay);
  }

  @Test
  void storyOfAJob_isItsLinesInTheirOrder() throws IOException {
    Story story =
        new Story()
            .copied(minutes(3), Story.JOB)
            .looked(seconds(3), Story.JOB, seconds(20))
            .looked(seconds(3), "task_other", seconds(20));

    assertThat(rows(story.workbook(hours(1), "story")))
        .extracting(row -> row.get("Event").asText())
        .containsExactly("look", "look-again", "copied");
  }

  @Test
  void documentedStory_isTheSameLines() throws IOException {
    String documented = ProjectFile.read("docs/how-to/watch.md").first("(?s)```kusto\\n(.*?)```");
    Story story =
        new Story()
            .copied(minutes(3), Story.JOB)
            .looked(seconds(3), Story.JOB, seconds(20))
            .looked(seconds(3), "task_other", seconds(20));

    try (KustoSession pasted = new KustoSession(Map.of("workbook-pasted", documented))) {
      assertThat(pasted.read().at("/diagnostics/workbook-pasted")).isEmpty();
      assertThat(pasted.evaluate(List.of(story.workbook(hours(1), "pasted"))).get(0))
          .extracting(row -> row.get("Message").asText().replaceAll(".* event=([a-z-]+) .*", "$1"))
          .containsExactly("look", "look-again", "copied");
    }
  }

  @Test
  void workbook_showsWhatCameOfTheJobs() throws IOException {
    Story story =
        new Story()
            .looked(seconds(3), Story.JOB, seconds(20))
            .looked(seconds(4), "task_other", seconds(20))
            .failed(minutes(3), "task_other", "moderated");

    assertThat(rows(story.workbook(hours(1), "waiting")))
        .extracting(row -> row.get("Job").asText())
        .containsExactly(Story.JOB);
    assertThat(rows(story.workbook(hours(1), "outcomes")))
        .extracting(row -> row.get("Outcome").asText())
        .containsExactly("moderated");
  }

  private List<JsonNode> rows(Case story) throws IOException {
    JsonNode rows = session.evaluate(List.of(story)).get(0);
    return StreamSupport.stream(rows.spliterator(), false).toList();
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Duration minutes(long minutes) {
    return Duration.ofMinutes(minutes);
  }

  private static Duration hours(long hours) {
    return Duration.ofHours(hours);
  }
}

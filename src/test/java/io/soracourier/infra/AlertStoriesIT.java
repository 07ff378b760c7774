package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.infra.KustoQueries.Case;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What each alert says to a story of jobs, the host and the service. */
class AlertStoriesIT {
  private static final Duration NONE = Duration.ZERO;
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

  /** The empty table in a union would hide that the real one lacks a column. */
  @Test
  void emptyWorkspace_raisesNothing() throws IOException {
    assertThat(raised(new Story(), hours(5))).isEmpty();
  }

  @Test
  void allFine_raisesNothing() throws IOException {
    Story story =
        new Story()
            .enqueued(NONE)
            .looksUntil(seconds(3), minutes(4), Story.JOB, seconds(20))
            .copied(minutes(5), Story.JOB);

    assertThat(raised(story, minutes(10))).isEmpty();
    assertThat(raised(story, hours(2))).isEmpty();
  }

  @Test
  void hostDeadFromTheStart_raisesNoCopiesUntilADayIsOver() throws IOException {
    Story story = new Story().enqueued(NONE).enqueued(minutes(2));

    assertThat(raised(story, minutes(29))).isEmpty();
    assertThat(raised(story, minutes(31))).containsExactly("alert-no-copies");
    assertThat(raised(story, hours(3))).containsExactly("alert-no-copies");
    assertThat(raised(story, hours(24))).containsExactly("alert-no-copies");
  }

  /** The last thing that was written is the job's own way back to the queue. */
  @Test
  void hostThatDiesWhileJobsWait_raisesNoCopies() throws IOException {
    Story story =
        new Story().enqueued(NONE).looksUntil(seconds(3), minutes(50), Story.JOB, seconds(60));

    assertThat(raised(story, minutes(70))).doesNotContain("alert-no-copies");
    assertThat(raised(story, minutes(83))).contains("alert-no-copies");
    assertThat(raised(story, hours(20))).contains("alert-no-copies");
  }

  @Test
  void logOfQueuesWithoutParameters_raisesNoCopiesAllTheSame() throws IOException {
    Story story =
        new Story()
            .enqueued(NONE)
            .said(seconds(3), "event=look-again jobId=%s look=1 delaySeconds=5.0", Story.JOB);

    assertThat(raised(story, minutes(33))).contains("alert-no-copies");
  }

  @Test
  void hostDeadWithoutJobs_raisesNothing() throws IOException {
    Story story = new Story().enqueued(NONE).looked(seconds(3), Story.JOB, seconds(5));
    story.copied(seconds(9), Story.JOB);

    assertThat(raised(story, hours(10))).isEmpty();
  }

  @Test
  void otherFunctionsThatGoOn_doNotHideADeadOne() throws IOException {
    Story story = new Story().enqueued(NONE);
    for (int minute = 0; minute < 60; minute += 5) {
      story.said(
          minutes(minute), "event=harvest listedJobs=%d waitingJobs=1 hoursToExpiry=20.0", minute);
      story.said(minutes(minute), "event=not-recorded jobId=other%d", minute);
    }

    assertThat(raised(story, minutes(50))).containsExactly("alert-no-copies");
  }

  /** Two at a time at the service: others wait for an hour, and are looked at. */
  @Test
  void slowJobs_raiseNoCopiesAtNoTime() throws IOException {
    Story story =
        new Story()
            .enqueued(NONE)
            .enqueued(NONE)
            .looksUntil(seconds(3), minutes(55), Story.JOB, seconds(60))
            .looksUntil(seconds(4), minutes(55), "task_other", seconds(60));

    for (int minute = 5; minute <= 55; minute += 5) {
      assertThat(raised(story, minutes(minute))).as("minute %d", minute).isEmpty();
    }
    story.looksUntil(minutes(55), minutes(90), Story.JOB, seconds(60));
    assertThat(raised(story, minutes(89))).containsExactly("alert-oldest-message");
  }

  /** A service may ask for an hour of patience. */
  @Test
  void jobPutBackForAnHour_isDueOnlyThen() throws IOException {
    Story story = new Story().enqueued(NONE).looked(seconds(3), Story.JOB, hours(1));

    assertThat(raised(story, minutes(59))).isEmpty();
    assertThat(raised(story, minutes(85))).doesNotContain("alert-no-copies");
    assertThat(raised(story, minutes(91))).contains("alert-no-copies");
  }

  @Test
  void poisonedMessage_isSeenByALateEvaluationToo() throws IOException {
    Story story = new Story().enqueued(NONE).copied(seconds(9), "other").poisoned(minutes(3));

    assertThat(raised(story, minutes(15))).containsExactly("alert-poison");
    assertThat(raised(story, hours(5))).containsExactly("alert-poison");
  }

  @Test
  void failedJob_isSeenByALateEvaluationTooWithItsReason() throws IOException {
    Story story = new Story().enqueued(NONE).failed(seconds(9), Story.JOB, "moderated");

    assertThat(raised(story, minutes(15))).containsExactly("alert-failures");
    assertThat(rows(story.at(hours(4), "alert-failures")))
        .singleElement()
        .satisfies(row -> assertThat(row.get("reason").asText()).isEqualTo("moderated"));
  }

  @Test
  void deniedAccess_raisesDeniedAndResolvesItself() throws IOException {
    Story story =
        new Story()
            .enqueued(NONE)
            .looked(seconds(3), Story.JOB, seconds(5))
            .said(seconds(4), "event=denied jobId=%s message=\"403 of the account\"", Story.JOB)
            .copied(minutes(2), Story.JOB);

    assertThat(raised(story, minutes(15))).containsExactly("alert-denied");
    assertThat(raised(story, minutes(35))).isEmpty();
  }

  @Test
  void waitingJobNearItsExpiry_raisesExpiryAlsoWhenThatIsOver() throws IOException {
    Story story =
        new Story()
            .enqueued(NONE)
            .said(
                seconds(3),
                "event=look jobId=%s look=1 state=queued expiresAt=2026-01-02T14:00:00Z",
                Story.JOB)
            .looksUntil(seconds(4), hours(5), Story.JOB, minutes(5));

    assertThat(raised(story, minutes(115))).doesNotContain("alert-expiry");
    assertThat(raised(story, minutes(125))).contains("alert-expiry");
    assertThat(raised(story, hours(5))).contains("alert-expiry");
    story.failed(hours(5), Story.JOB, "expired");
    assertThat(raised(story, minutes(310))).containsExactly("alert-failures");
  }

  @Test
  void harvestThatFindsAVideoNearItsExpiry_raisesHarvest() throws IOException {
    Story story =
        new Story()
            .said(NONE, "event=harvest listedJobs=3 enqueuedJobs=1 hoursToExpiry=30.0")
            .said(minutes(5), "event=harvest listedJobs=3 enqueuedJobs=1 hoursToExpiry=1.5");

    assertThat(raised(story, minutes(15))).containsExactly("alert-harvest");
  }

  /** The alerts that have a row at that time. */
  private List<String> raised(Story story, Duration at) throws IOException {
    JsonNode results = session.evaluate(ALERTS.stream().map(alert -> story.at(at, alert)).toList());
    List<String> raised = new ArrayList<>();
    for (int i = 0; i < ALERTS.size(); i++) {
      if (!results.get(i).isEmpty()) {
        raised.add(ALERTS.get(i));
      }
    }
    return raised;
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

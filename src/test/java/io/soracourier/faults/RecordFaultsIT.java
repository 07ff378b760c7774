package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.api.Caller;
import io.soracourier.e2e.Deployment;
import io.soracourier.local.Azurite;
import io.soracourier.local.StorageAccount;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy;
import io.soracourier.simulator.SimulatedJob;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Part 11 of the fault matrix: what goes wrong with the records of jobs, and stops no job. */
class RecordFaultsIT {
  private StorageProxy tables;
  private StorageProxy queues;
  private Deployment courier;
  private Caller caller;

  @BeforeEach
  void start() {
    StorageAccount account = Azurite.shared().freshAccount();
    tables = StorageProxy.before(account.tableEndpoint());
    queues = StorageProxy.before(account.queueEndpoint());
    StorageAccount tapped =
        account
            .at(account.blobEndpoint(), queues.endpoint().toString())
            .withTablesAt(tables.endpoint().toString());
    courier =
        Deployment.start(
            account,
            queues,
            stack ->
                stack
                    .setting("VideoStorage", tapped.connectionString())
                    .setting("COURIER_STORAGE_RETRY_COUNT", "0")
                    .setting("COURIER_JOBS_TIMEOUT", "2s"));
    caller = new Caller(courier.host());
  }

  @AfterEach
  void close() {
    tables.close();
    courier.close();
  }

  private long warnings() {
    return courier.stack().handlerLines().stream()
        .filter(line -> line.contains("event=not-recorded"))
        .count();
  }

  @Test
  void tableThatNeverResponds_isWaitedForOnceAndHoldsUpNoOutcome() {
    tables.failAlways(seen -> true, StorageFault.holdAnswer());
    SimulatedJob first = courier.simulator().sora2Video().statuses("queued", "completed").add();
    SimulatedJob second = courier.simulator().sora2Video().add();

    courier.enqueue(first.id());
    courier.outcome(first.id());
    int asked = tables.seen().size();
    courier.enqueue(second.id());
    courier.outcome(second.id());

    // What the first look's record needs, once more for its write, and what the second look's
    // needs,
    // which may begin while that write still waits.
    assertThat(asked).isBetween(1, 3);
    assertThat(tables.seen()).hasSize(asked);
    assertThat(warnings()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "403, AuthorizationPermissionMismatch",
    "503, ServerBusy",
    "429, TooManyRequests",
    "500, InternalError",
    "404, AccountNotFound",
    "507, InsufficientStorage",
  })
  void tableThatRefuses_costsOneWarningAndNoJob(int status, String code) {
    tables.failAlways(seen -> true, StorageFault.tableError(status, code));

    for (int i = 0; i < 3; i++) {
      SimulatedJob job = courier.simulator().sora2Video().add();
      courier.enqueue(job.id());
      assertThat(courier.outcome(job.id()).path("status").asText()).isEqualTo("copied");
    }

    assertThat(tables.seen()).hasSizeLessThan(3);
    assertThat(warnings()).isOne();
  }

  @ParameterizedTest
  @CsvSource({"200", "204", "302", "404", "511"})
  void captivePortalInFrontOfTheTable_costsNoJob(int status) {
    tables.failAlways(seen -> true, StorageFault.portal(status));
    SimulatedJob job = courier.simulator().sora2Video().add();

    courier.enqueue(job.id());

    assertThat(courier.outcome(job.id()).path("status").asText()).isEqualTo("copied");
    assertThat(warnings()).isOne();
  }

  @Test
  void tableThatIsMissing_isMade() {
    SimulatedJob job = courier.simulator().sora2Video().add();

    courier.enqueue(job.id());

    caller.awaitState(job.id(), "copied");
    assertThat(tables.seen(seen -> seen.path().endsWith("/Tables"))).isNotEmpty();
    assertThat(warnings()).isZero();
  }

  @Test
  void writeWhoseResponseIsLost_isJudgedAgain() {
    SimulatedJob job = courier.simulator().sora2Video().statuses("queued", "completed").add();
    tables.fail(1, seen -> seen.method().equals("PUT"), StorageFault.loseAnswer());

    courier.enqueue(job.id());

    courier.outcome(job.id());
    assertThat(courier.stack().handlerLines()).noneMatch(line -> line.contains("event=error"));
  }

  @Test
  void recordOfAJobThatEndedWhileTheTableWasDown_isWrittenAfterwards() {
    StorageProxy.Rule down =
        tables.failAlways(seen -> true, StorageFault.tableError(503, "ServerBusy"));
    SimulatedJob job = courier.simulator().sora2Video().add();
    courier.enqueue(job.id());
    courier.outcome(job.id());
    courier.awaitLine(job.id(), "event=not-recorded");

    down.end();

    assertThat(caller.awaitState(job.id(), "copied").path("videos")).hasSize(1);
  }

  @Test
  void recordsThatCannotBeRead_are503WithASentenceAndJobsGoOn() {
    tables.failAlways(seen -> true, StorageFault.tableError(503, "ServerBusy"));
    SimulatedJob job = courier.simulator().sora2Video().add();

    JsonNode enqueued = json(caller.post(job.id(), Map.of()));

    assertThat(enqueued.path("state").asText()).isEqualTo("enqueued");
    assertThat(courier.outcome(job.id()).path("status").asText()).isEqualTo("copied");
    var refused = caller.get("/api/jobs/" + job.id());
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(json(refused).path("detail").asText()).contains("503");
    assertThat(caller.get("/api/jobs").statusCode()).isEqualTo(503);
    assertThat(json(caller.get("/api/health")).at("/jobs/unknown").asText()).isNotEmpty();
  }

  @Test
  void queueThatIsDown_enqueuesNothingAndLeavesNoRecord() {
    SimulatedJob job = courier.simulator().sora2Video().add();
    StorageProxy.Rule down =
        queues.failAlways(seen -> true, StorageFault.answer(503, "ServerBusy"));

    var refused = caller.post(job.id(), Map.of());

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(json(caller.get("/api/health")).at("/queues/messagesUnknown").asText())
        .contains("503");
    down.end();
    assertThat(caller.get("/api/jobs/" + job.id()).statusCode()).isEqualTo(404);
    assertThat(caller.post(job.id(), Map.of()).statusCode()).isEqualTo(202);
    courier.outcome(job.id());
  }

  private static JsonNode json(HttpResponse<String> response) {
    return Caller.json(response);
  }
}

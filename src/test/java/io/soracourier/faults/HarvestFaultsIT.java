package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.e2e.Deployment;
import io.soracourier.e2e.Harvested;
import io.soracourier.local.FunctionsHost;
import io.soracourier.local.Invocation;
import io.soracourier.local.Outcome;
import io.soracourier.local.StorageFault;
import io.soracourier.local.StorageProxy;
import io.soracourier.local.Waiting;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Reply;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.Script;
import io.soracourier.simulator.SimulatedJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Part 12 of the fault matrix: what goes wrong while the server's list is read. */
class HarvestFaultsIT {
  private static final String FIRST_PAGE =
      "{\"object\":\"list\",\"data\":[{\"id\":\"%s\",\"status\":\"completed\"}],\"has_more\":true}";

  private static Harvested harvested;

  private final List<SimulatedJob> jobs = new ArrayList<>();

  @BeforeAll
  static void start() {
    harvested =
        Harvested.start(
            stack ->
                stack
                    .setting("COURIER_SORA_API", "videos")
                    .setting("COURIER_HARVEST_FILTER", "prefix=video_"));
  }

  @AfterAll
  static void close() {
    harvested.close();
  }

  @AfterEach
  void forget() {
    jobs.forEach(harvested.courier().simulator()::forget);
    harvested.courier().simulator().forgetRequests();
  }

  private SimulatedJob job(int secondsAgo) {
    SimulatedJob job = harvested.job(secondsAgo);
    jobs.add(job);
    return job;
  }

  /** Some that are stored, the oldest first. */
  private List<SimulatedJob> stored(int count) {
    List<SimulatedJob> stored = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      stored.add(job(10_000 - i));
    }
    harvested.store(stored);
    return stored;
  }

  private List<RecordedRequest> lists() {
    return harvested.courier().simulator().requests(Route.LIST_VIDEOS);
  }

  @Test
  void listThatFailsOnItsThirdPage_isReadOnByTheNextRun() {
    List<SimulatedJob> stored = stored(230);
    SimulatedJob missing = job(60);
    harvested
        .courier()
        .simulator()
        .on(Route.LIST_VIDEOS)
        .answer(Fault.none(), Fault.none())
        .answer(3, Fault.status(503));

    JsonNode first = harvested.run();
    JsonNode second = harvested.run();

    assertThat(first.path("listed").asInt()).isEqualTo(200);
    assertThat(first.path("complete").asBoolean()).isFalse();
    assertThat(first.path("problem").asText()).contains("GET /openai/v1/videos", "503");
    assertThat(second.path("listed").asInt()).isEqualTo(31);
    assertThat(lists().get(lists().size() - 1).query()).contains("after=" + stored.get(199).id());
    assertThat(harvested.enqueued()).contains(missing.id());
    harvested.courier().outcome(missing.id());
  }

  @Test
  void pagesThatChangeWhileTheyAreRead_loseNothing() {
    List<SimulatedJob> stored = stored(150);
    SimulatedJob between = job(5_000);
    SimulatedJob[] late = new SimulatedJob[1];
    AtomicInteger pages = new AtomicInteger();
    harvested
        .courier()
        .simulator()
        .on(
            request -> {
              if (request.path().endsWith("/videos") && pages.incrementAndGet() == 2) {
                harvested.courier().simulator().forget(stored.get(99));
                late[0] = job(1);
              }
              return false;
            });

    JsonNode run = harvested.run();

    assertThat(run.path("listed").asInt()).isEqualTo(152);
    assertThat(run.path("complete").asBoolean()).isTrue();
    assertThat(harvested.enqueued()).contains(between.id(), late[0].id());
    harvested.courier().outcome(between.id());
    harvested.courier().outcome(late[0].id());
  }

  @Test
  void listThatRepeatsItsPages_isNoticedAndEnds() {
    SimulatedJob job = job(60);
    var script = harvested.courier().simulator().on(Route.LIST_VIDEOS);
    script.always(Fault.reply(Reply.json(200, FIRST_PAGE.formatted(job.id()))));

    JsonNode run = harvested.run();
    script.clear();

    assertThat(run.path("problem").asText()).contains("repeats its pages");
    assertThat(lists()).hasSizeLessThan(5);
    assertThat(harvested.lines("harvest-trouble"))
        .filteredOn(line -> line.contains("repeats its pages"))
        .hasSize(1);
    assertThat(harvested.courier().outcome(job.id()).path("status").asText()).isEqualTo("copied");
  }

  @Test
  void handlerThatIsKilledInTheMiddleOfARun_leavesAllToTheNextOne() {
    stored(120);
    SimulatedJob missing = job(20_000);
    harvested.courier().expectFailedInvocations();
    var script =
        harvested
            .courier()
            .simulator()
            .on(Route.LIST_VIDEOS)
            .answer(Fault.none(), Fault.noAnswer());

    CompletableFuture<Invocation> killed =
        CompletableFuture.supplyAsync(() -> harvested.courier().host().runTimer("HarvestJobs"));
    harvested
        .courier()
        .simulator()
        .awaitRequests(2, Duration.ofSeconds(60), request -> request.is(Route.LIST_VIDEOS));
    FunctionsHost host = harvested.courier().host();
    long pid = host.pid();
    host.killHandler();
    assertThat(killed.join().outcome()).isEqualTo(Outcome.FAILED);
    script.clear();
    // The host may not have noticed yet.
    Waiting.until(() -> host.awaitReady() != pid, Deployment.IN_TIME, () -> "no other process");
    assertThat(harvested.isRunning()).isTrue();
    harvested.letTheLeaseEnd();
    JsonNode run = harvested.run();

    assertThat(run.path("enqueued").asInt()).isOne();
    assertThat(harvested.courier().outcome(missing.id()).path("status").asText())
        .isEqualTo("copied");
    assertThat(harvested.enqueued()).containsOnlyOnce(missing.id());
  }

  @Test
  void serverWithoutAList_isReportedOnceAndNothingElseFollows() {
    try (Harvested without =
        Harvested.start(stack -> stack.setting("COURIER_SORA_RETRY_COUNT", "0"))) {
      without.courier().simulator().on(Route.LIST_VIDEOS).always(Fault.status(404));
      without.courier().simulator().on(Route.LIST_JOBS).always(Fault.status(404));

      JsonNode run = without.run();
      int asked = without.courier().simulator().requests().size();
      without.run();

      assertThat(run.path("problem").asText()).contains("has no list of jobs");
      assertThat(without.lines("harvest-trouble")).hasSize(1);
      assertThat(without.courier().simulator().requests()).hasSize(asked);
      SimulatedJob job = without.job(60);
      without.courier().enqueue(job.id());
      assertThat(without.courier().outcome(job.id()).has("source")).isFalse();
    }
  }

  @Test
  void listThatIsMissingForAMoment_isReadByTheNextRun() {
    try (Harvested other =
        Harvested.start(stack -> stack.setting("COURIER_SORA_RETRY_COUNT", "0"))) {
      Script videos = other.courier().simulator().on(Route.LIST_VIDEOS).always(Fault.html(200));
      Script jobs = other.courier().simulator().on(Route.LIST_JOBS).always(Fault.html(200));
      SimulatedJob first = other.job(60);

      JsonNode page = other.run();
      videos.clear();
      JsonNode read = other.run();
      videos.always(Fault.status(404));
      SimulatedJob second = other.job(60);
      JsonNode missing = other.run();
      videos.clear();
      jobs.clear();
      JsonNode again = other.run();

      assertThat(page.path("enqueued").asInt()).isZero();
      assertThat(page.path("problem").asText()).contains("has no list of jobs");
      assertThat(read.path("enqueued").asInt()).isOne();
      assertThat(missing.path("enqueued").asInt()).isZero();
      assertThat(missing.path("problem").asText()).contains("404");
      assertThat(missing.path("complete").asBoolean()).isFalse();
      assertThat(again.path("enqueued").asInt()).isOne();
      for (SimulatedJob job : List.of(first, second)) {
        assertThat(other.courier().outcome(job.id()).path("status").asText()).isEqualTo("copied");
      }
    }
  }

  @Test
  void recordsThatAreForbiddenOrSlow_keepARunFromEnqueuing() {
    try (Harvested tapped =
        Harvested.startWithTablesTapped(stack -> stack.setting("COURIER_JOBS_TIMEOUT", "500ms"))) {
      SimulatedJob job = tapped.job(60);
      StorageProxy.Rule forbidden =
          tapped
              .courier()
              .tables()
              .failAlways(
                  seen -> true, StorageFault.tableError(403, "AuthorizationPermissionMismatch"));
      tapped.invoke();
      forbidden.end();
      StorageProxy.Rule slow =
          tapped.courier().tables().failAlways(seen -> true, StorageFault.holdAnswer());
      tapped.invoke();
      slow.end();

      assertThat(tapped.enqueued()).isEmpty();
      assertThat(tapped.courier().simulator().requests()).isEmpty();
      assertThat(tapped.lines("harvest-trouble")).hasSize(2);
      Waiting.until(
          () -> {
            tapped.invoke();
            return tapped.enqueued().contains(job.id());
          },
          Duration.ofSeconds(60),
          () -> "the job is enqueued: " + tapped.lines("harvest-trouble"));
      assertThat(tapped.courier().outcome(job.id()).path("status").asText()).isEqualTo("copied");
    }
  }
}

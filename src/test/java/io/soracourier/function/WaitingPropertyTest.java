package io.soracourier.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.courier.FailureReason;
import io.soracourier.courier.History;
import io.soracourier.courier.LookResult;
import io.soracourier.courier.Outcome;
import io.soracourier.courier.Outcome.Copied;
import io.soracourier.courier.Outcome.Failed;
import io.soracourier.courier.SilentLog;
import io.soracourier.courier.SimulatedService;
import io.soracourier.local.SeedSource;
import io.soracourier.local.Seeds;
import io.soracourier.simulator.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;

/** Part 7 of the fault matrix: jobs over a simulated day, by notes that travel as messages. */
@ExtendWith(SilentLog.class)
class WaitingPropertyTest {
  private static final int JOBS = 200;
  private static final Duration GRACE = Duration.ofMinutes(1);
  private static final Duration CONTENT_GRACE = Duration.ofMinutes(10);
  private static final Duration LAST_LOOK = Duration.ofSeconds(5);

  /** A message on the queue, with what befell those that it was before. */
  private record Queued(Instant visible, String text, History history) {}

  @ParameterizedTest(name = "seed {0}")
  @SeedSource
  void hitsAndMissesInAnyOrder_endEachJobOnceAndNoneThatIsThere(long seed) {
    Random random = new Random(seed);
    Map<FailureReason, Integer> reasons = new EnumMap<>(FailureReason.class);
    int copied = 0;
    for (int i = 0; i < JOBS; i++) {
      for (Outcome outcome : day(random, "job %d of seed %d".formatted(i, seed))) {
        if (outcome instanceof Failed failed) {
          reasons.merge(failed.reason(), 1, Integer::sum);
        } else {
          copied++;
        }
      }
    }
    if (seed != Seeds.FIXED) {
      return; // The rest is about what two hundred jobs are likely to meet.
    }
    assertThat(copied).as("videos copied, with seed " + seed).isGreaterThan(JOBS);
    assertThat(reasons.keySet())
        .as("with seed " + seed)
        .contains(
            FailureReason.JOB_FAILED,
            FailureReason.CONTENT_NOT_FOUND,
            FailureReason.CONTENT_INVALID,
            FailureReason.JOB_NOT_FOUND,
            FailureReason.GAVE_UP);
  }

  private static List<Outcome> day(Random random, String name) {
    MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
    SimulatedService service = new SimulatedService(random, clock);
    boolean deliveredAgain = random.nextInt(4) == 0;
    PriorityQueue<Queued> queue = new PriorityQueue<>(Comparator.comparing(Queued::visible));
    queue.add(new Queued(clock.instant(), service.id().value(), new History()));
    List<Outcome> all = new ArrayList<>();
    int copies = 1;
    while (!queue.isEmpty()) {
      Queued message = queue.remove();
      clock.set(message.visible().isAfter(clock.instant()) ? message.visible() : clock.instant());
      JobMessage job = JobMessage.parse(message.text().getBytes(UTF_8));
      History history = new History(message.history());
      LookResult result = service.look(job.look(), history);
      Instant now = clock.instant();
      result.outcomes().forEach(outcome -> check(outcome, history, service, now, name));
      history.outcomes().addAll(result.outcomes());
      all.addAll(result.outcomes());
      if (result.again().isPresent()) {
        Instant next = now.plus(result.again().get().delay());
        assertThat(next)
            .as(name)
            .isBefore(now.plus(Duration.ofHours(1)).plusSeconds(1))
            .isBefore(service.deadline(history).minus(LAST_LOOK).plusSeconds(1));
        queue.add(new Queued(next, job.with(result.again().get().note()), history));
      } else {
        checkEnd(history, name);
      }
      if (deliveredAgain && copies < 4 && random.nextInt(10) == 0) {
        copies++;
        queue.add(new Queued(now.plusSeconds(30), message.text(), message.history()));
      }
    }
    return all;
  }

  private static void check(
      Outcome outcome, History history, SimulatedService service, Instant now, String name) {
    if (outcome instanceof Copied copied) {
      assertThat(copied.count()).as(name).isEqualTo(history.announced().size());
      assertThat(copied.number()).as(name).isBetween(1, copied.count());
      return;
    }
    Failed failed = (Failed) outcome;
    if (!now.isBefore(service.deadline(history).minus(LAST_LOOK.plusSeconds(1)))) {
      return;
    }
    String id = failed.generationId();
    boolean proven =
        switch (failed.reason()) {
          case JOB_FAILED, CANCELLED -> true;
          case NO_GENERATIONS -> history.listMissed(GRACE, now);
          case JOB_NOT_FOUND -> history.jobMissed(GRACE, now);
          case CONTENT_NOT_FOUND, CONTENT_INVALID -> history.videoMissed(id, CONTENT_GRACE, now);
          case GAVE_UP ->
              history.jobMissed(GRACE, now)
                  || id != null && history.videoMissed(id, CONTENT_GRACE, now);
          default -> false;
        };
    assertThat(proven).as("%s: %s at %s", name, failed, now).isTrue();
  }

  /** One outcome of each video that was announced, or else one of the job. */
  private static void checkEnd(History history, String name) {
    List<String> ids = history.outcomes().stream().map(Outcome::generationId).toList();
    if (history.announced().isEmpty()) {
      assertThat(ids).as(name).hasSize(1).containsOnlyNulls();
    } else {
      assertThat(ids).as(name).containsExactlyInAnyOrderElementsOf(history.announced());
    }
    assertThat(
            history.outcomes().stream()
                .filter(Copied.class::isInstance)
                .map(outcome -> ((Copied) outcome).number()))
        .as(name)
        .doesNotHaveDuplicates();
  }
}

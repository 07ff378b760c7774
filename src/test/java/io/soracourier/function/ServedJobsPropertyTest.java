package io.soracourier.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.courier.FailureReason;
import io.soracourier.courier.LookResult;
import io.soracourier.courier.Outcome;
import io.soracourier.courier.Outcome.Copied;
import io.soracourier.courier.Outcome.Failed;
import io.soracourier.courier.ServedJob;
import io.soracourier.courier.SilentLog;
import io.soracourier.local.SeedSource;
import io.soracourier.local.Seeds;
import io.soracourier.simulator.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;

/** Part 7 of the fault matrix: jobs of servers that keep them in memory, by notes in messages. */
@ExtendWith(SilentLog.class)
class ServedJobsPropertyTest {
  private static final int JOBS = 1_000;
  private static final Duration DAY = Duration.ofDays(1);

  private record Queued(Instant visible, String text) {}

  @ParameterizedTest(name = "seed {0}")
  @SeedSource
  void jobThatTheServerWouldServe_isNeverGivenUp(long seed) {
    Random random = new Random(seed);
    int copied = 0;
    int forgotten = 0;
    for (int i = 0; i < JOBS; i++) {
      String name = "job %d of seed %d".formatted(i, seed);
      MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
      ServedJob job = new ServedJob(random, clock);
      List<Outcome> outcomes = day(job, clock, random, name);
      if (outcomes.stream().anyMatch(Copied.class::isInstance)) {
        copied++;
        assertThat(job.names()).as(name).containsExactly(job.id().value());
      } else {
        forgotten++;
      }
    }
    if (seed == Seeds.FIXED) {
      assertThat(copied).isGreaterThan(JOBS / 2);
      assertThat(forgotten).isGreaterThan(JOBS / 20);
    }
  }

  private static List<Outcome> day(ServedJob job, MutableClock clock, Random random, String name) {
    Instant begin = clock.instant();
    PriorityQueue<Queued> queue = new PriorityQueue<>(Comparator.comparing(Queued::visible));
    queue.add(new Queued(begin, job.id().value()));
    boolean deliveredAgain = random.nextInt(4) == 0;
    List<Outcome> outcomes = new ArrayList<>();
    while (!queue.isEmpty()) {
      Queued message = queue.remove();
      clock.set(message.visible().isAfter(clock.instant()) ? message.visible() : clock.instant());
      Instant now = clock.instant();
      JobMessage read = JobMessage.parse(message.text().getBytes(UTF_8));
      LookResult result = job.look(read.look());
      outcomes.addAll(result.outcomes());
      for (Outcome outcome : result.outcomes()) {
        check(outcome, job, now, name);
      }
      if (result.again().isPresent()) {
        Instant next = now.plus(result.again().get().delay());
        assertThat(next).as(name).isBefore(begin.plus(DAY).plusSeconds(1));
        queue.add(new Queued(next, read.with(result.again().get().note())));
      } else {
        assertThat(result.outcomes()).as(name).hasSize(1);
      }
      if (deliveredAgain && random.nextInt(20) == 0) {
        deliveredAgain = false;
        queue.add(new Queued(now.plusSeconds(30), message.text()));
      }
    }
    return outcomes;
  }

  /** A job that ended without its video had been forgotten, before or just after it was done. */
  private static void check(Outcome outcome, ServedJob job, Instant now, String name) {
    if (outcome instanceof Failed failed) {
      assertThat(failed.reason())
          .as("%s: %s at %s", name, failed, now)
          .isIn(FailureReason.JOB_NOT_FOUND, FailureReason.CONTENT_NOT_FOUND);
      assertThat(job.isForgotten(now)).as("%s: %s at %s", name, failed, now).isTrue();
      assertThat(job.wasServed(now) && job.names().isEmpty())
          .as("%s was served, and not delivered: %s at %s", name, failed, now)
          .isFalse();
    }
  }
}

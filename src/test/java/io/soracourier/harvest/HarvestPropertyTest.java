package io.soracourier.harvest;

import static io.soracourier.harvest.HarvestBench.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.harvest.HarvestBench.Killed;
import io.soracourier.local.SeedSource;
import io.soracourier.records.KnownJobs.Known;
import io.soracourier.records.RecordState;
import io.soracourier.sora.JobId;
import io.soracourier.sora.JobState;
import io.soracourier.sora.JobTimes;
import io.soracourier.sora.ListedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;

/** Parts of the fault matrix: what is always true of a harvest. */
class HarvestPropertyTest {
  private static final List<String> REASONS =
      List.of("storage-denied", "access-denied", "gave-up", "expired", "content-not-found");

  @ParameterizedTest(name = "seed {0}")
  @SeedSource
  void runKilledAtAnyStep_isMadeUpForByTheNextOnesAndNothingIsEnqueuedTwice(long seed) {
    int steps = world(new Random(seed), new ArrayList<>()).steps;
    for (int kill = 0; kill <= steps; kill++) {
      List<String> expected = new ArrayList<>();
      HarvestBench bench = prepared(new Random(seed), expected);
      bench.restart();
      bench.stepsToLive = kill;
      try {
        bench.tryRun();
      } catch (Killed process) {
        // What it has done is done.
      }
      bench.restart();
      for (int i = 0; i < 4; i++) {
        bench.deliver();
        bench.clock.advance(Duration.ofMinutes(6));
        bench.tryRun();
      }
      assertThat(bench.queue).as("killed at step " + kill).hasSameElementsAs(expected);
      assertThat(bench.queue).as("killed at step " + kill).doesNotHaveDuplicates();
    }
  }

  private static HarvestBench world(Random random, List<String> expected) {
    HarvestBench bench = prepared(random, expected);
    bench.run();
    assertThat(bench.queue).hasSameElementsAs(expected).doesNotHaveDuplicates();
    return bench;
  }

  /**
   * @param missing gets the jobs that are to be enqueued
   */
  private static HarvestBench prepared(Random random, List<String> missing) {
    HarvestBench bench = new HarvestBench();
    bench.server.maxLimit = 1 + random.nextInt(8);
    bench.server.orderIgnored = random.nextBoolean();
    bench.server.withoutMore = random.nextBoolean();
    for (int i = 0; i < 12; i++) {
      String id = "video_" + i;
      JobState state = random.nextInt(6) == 0 ? JobState.FAILED : JobState.SUCCEEDED;
      bench.server.add(
          id,
          state,
          NOW.minusSeconds(10_000 - 60L * i),
          random.nextInt(4) == 0 ? null : NOW.plusSeconds(5_000 + random.nextInt(50_000)));
      switch (random.nextInt(4)) {
        case 0 -> bench.store(id);
        case 1 -> bench.records().ended(id, NOW.minusSeconds(60), null);
        case 2 -> bench.records().ended(id, NOW.minusSeconds(60), "storage-denied");
        default -> {
          if (state == JobState.SUCCEEDED) {
            missing.add(id);
          }
        }
      }
    }
    return bench;
  }

  @ParameterizedTest(name = "seed {0}")
  @SeedSource
  void judgement_neverCallsMissingWhatIsStoredWaitsOrHasEnded(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      JobState state = JobState.values()[random.nextInt(JobState.values().length)];
      Optional<Instant> expires =
          random.nextBoolean() ? Optional.empty() : Optional.of(NOW.plusSeconds(near(random)));
      Optional<Known> known = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(any(random));
      ListedJob job =
          new ListedJob(new JobId("video_1"), state, Optional.empty(), JobTimes.NONE, List.of());

      Judgement judgement = Judgement.of(job, expires, known, HarvestFilter.ALL, NOW);

      boolean past = expires.filter(time -> !time.isAfter(NOW)).isPresent();
      boolean made =
          state == JobState.SUCCEEDED || state == JobState.UNFINISHED || state == JobState.UNKNOWN;
      boolean over = known.filter(record -> record.state().isOver()).isPresent();
      String what = "%s %s %s".formatted(state, expires, known);
      if (judgement == Judgement.MISSING) {
        assertThat(made && !past).as(what).isTrue();
        assertThat(known.filter(record -> record.state() == RecordState.COPIED)).isEmpty();
        assertThat(known.filter(record -> !record.changed().isBefore(NOW.minusSeconds(300))))
            .as(what)
            .isEmpty();
      } else if (made && !past) {
        assertThat(known).as(what).isPresent();
        assertThat(over).as(what).isEqualTo(judgement != Judgement.WAITING);
      }
    }
  }

  private static Known any(Random random) {
    Instant changed = NOW.minusSeconds(near(random));
    return new Known(
        RecordState.values()[random.nextInt(RecordState.values().length)],
        random.nextBoolean() ? null : REASONS.get(random.nextInt(REASONS.size())),
        1 + random.nextInt(10),
        changed,
        random.nextBoolean() ? changed : changed.plusSeconds(random.nextInt(600)));
  }

  private static int near(Random random) {
    return random.nextInt(random.nextBoolean() ? 900 : 200_000) - random.nextInt(400);
  }
}

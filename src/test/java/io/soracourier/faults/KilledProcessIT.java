package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.e2e.Deployment;
import io.soracourier.local.FunctionsHost;
import io.soracourier.local.Outcome;
import io.soracourier.local.Seeds;
import io.soracourier.local.StoredBlob;
import io.soracourier.local.Waiting;
import io.soracourier.simulator.JobBuilder;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.SimulatedJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Part 5 of the fault matrix: SIGKILL, again and again. */
@Tag("endurance")
class KilledProcessIT {
  private static final int KILLS = 200;
  private static final int HANDLERS = 3;
  private static final int JOBS_AT_ONCE = 24;

  /** A handler that starts at once would otherwise deliver more than Azurite can hold. */
  private static final int JOBS_A_KILL = 3;

  /** Up to twice as many bytes: videos on both sides of what is stored in one piece. */
  private static final int SIZE = 1_400_000;

  /** Long enough for looks and copies to be in progress, and for a good many to end. */
  private static final int MAX_LIFE_MILLIS = 4_000;

  private static final Duration KILLING = Duration.ofMinutes(30);

  private final long seed = Seeds.random();
  private final Map<String, SimulatedJob> jobs = new ConcurrentHashMap<>();
  private final AtomicInteger killsLeft = new AtomicInteger(KILLS);
  private final List<String> broken = new CopyOnWriteArrayList<>();

  /**
   * The host would set a message aside that is killed five times over; here it has more patience,
   * so that the handler's promise alone is what is tested.
   */
  @Test
  void sigkillAt200RandomMomentsOfThreeHandlersOnOneQueue_losesNoJobAndShowsNoPartialBlob()
      throws InterruptedException {
    try (FaultBench bench =
        FaultBench.start(
            stack ->
                stack
                    .hosts(HANDLERS)
                    .neverGivingUp()
                    .setting(
                        "AzureFunctionsJobHost__extensions__queues__maxDequeueCount", "1000"))) {
      Deployment courier = bench.courier().expectFailedInvocations();
      AtomicBoolean ended = new AtomicBoolean();
      Thread watcher = new Thread(() -> watch(courier, ended), "blob-watcher");
      watcher.start();
      List<Thread> killers = new ArrayList<>();
      SplittableRandom random = new SplittableRandom(seed);
      for (FunctionsHost host : courier.stack().hosts()) {
        SplittableRandom own = random.split();
        killers.add(new Thread(() -> kill(host, own), "killer-" + host.pid()));
      }
      killers.forEach(Thread::start);
      feed(bench, random.split());
      for (Thread killer : killers) {
        killer.join(KILLING.toMillis());
      }
      Waiting.until(
          () -> missing(courier).isEmpty(),
          Deployment.IN_TIME.multipliedBy(2),
          () -> "seed %d: no notice of %s".formatted(seed, missing(courier)));
      courier.stack().awaitIdle(Deployment.IN_TIME);
      ended.set(true);
      watcher.join();

      assertThat(killsLeft.get()).as("seed " + seed).isLessThanOrEqualTo(0);
      assertThat(broken).as("seed " + seed).isEmpty();
      assertEveryNoticeIsTrue(courier);
      report(courier);
    }
  }

  /** Kills the handler of a host at a random moment of each of its lives. */
  private void kill(FunctionsHost host, SplittableRandom random) {
    while (killsLeft.getAndDecrement() > 0) {
      long pid = host.awaitReady();
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(MAX_LIFE_MILLIS)).toNanos());
      host.killHandler();
      Waiting.until(
          () -> host.pid() != pid, Deployment.IN_TIME, () -> "process " + pid + " is not replaced");
    }
  }

  /** New jobs as earlier ones end, until there is nothing left to kill. */
  private void feed(FaultBench bench, SplittableRandom random) {
    while (killsLeft.get() > 0) {
      int most = JOBS_AT_ONCE + JOBS_A_KILL * (KILLS - killsLeft.get());
      if (jobs.size() < most && missing(bench.courier()).size() < JOBS_AT_ONCE) {
        SimulatedJob job = job(bench, random);
        jobs.put(job.id(), job);
        bench.courier().enqueue(job.id());
      } else {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
  }

  private static SimulatedJob job(FaultBench bench, SplittableRandom random) {
    boolean first = random.nextBoolean();
    JobBuilder job = first ? bench.simulator().sora1Job() : bench.simulator().sora2Video();
    if (first && random.nextInt(4) == 0) {
      job.variants(2).video(video(random), video(random));
    } else {
      job.video(video(random));
    }
    String running = first ? "running" : "in_progress";
    String done = first ? "succeeded" : "completed";
    return random.nextBoolean() ? job.statuses(running, done).add() : job.statuses(done).add();
  }

  private static Mp4 video(SplittableRandom random) {
    return Mp4.ofSize(SIZE + random.nextInt(SIZE), random.nextLong());
  }

  /** Every blob is looked at as soon as there is one of its name, and again later. */
  private void watch(Deployment courier, AtomicBoolean ended) {
    Set<String> whole = ConcurrentHashMap.newKeySet();
    while (!ended.get()) {
      for (String name : courier.stack().blobNames()) {
        StoredBlob blob = courier.stack().blob(name);
        String generation = name.replace(".mp4", "");
        SimulatedJob job = jobOf(generation);
        if (blob.size() != job.video(generation).length()
            || whole.add(name) && !isWhole(blob, job, generation)) {
          broken.add(name + " has " + blob.size() + " bytes");
        }
      }
    }
  }

  private SimulatedJob jobOf(String generation) {
    return jobs.values().stream()
        .filter(job -> job.generationIds().contains(generation))
        .findAny()
        .orElseThrow(() -> new AssertionError("a blob of no job: " + generation));
  }

  private static boolean isWhole(StoredBlob blob, SimulatedJob job, String generation) {
    String md5 = job.video(generation).md5Base64();
    return md5.equals(blob.md5OfContent()) && md5.equals(blob.md5Property());
  }

  /** Generations that nobody has been told of. */
  private Set<String> missing(Deployment courier) {
    Set<String> missing =
        jobs.values().stream()
            .flatMap(job -> job.generationIds().stream())
            .collect(Collectors.toSet());
    notices(courier).forEach(notice -> missing.remove(notice.path("generationId").asText()));
    return missing;
  }

  private static List<JsonNode> notices(Deployment courier) {
    courier.stack().videos().take();
    return courier.stack().videos().takenJson();
  }

  private void assertEveryNoticeIsTrue(Deployment courier) {
    assertThat(notices(courier))
        .as("seed " + seed)
        .allSatisfy(
            notice -> {
              assertThat(notice.path("status").asText()).as("" + notice).isEqualTo("copied");
              String generation = notice.path("generationId").asText();
              SimulatedJob job = jobs.get(notice.path("jobId").asText());
              StoredBlob blob = courier.stack().blob(generation + ".mp4");
              assertThat(blob.md5OfContent())
                  .isEqualTo(notice.path("contentMd5").asText())
                  .isEqualTo(job.video(generation).md5Base64());
            });
  }

  private void report(Deployment courier) {
    System.out.printf(
        "%d kills of %d handlers (seed %d): %d jobs, %d videos, %d notices, %d invocations lost%n",
        KILLS,
        HANDLERS,
        seed,
        jobs.size(),
        courier.stack().blobNames().size(),
        notices(courier).size(),
        courier.stack().invocations().stream()
            .filter(done -> done.outcome() != Outcome.SUCCEEDED)
            .count());
  }
}

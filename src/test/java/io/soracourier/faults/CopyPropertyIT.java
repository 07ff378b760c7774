package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.SeedSource;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;

/** Part 7 of the fault matrix: cut points, chunk sizes and answers to retries, at random. */
@Tag("endurance")
class CopyPropertyIT {
  private static final int JOBS = 150;
  private static final int SMALLEST = 60_000;
  private static final int MAX_FAULTS = 6;

  @ParameterizedTest(name = "seed {0}")
  @SeedSource
  void anyCutsChunksAndAnswers_leaveTheWholeVideoOrNone(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (FaultBench bench =
        FaultBench.start(
            stack ->
                stack
                    .setting("COURIER_COPY_BLOCK_SIZE", "64K")
                    .setting("COURIER_CONTENT_MAX_SIZE", "100M")
                    .setting("COURIER_CONTENT_GRACE", "20s")
                    .setting("COURIER_CONTENT_STALL_TIMEOUT", "1s"))) {
      Map<SimulatedJob, String> jobs = new TreeMap<>((a, b) -> a.id().compareTo(b.id()));
      for (int i = 0; i < JOBS; i++) {
        Mp4 video = video(random);
        SimulatedJob job =
            bench.simulator().sora1Job().ranges(random.nextInt(4) > 0).video(video).add();
        Fault[] faults = faults(random, video);
        bench.simulator().on(Route.GET_CONTENT, job.generationId()).answer(faults);
        jobs.put(job, video + " " + List.of(faults));
      }
      jobs.keySet().parallelStream().forEach(bench::enqueue);

      jobs.forEach(
          (job, script) -> {
            JsonNode message = bench.courier().outcomes(job.id(), 1).get(0);
            if (message.path("status").asText().equals("copied")) {
              assertThat(bench.blob(job).md5OfContent())
                  .as("seed %d: %s: %s", seed, script, message)
                  .isEqualTo(job.video().md5Base64());
            } else {
              assertThat(bench.blob(job).exists())
                  .as("seed %d: %s: %s", seed, script, message)
                  .isFalse();
            }
          });
      long copied = jobs.keySet().stream().filter(job -> bench.blob(job).exists()).count();
      assertThat(copied).as("videos copied, with seed " + seed).isGreaterThan(JOBS / 2);
    }
  }

  private static Mp4 video(SplittableRandom random) {
    Mp4.Layout[] layouts = Mp4.Layout.values();
    return Mp4.ofSize(
        SMALLEST + random.nextInt(400_000),
        random.nextLong(),
        layouts[random.nextInt(layouts.length)]);
  }

  private static Fault[] faults(SplittableRandom random, Mp4 video) {
    List<Fault> faults = new ArrayList<>();
    for (int i = random.nextInt(MAX_FAULTS + 1); i > 0; i--) {
      faults.add(fault(random, video));
    }
    return faults.toArray(Fault[]::new);
  }

  private static Fault fault(SplittableRandom random, Mp4 video) {
    long length = video.length();
    long at = random.nextLong(length);
    return switch (random.nextInt(15)) {
      case 0 -> Fault.cutAfter(at);
      case 1 -> Fault.resetAfter(at);
      case 2 -> Fault.chunked().and(Fault.cutAfter(at));
      case 3 -> Fault.chunkedCutInside(at);
      case 4 -> Fault.badChunkAfter(at);
      case 5 -> Fault.status(random.nextBoolean() ? 503 : 429);
      case 6 -> Fault.reset();
      case 7 -> Fault.ignoreRange();
      case 8 -> Fault.otherBytes().and(Fault.cutAfter(at));
      case 9 ->
          Fault.contentRange(
              "bytes %d-%d/%d".formatted(at, length - 1, length + random.nextInt(2)));
      case 10 -> Fault.declaredLength(length + 1 + random.nextInt(1000));
      case 11 ->
          endKnown(video) ? Fault.declaredLength(length - 1 - random.nextInt(1000)) : Fault.none();
      case 12 -> Fault.chunked().and(Fault.trickle(10_000, Duration.ofMillis(5)));
      case 13 -> Fault.html(random.nextBoolean() ? 200 : 502);
      default -> endKnown(video) ? Fault.untilClose().and(Fault.cutAfter(at)) : Fault.untilClose();
    };
  }

  /**
   * Where the last box reaches to the end, wherever that is, a cut that looks like an end to HTTP
   * does not show.
   */
  private static boolean endKnown(Mp4 video) {
    return !video.toString().contains(Mp4.Layout.MDAT_TO_END.name());
  }
}

package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.Executable;
import io.soracourier.local.ResidentMemory;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.SimulatedJob;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The smallest instance of the platform has 512 MB, and the Functions host takes its share. */
@Tag("endurance")
class SmallInstanceIT {
  private static final int MEBIBYTE = 1 << 20;
  private static final int COPIES_AT_ONCE = 8;
  private static final int SIZE = 32 * MEBIBYTE;

  /** The native executable's own bound; a JVM, which has none of ours, is given the same. */
  private static final String HEAP = "192m";

  /** As many as there may be, with the settings as they are. */
  @Test
  void eightVideosAtOnce_fitBesideTheHost() {
    boolean nativeBound = Executable.packaged().isNative();
    try (Deployment courier =
        Deployment.start(builder -> nativeBound ? builder : builder.heap(HEAP))) {
      List<SimulatedJob> jobs =
          IntStream.range(0, COPIES_AT_ONCE)
              .mapToObj(seed -> courier.simulator().sora1Job().video(Mp4.ofSize(SIZE, seed)).add())
              .toList();

      jobs.forEach(job -> courier.enqueue(job.id()));
      for (SimulatedJob job : jobs) {
        JsonNode message = courier.outcome(job.id());
        assertThat(message.path("status").asText()).as(message.toString()).isEqualTo("copied");
      }

      ResidentMemory memory = courier.host().memory();
      System.out.printf(
          Locale.ROOT,
          "8 videos at once, heap of %s: peak resident memory %.1f MiB, afterwards %.1f MiB%n",
          HEAP,
          memory.peak() / (double) MEBIBYTE,
          memory.now() / (double) MEBIBYTE);
      // A JVM's own needs come on top: its package wants a larger instance.
      assertThat(memory.peak() / MEBIBYTE).isLessThan(nativeBound ? 256 : 400);
    }
  }
}

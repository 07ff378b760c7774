package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.Azurite;
import io.soracourier.local.ResidentMemory;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.SimulatedJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A video far larger than the memory of the handler that copies it. */
@Tag("endurance")
class LargeVideoIT {
  private static final long GIBIBYTE = 1L << 30;
  private static final String HEAP = "96m";

  /** Half a minute on two processors of their own. */
  private static final Duration A_WHILE = Duration.ofMinutes(10);

  private final Path storage = Project.target().resolve("large-video-storage");

  @BeforeEach
  void makeRoom() throws IOException {
    clear();
    Files.createDirectories(storage);
  }

  @AfterEach
  void clear() throws IOException {
    if (Files.exists(storage)) {
      try (Stream<Path> files = Files.walk(storage)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void videoOfOneGibibyte_passesThroughASmallHeap() throws IOException {
    try (Azurite azurite = Azurite.builder().onDisk(storage).start();
        Deployment courier =
            Deployment.start(
                azurite, builder -> builder.heap(HEAP).setting(Deployment.JAVA_OPTS, null))) {
      SimulatedJob job = courier.simulator().sora1Job().video(Mp4.ofSize(GIBIBYTE, 7)).add();
      CompletableFuture<String> md5 = CompletableFuture.supplyAsync(() -> job.video().md5Base64());

      courier.enqueue(job.id());
      JsonNode message = courier.outcome(job.id(), A_WHILE);

      assertThat(message.path("status").asText()).as(message.toString()).isEqualTo("copied");
      assertThat(message.path("bytes").asLong()).isEqualTo(GIBIBYTE);
      report(courier.host().memory());
      assertThat(courier.host().memory().peak()).isLessThan(GIBIBYTE / 2);
      assertThat(courier.stack().blob(job.generationId() + ".mp4").md5OfContent())
          .isEqualTo(md5.join())
          .isEqualTo(message.path("contentMd5").asText());
    }
  }

  private static void report(ResidentMemory memory) throws IOException {
    String line =
        String.format(
            Locale.ROOT,
            "1 GiB video, heap of %s: peak resident memory %.1f MiB, afterwards %.1f MiB",
            HEAP,
            memory.peak() / 1048576.0,
            memory.now() / 1048576.0);
    System.out.println(line);
    Files.writeString(Project.target().resolve("large-video-memory.txt"), line + "\n");
  }
}

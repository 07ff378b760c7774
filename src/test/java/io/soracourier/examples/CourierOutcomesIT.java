package io.soracourier.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.e2e.Deployment;
import io.soracourier.local.Command;
import io.soracourier.local.StoredQueue;
import io.soracourier.local.Waiting;
import io.soracourier.simulator.SimulatedJob;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The examples read what the courier itself has written. */
class CourierOutcomesIT {
  @AutoClose private static Deployment courier;
  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    courier = Deployment.start();
  }

  @ParameterizedTest
  @EnumSource
  void outcomesOfEachKind_areReadAndDeleted(Example example) {
    SimulatedJob copied = courier.simulator().sora1Job().add();
    SimulatedJob failed = courier.simulator().sora2Video().failed("moderation_blocked").add();
    String invalid = "../" + example;
    List.of(copied.id(), copied.id(), failed.id(), invalid).forEach(courier::enqueue);
    StoredQueue videos = courier.stack().videos();
    Waiting.until(
        () -> videos.count() >= 4, Deployment.IN_TIME, () -> "outcomes: " + videos.peek());

    Command run =
        example.runOnce(
            directory, Map.of("VideoStorage", OutcomeQueue.urlWithSas(courier.stack().account())));

    assertThat(run.exitCode()).as(() -> run.lines().toString()).isZero();
    assertThat(run.lines())
        .hasSize(4)
        .containsOnlyOnce(
            "copied %s %s/videos/%s.mp4"
                .formatted(
                    copied.generationId(),
                    courier.stack().account().blobEndpoint(),
                    copied.generationId()),
            "duplicate, dropped: copied " + copied.generationId())
        .anyMatch(line -> line.startsWith("failed " + failed.id() + " moderated: "))
        .anyMatch(line -> line.startsWith("failed " + invalid + " invalid-message: "));
    assertThat(videos.count()).isZero();
  }
}

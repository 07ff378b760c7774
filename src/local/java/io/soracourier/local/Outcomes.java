package io.soracourier.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Takes messages off the queue of outcomes as they come. */
final class Outcomes implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 200;

  private final Journal<JsonNode> messages = new Journal<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "outcomes");
            thread.setDaemon(true);
            return thread;
          });

  Outcomes(StoredQueue queue, Consumer<JsonNode> listener) {
    messages.listen(listener);
    timer.scheduleWithFixedDelay(
        () -> {
          queue.take();
          List<JsonNode> taken = queue.takenJson();
          taken.subList(messages.entries().size(), taken.size()).forEach(messages::add);
        },
        0,
        INTERVAL_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  /** The first message about a job, if there is one yet. */
  Optional<JsonNode> find(String jobId) {
    return messages.entries(message -> message.path("jobId").asText().equals(jobId)).stream()
        .findFirst();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

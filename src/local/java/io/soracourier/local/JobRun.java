package io.soracourier.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/** Takes jobs through the local stack, one after the other, and tells on the console of it. */
final class JobRun {
  private final LocalStack stack;
  private final Outcomes outcomes;
  private final Narrator narrator;
  private final Duration patience;

  /**
   * @param patience how long a job may take
   */
  JobRun(LocalStack stack, Outcomes outcomes, Narrator narrator, Duration patience) {
    this.stack = stack;
    this.outcomes = outcomes;
    this.narrator = narrator;
    this.patience = patience;
  }

  /**
   * Enqueues a job, waits for its outcome, and verifies its blob.
   *
   * @throws LocalStackException when the video did not arrive byte for byte
   */
  void copy(String job) {
    narrator.about(job);
    stack.enqueue(job);
    narrator.step("queued", "on sora-jobs");
    Waiting.until(
        () -> outcomes.find(job).isPresent() || gaveUp(job),
        patience,
        () -> "there is no message about " + job);
    JsonNode message =
        outcomes
            .find(job)
            .orElseThrow(
                () ->
                    new LocalStackException(
                        "the host gave up on " + job + "; the handler's lines above say why"));
    String found = new Delivery(stack).verify(message);
    narrator.about(job);
    narrator.step("blob", message.path("blobUrl").asText());
    narrator.step("verified", found);
    narrator.step("record", call("jobs", job));
    narrator.step("diagnosis", call("diagnose", job));
  }

  /** A job that fails is an answer too, once the person is there to read it. */
  void copyAndTell(Supplier<String> next) {
    String job = next.get();
    try {
      copy(job);
    } catch (LocalStackException | AssertionError e) {
      narrator.about(job);
      narrator.step("failed", e.getMessage());
    }
  }

  /** To be opened in a browser. */
  private String call(String call, String job) {
    return "%s/api/%s/%s"
        .formatted(stack.host().url(), call, URLEncoder.encode(job, StandardCharsets.UTF_8));
  }

  /** Moved to the poison queue, or nobody is left to work on it. */
  private boolean gaveUp(String job) {
    return stack.host().stopped().isPresent()
        || stack.poison().peek().stream().anyMatch(message -> message.contains(job));
  }
}

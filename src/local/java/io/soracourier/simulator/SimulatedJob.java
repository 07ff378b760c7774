package io.soracourier.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A job (Sora 1) or video (Sora 2) the simulator serves; made by {@link JobBuilder}. */
public final class SimulatedJob {
  private static final Duration RETENTION = Duration.ofHours(24);
  private static final int HALF_DONE = 50;

  private final JobBuilder made;
  private final String id;
  private final Instant createdAt;
  private final Lifecycle lifecycle;
  private final List<Generation> generations;

  SimulatedJob(
      JobBuilder made,
      String id,
      Instant createdAt,
      Lifecycle lifecycle,
      List<Generation> generations) {
    this.made = made;
    this.id = id;
    this.createdAt = createdAt;
    this.lifecycle = lifecycle;
    this.generations = new ArrayList<>(generations);
  }

  public Api api() {
    return made.api;
  }

  public String id() {
    return id;
  }

  /** The ids of all generations, whether or not the job tells them yet. */
  public List<String> generationIds() {
    return generations().stream().map(Generation::id).toList();
  }

  /** The id of the first generation; of a Sora 2 video, the video's own. */
  public String generationId() {
    return generationIds().get(0);
  }

  /** What the content route serves for the first generation. */
  public Content video() {
    return video(generationId());
  }

  public Content video(String generationId) {
    return generation(generationId).video();
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Optional<Instant> finishedAt() {
    return lifecycle.finishedAt();
  }

  /**
   * When the job and its videos vanish: for Sora 1, 24 h after it finished, however it did; for
   * Sora 2, 24 h after it was created.
   */
  public Optional<Instant> expiresAt() {
    if (made.expiresAt != null) {
      return Optional.of(made.expiresAt);
    }
    return switch (made.api) {
      case SORA_1 -> finishedAt().map(finished -> finished.plus(RETENTION));
      case SORA_2 -> Optional.of(createdAt.plus(RETENTION));
    };
  }

  /** The state as it is now. */
  public String status() {
    return lifecycle.current();
  }

  /** How many times the job was looked at and its real state answered. */
  public int looks() {
    return lifecycle.looks();
  }

  /**
   * How much of the work on it is done, in percent: by the clock where that moves its states, else
   * none before it runs and half of it then.
   *
   * @param first the word of a job that waits
   * @param done the word of one that succeeded
   */
  int progress(String status, String first, String done) {
    if (status.equals(done)) {
      return 100;
    }
    return lifecycle.percentOver().orElse(status.equals(first) ? 0 : HALF_DONE);
  }

  /** Puts the job into a state for good, whatever its script says. */
  public void moveTo(String status) {
    lifecycle.moveTo(status);
  }

  /** Serves another video from now on. */
  public synchronized void replaceVideo(String generationId, Content video, Validators validators) {
    generations.replaceAll(
        generation ->
            generation.id().equals(generationId)
                ? generation.replaced(video, validators)
                : generation);
  }

  synchronized List<Generation> generations() {
    return List.copyOf(generations);
  }

  Generation generation(String generationId) {
    return generations().stream()
        .filter(generation -> generation.id().equals(generationId))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("Job " + id + " has no " + generationId));
  }

  boolean isExpired(Instant now) {
    return expiresAt().filter(expiry -> !now.isBefore(expiry)).isPresent();
  }

  /** Whether the content routes serve: after success and the delay the test asked for. */
  boolean hasContent(Instant now) {
    return lifecycle.succeeded()
        && finishedAt().filter(at -> !now.isBefore(at.plus(made.contentDelay))).isPresent();
  }

  boolean offersRanges() {
    return made.ranges;
  }

  Validators validators(Generation generation) {
    Instant finished = finishedAt().orElse(createdAt);
    return generation.validators().orElse(new Validators(finished, Optional.ofNullable(made.etag)));
  }

  /** The JSON a look is answered with. */
  ObjectNode look() {
    return json(advance());
  }

  /** The state a look is answered with. */
  String advance() {
    return lifecycle.look();
  }

  JobBuilder made() {
    return made;
  }

  /** The JSON as the server of a profile has it. */
  ObjectNode json(ProfileValues values) {
    return JobJson.profile(made, values);
  }

  /** The JSON without a look, as in a list. */
  ObjectNode json() {
    return json(lifecycle.current());
  }

  ObjectNode generationJson(Generation generation) {
    return JobJson.generation(this, made, generation);
  }

  private ObjectNode json(String status) {
    return switch (made.api) {
      case SORA_1 -> JobJson.sora1(this, made, status);
      case SORA_2 -> JobJson.sora2(this, made, status);
    };
  }
}

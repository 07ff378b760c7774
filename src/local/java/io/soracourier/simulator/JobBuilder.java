package io.soracourier.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Describes a job to add to the simulator. Untouched, it is one that succeeded the moment it was
 * created, which is now, with one small video of its own.
 */
public final class JobBuilder {
  final Api api;
  private final Clock clock;
  private final ServerProfile profile;
  private final UnaryOperator<SimulatedJob> adder;

  private String id;
  private Instant createdAt;
  private Instant finishedAt;
  private List<String> statuses;
  private Duration stateTime;
  private int generations = -1;
  private final List<Content> videos = new ArrayList<>();
  private Content lowQuality;

  Instant expiresAt;
  String prompt = "a paper boat";
  String model;
  int variants = 1;
  int seconds;
  int width;
  int height;
  JsonNode inpaintItems;
  String failureReason = "internal_error";
  String failureMessage = "The video could not be made.";
  String remixedFrom;
  Duration contentDelay = Duration.ZERO;
  boolean ranges = true;
  String etag;
  boolean generationsThoughFailed;
  int outputs = 1;
  boolean indexIgnored;
  final List<Consumer<ObjectNode>> jobEdits = new ArrayList<>();
  final List<Consumer<ObjectNode>> generationEdits = new ArrayList<>();

  JobBuilder(Api api, Clock clock, ServerProfile profile, UnaryOperator<SimulatedJob> adder) {
    this.api = api;
    this.clock = clock;
    this.profile = profile;
    this.adder = adder;
    boolean first = api == Api.SORA_1;
    this.statuses =
        List.of(first ? "succeeded" : profile == null ? "completed" : profile.doneWord());
    this.model = first ? "sora" : "sora-2";
    this.seconds = first ? 5 : 4;
    this.width = first ? 480 : 1280;
    this.height = first ? 480 : 720;
  }

  /** An id other than the one made from the creation time. */
  public JobBuilder id(String other) {
    id = other;
    return this;
  }

  /** When it was created; the ids say so too. Now, unless set. */
  public JobBuilder createdAt(Instant at) {
    createdAt = at;
    return this;
  }

  /** When it finished, in place of the time at which the last state began. */
  public JobBuilder finishedAt(Instant at) {
    finishedAt = at;
    return this;
  }

  /** When job and videos vanish, in place of what {@link SimulatedJob#expiresAt()} says. */
  public JobBuilder expiresAt(Instant at) {
    expiresAt = at;
    return this;
  }

  /** The states answered look after look; the last one stays. Any word will do. */
  public JobBuilder statuses(String... lookAfterLook) {
    statuses = List.of(lookAfterLook);
    stateTime = null;
    return this;
  }

  /** The states by the simulator's clock, each lasting so long; the last one stays. */
  public JobBuilder statusesEvery(Duration each, String... states) {
    statuses = List.of(states);
    stateTime = each;
    return this;
  }

  /** It ends as {@code failed}, for this reason (Sora 1) or with this error code (Sora 2). */
  public JobBuilder failed(String reason) {
    failureReason = reason;
    return statuses("failed");
  }

  /** The reason or error code, whenever the state becomes {@code failed}. */
  public JobBuilder failureReason(String reason) {
    failureReason = reason;
    return this;
  }

  /** The text of a Sora 2 error. */
  public JobBuilder failureMessage(String message) {
    failureMessage = message;
    return this;
  }

  /** How many videos were asked for, and are made. Sora 1 only. */
  public JobBuilder variants(int number) {
    if (api == Api.SORA_2) {
      throw new IllegalArgumentException("A Sora 2 video has no variants");
    }
    variants = number;
    return this;
  }

  /** How many videos were really made, 0 too. Sora 1 only. */
  public JobBuilder generations(int number) {
    generations = number;
    return this;
  }

  /**
   * How many videos a job of the {@code /videos} shape has, at the server of a profile: {@code
   * index} or {@code output_index} tells them apart, and at the media host the name of the file.
   * What its JSON says of them is the test's to edit. Their ids are those that the courier gives.
   */
  public JobBuilder outputs(int number) {
    outputs = number;
    return this;
  }

  /** Its content is the first video, whichever is requested. */
  public JobBuilder indexIgnored() {
    indexIgnored = true;
    return this;
  }

  /** A failed job that lists generations nevertheless. */
  public JobBuilder generationsThoughFailed() {
    generationsThoughFailed = true;
    return this;
  }

  /** The videos of the generations, in order; those left out get a small one of their own. */
  public JobBuilder video(Content... inOrder) {
    videos.addAll(List.of(inOrder));
    return this;
  }

  /** What {@code quality=low} serves. */
  public JobBuilder lowQualityVideo(Content video) {
    lowQuality = video;
    return this;
  }

  /** The content is there only so long after success; before, it is not found. */
  public JobBuilder contentDelay(Duration afterSuccess) {
    contentDelay = afterSuccess;
    return this;
  }

  /** Whether {@code Range} is offered and served. */
  public JobBuilder ranges(boolean offered) {
    ranges = offered;
    return this;
  }

  /** An {@code ETag} on the content, with its quotes; none is specified. */
  public JobBuilder etag(String tag) {
    etag = tag;
    return this;
  }

  public JobBuilder prompt(String text) {
    prompt = text;
    return this;
  }

  public JobBuilder model(String deployment) {
    model = deployment;
    return this;
  }

  public JobBuilder seconds(int length) {
    seconds = length;
    return this;
  }

  public JobBuilder size(int videoWidth, int videoHeight) {
    width = videoWidth;
    height = videoHeight;
    return this;
  }

  /** Edits the job's JSON: extra, missing or odd fields. */
  public JobBuilder editJob(Consumer<ObjectNode> edit) {
    jobEdits.add(edit);
    return this;
  }

  /** Edits the JSON of each generation, inside the job and alone. */
  public JobBuilder editGenerations(Consumer<ObjectNode> edit) {
    generationEdits.add(edit);
    return this;
  }

  /** Leaves fields out of the job's JSON. */
  public JobBuilder without(String... fields) {
    return editJob(json -> json.remove(List.of(fields)));
  }

  JobBuilder inpaintItems(JsonNode items) {
    inpaintItems = items;
    return this;
  }

  JobBuilder remixedFrom(String videoId) {
    remixedFrom = videoId;
    return this;
  }

  /** Adds the job: from now on the simulator serves it. */
  public SimulatedJob add() {
    Instant created = createdAt == null ? clock.instant() : createdAt;
    String jobId = id != null ? id : newId(created);
    Lifecycle lifecycle = new Lifecycle(clock, created, statuses, stateTime, finishedAt);
    List<Generation> made =
        api == Api.SORA_2
            ? IntStream.range(0, outputs)
                .mapToObj(k -> generation(k == 0 ? jobId : jobId + "@" + k, k))
                .toList()
            : IntStream.range(0, generations < 0 ? variants : generations)
                .mapToObj(index -> generation(Ids.generation(created), index))
                .toList();
    return adder.apply(new SimulatedJob(this, jobId, created, lifecycle, made));
  }

  private String newId(Instant created) {
    if (api == Api.SORA_1) {
      return Ids.task(created);
    }
    return profile == null ? Ids.video(created) : Ids.like(profile.id());
  }

  private Generation generation(String generationId, int index) {
    Content video = index < videos.size() ? videos.get(index) : Mp4.small();
    Content low = lowQuality == null ? Mp4.genuine("low") : lowQuality;
    return new Generation(generationId, video, low, Optional.empty());
  }
}

package io.soracourier.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The objects of both APIs with the fields and in the order that were observed. */
final class JobJson {
  /** Between a generation and the end of its job, as observed. */
  private static final Duration LAST_STEP = Duration.ofSeconds(2);

  private JobJson() {}

  static ObjectNode sora1(SimulatedJob job, JobBuilder made, String status) {
    boolean succeeded = Lifecycle.isSuccess(status);
    ObjectNode json = Json.object();
    json.put("object", "video.generation.job").put("id", job.id()).put("status", status);
    json.put("created_at", job.createdAt().getEpochSecond());
    putSeconds(json, "finished_at", job.finishedAt());
    putSeconds(json, "expires_at", succeeded ? job.expiresAt() : Optional.empty());
    ArrayNode generations = json.putArray("generations");
    if (succeeded || made.generationsThoughFailed && status.equals("failed")) {
      job.generations().forEach(generation -> generations.add(job.generationJson(generation)));
    }
    json.put("prompt", made.prompt).put("model", made.model).put("n_variants", made.variants);
    json.put("n_seconds", made.seconds).put("height", made.height).put("width", made.width);
    if (made.inpaintItems != null) {
      json.set("inpaint_items", made.inpaintItems);
    }
    json.put("failure_reason", status.equals("failed") ? made.failureReason : null);
    made.jobEdits.forEach(edit -> edit.accept(json));
    return json;
  }

  static ObjectNode generation(SimulatedJob job, JobBuilder made, Generation generation) {
    ObjectNode json = Json.object();
    json.put("object", "video.generation").put("id", generation.id()).put("job_id", job.id());
    Instant createdAt = job.finishedAt().map(at -> at.minus(LAST_STEP)).orElse(job.createdAt());
    json.put("created_at", createdAt.getEpochSecond());
    json.put("width", made.width).put("height", made.height).put("n_seconds", made.seconds);
    json.put("prompt", made.prompt);
    made.generationEdits.forEach(edit -> edit.accept(json));
    return json;
  }

  static ObjectNode sora2(SimulatedJob job, JobBuilder made, String status) {
    boolean completed = Lifecycle.isSuccess(status);
    ObjectNode json = Json.object();
    json.put("id", job.id()).put("object", "video");
    json.put("created_at", job.createdAt().getEpochSecond()).put("status", status);
    putSeconds(json, "completed_at", completed ? job.finishedAt() : Optional.empty());
    if (status.equals("failed")) {
      json.putObject("error").put("code", made.failureReason).put("message", made.failureMessage);
    } else {
      json.putNull("error");
    }
    putSeconds(json, "expires_at", completed ? job.expiresAt() : Optional.empty());
    json.put("model", made.model);
    json.put("progress", job.progress(completed ? "completed" : status, "queued", "completed"));
    json.put("prompt", made.prompt);
    json.put("seconds", String.valueOf(made.seconds));
    json.put("size", made.width + "x" + made.height);
    if (made.remixedFrom != null) {
      json.put("remixed_from_video_id", made.remixedFrom);
    }
    made.jobEdits.forEach(edit -> edit.accept(json));
    return json;
  }

  static ObjectNode profile(JobBuilder made, ProfileValues values) {
    ServerProfile profile = values.profile();
    ObjectNode json = (ObjectNode) values.fill(profile.job());
    String status = values.text("status");
    if (!profile.isPending(status)) {
      ObjectNode more = status.equals(profile.doneWord()) ? profile.done() : profile.failed();
      json.setAll((ObjectNode) values.fill(more));
    }
    made.jobEdits.forEach(edit -> edit.accept(json));
    return json;
  }

  private static void putSeconds(ObjectNode json, String key, Optional<Instant> at) {
    json.put(key, at.map(Instant::getEpochSecond).orElse(null));
  }
}

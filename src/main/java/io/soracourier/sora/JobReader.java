package io.soracourier.sora;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Reads a job from a response, of which only the status must be there. */
@ApplicationScoped
public class JobReader {
  /** In lists; new-api gives both, and those of xAI are requests. */
  private static final List<String> ID_FIELDS = List.of("id", "task_id", "request_id");

  private final Endpoint endpoint;
  private final SoraErrors errors;
  private final Clock clock;

  JobReader(Endpoint endpoint, SoraErrors errors, ServiceClock clock) {
    this.endpoint = endpoint;
    this.errors = errors;
    this.clock = clock;
  }

  /**
   * @param response of a 2xx
   * @throws SoraException when the response is not a job
   */
  public VideoJob read(JobId id, VideoApi api, ServiceResponse response) {
    JobFields fields = new JobFields(response.json(), clock.instant());
    return fields
        .text("status")
        .map(status -> job(id, api, response, fields, status, JobState.of(status)))
        .or(() -> withoutStatus(id, api, response, fields))
        .orElseThrow(
            () ->
                errors.unreadable(
                    response.uri(), response.status(), ReceivedBody.shape(response.json())));
  }

  /** A job in a list; empty where it has no id. */
  Optional<ListedJob> listed(VideoApi api, JsonNode json) {
    JobFields fields = new JobFields(json, clock.instant());
    return ID_FIELDS.stream()
        .flatMap(name -> fields.text(name).stream())
        .filter(JobId::isId)
        .findFirst()
        .map(id -> listed(new JobId(id), api, fields));
  }

  private ListedJob listed(JobId id, VideoApi api, JobFields fields) {
    boolean hasUrl = fields.object("video").text("url").isPresent();
    JobState reported =
        fields
            .text("status")
            .map(JobState::of)
            .orElse(hasUrl ? JobState.SUCCEEDED : JobState.UNKNOWN);
    JobState state =
        reported == JobState.SUCCEEDED && isBlocked(fields) ? JobState.FAILED : reported;
    List<String> videos =
        state == JobState.SUCCEEDED || state == JobState.UNKNOWN
            ? api.videos(id, fields, endpoint).stream().map(Generation::id).toList()
            : List.of();
    return new ListedJob(
        id, state, fields.text("model"), JobTimes.of(fields, clock.instant()), videos);
  }

  /**
   * xAI leaves the status out of a job that is done, or sends 202 with an empty body while it is
   * not.
   *
   * <p>Source: vercel/ai, {@code packages/xai/src/xai-video-model.ts}.
   */
  private Optional<VideoJob> withoutStatus(
      JobId id, VideoApi api, ServiceResponse response, JobFields fields) {
    if (fields.object("video").text("url").isPresent()) {
      return Optional.of(job(id, api, response, fields, "done", JobState.SUCCEEDED));
    }
    return response.status() == ServiceResponse.ACCEPTED
        ? Optional.of(job(id, api, response, fields, "202 Accepted", JobState.UNFINISHED))
        : Optional.empty();
  }

  private VideoJob job(
      JobId id,
      VideoApi api,
      ServiceResponse response,
      JobFields fields,
      String status,
      JobState reported) {
    JobState state =
        reported == JobState.SUCCEEDED && isBlocked(fields) ? JobState.FAILED : reported;
    JobTimes times = JobTimes.of(fields, clock.instant());
    Optional<Integer> progress = fields.percent("progress");
    boolean mayBeDone =
        state == JobState.UNKNOWN
            && (times.finished().isPresent()
                || progress.filter(percent -> percent == 100).isPresent());
    return new VideoJob(
        id,
        api,
        state,
        SoraErrors.printable(status),
        progress,
        times,
        state == JobState.SUCCEEDED || mayBeDone ? api.videos(id, fields, endpoint) : List.of(),
        fields.number("n_variants"),
        failure(fields, status, state),
        response);
  }

  /** A video that was made, and that nobody is to see. */
  private static boolean isBlocked(JobFields fields) {
    return fields.isFalse("respect_moderation")
        || fields.object("video").isFalse("respect_moderation");
  }

  private static Optional<ErrorWords> failure(JobFields fields, String status, JobState state) {
    if (isBlocked(fields)) {
      return Optional.of(
          new ErrorWords("moderation", "the service says respect_moderation: false"));
    }
    Optional<ErrorWords> reason =
        fields.words("failure_reason").map(code -> new ErrorWords(code, ""));
    return reason
        .or(() -> fields.failure("error", "fail_reason", "errors"))
        // Some say why in the status itself.
        .or(
            () ->
                Optional.of(new ErrorWords(SoraErrors.printable(status), ""))
                    .filter(Moderation::isReason))
        // Of any other job these are not about a failure.
        .or(
            () ->
                state == JobState.FAILED || state == JobState.CANCELLED
                    ? fields.failure("error_message", "detail", "details", "message")
                    : Optional.empty());
  }
}

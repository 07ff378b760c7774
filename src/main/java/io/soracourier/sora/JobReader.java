package io.soracourier.sora;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Reads a job from a response, of which only the status must be there. */
@ApplicationScoped
public class JobReader {
  private final Endpoint endpoint;
  private final SoraErrors errors;
  private final Clock clock;

  JobReader(Endpoint endpoint, SoraErrors errors, ServiceClock clock) {
    this.endpoint = endpoint;
    this.errors = errors;
    this.clock = clock;
  }

  /**
   * @param answer of a 2xx
   * @throws SoraException when the response is not a job
   */
  public VideoJob read(JobId id, VideoApi api, ServiceResponse answer) {
    JobFields fields = new JobFields(answer.json(), clock.instant());
    return fields
        .text("status")
        .map(status -> job(id, api, answer, fields, status, JobState.of(status)))
        .or(() -> withoutStatus(id, api, answer, fields))
        .orElseThrow(
            () ->
                errors.unreadable(
                    answer.uri(), answer.status(), ReceivedBody.shape(answer.json())));
  }

  /**
   * xAI leaves the status out of a job that is done, or answers 202 with nothing in it while it is
   * not.
   *
   * <p>Source: vercel/ai, {@code packages/xai/src/xai-video-model.ts}.
   */
  private Optional<VideoJob> withoutStatus(
      JobId id, VideoApi api, ServiceResponse answer, JobFields fields) {
    if (fields.object("video").text("url").isPresent()) {
      return Optional.of(job(id, api, answer, fields, "done", JobState.SUCCEEDED));
    }
    return answer.status() == ServiceResponse.ACCEPTED
        ? Optional.of(job(id, api, answer, fields, "202 Accepted", JobState.UNFINISHED))
        : Optional.empty();
  }

  private VideoJob job(
      JobId id,
      VideoApi api,
      ServiceResponse answer,
      JobFields fields,
      String status,
      JobState said) {
    JobState state = said == JobState.SUCCEEDED && isBlocked(fields) ? JobState.FAILED : said;
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
        failure(fields, status),
        answer);
  }

  /** A video that was made, and that nobody is to see. */
  private static boolean isBlocked(JobFields fields) {
    return fields.isFalse("respect_moderation")
        || fields.object("video").isFalse("respect_moderation");
  }

  private static Optional<ErrorWords> failure(JobFields fields, String status) {
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
                    .filter(Moderation::isReason));
  }
}

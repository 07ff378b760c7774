package io.soracourier.sora;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job as the service described it, the same for all shapes of the API.
 *
 * @param status the service's own word for {@code state}
 * @param progress in percent, as reported; some servers give one only when the job is done
 * @param generations its videos; empty until it succeeded, or may have, as far as an unknown word
 *     lets that open
 * @param expectedVideos how many it was to make, or null where the service does not say
 * @param failure the service's code and sentence for a failure, e.g. {@code input_moderation}
 * @param response the whole response
 */
public record VideoJob(
    JobId id,
    VideoApi api,
    JobState state,
    String status,
    Optional<Integer> progress,
    JobTimes times,
    List<Generation> generations,
    @Nullable Integer expectedVideos,
    Optional<ErrorWords> failure,
    ServiceResponse response) {
  public VideoJob {
    generations = List.copyOf(generations);
  }

  /** The same with other videos. */
  public VideoJob with(List<Generation> others) {
    return new VideoJob(
        id, api, state, status, progress, times, others, expectedVideos, failure, response);
  }

  public Optional<Instant> createdAt() {
    return times.created();
  }

  public Optional<Instant> finishedAt() {
    return times.finished();
  }

  public Optional<Instant> expiresAt() {
    return times.expires();
  }

  /** Whether the failure was the content filter's doing: to try again is of no use. */
  public boolean moderated() {
    return failure.filter(Moderation::isReason).isPresent();
  }
}

package io.soracourier.sora;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A job as the service described it, the same for both APIs.
 *
 * @param status the service's own word for {@code state}
 * @param finishedAt when it ended
 * @param expiresAt when the service deletes job and content
 * @param generations its videos; empty until it succeeded
 * @param failureReason the service's code for a failure, e.g. {@code input_moderation}
 * @param failureMessage the service's sentence for it
 * @param answer all that was answered
 */
public record VideoJob(
    JobId id,
    VideoApi api,
    JobState state,
    String status,
    Optional<Instant> createdAt,
    Optional<Instant> finishedAt,
    Optional<Instant> expiresAt,
    List<Generation> generations,
    Optional<String> failureReason,
    Optional<String> failureMessage,
    ServiceResponse answer) {
  public VideoJob {
    generations = List.copyOf(generations);
  }

  /** The same with other videos. */
  public VideoJob with(List<Generation> others) {
    return new VideoJob(
        id,
        api,
        state,
        status,
        createdAt,
        finishedAt,
        expiresAt,
        others,
        failureReason,
        failureMessage,
        answer);
  }

  /** Whether the failure was the content filter's doing: to try again is of no use. */
  public boolean moderated() {
    return failureReason
        .filter(reason -> reason.toLowerCase(Locale.ROOT).contains("moderation"))
        .isPresent();
  }
}

package io.soracourier.sora;

import java.util.List;
import java.util.Optional;

/**
 * What a list says of a job.
 *
 * @param state unknown where it does not say
 * @param model empty where it does not say
 * @param videos the ids of its videos; empty until it succeeded, or may have
 */
public record ListedJob(
    JobId id, JobState state, Optional<String> model, JobTimes times, List<String> videos) {
  public ListedJob {
    videos = List.copyOf(videos);
  }
}

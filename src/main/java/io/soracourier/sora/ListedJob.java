package io.soracourier.sora;

import java.util.List;
import java.util.Optional;

/**
 * A job in a list.
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

package io.soracourier.local;

import io.soracourier.simulator.JobBuilder;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.ServerProfile;
import io.soracourier.simulator.SeveralVideos;
import io.soracourier.simulator.SoraSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What sample jobs there are to make at the simulated service. */
enum JobKind {
  SORA_1("sora1", "Sora 1", 20),
  VIDEOS("videos", "/v1/videos", 20),
  SEVERAL("several", "Several videos", 20),
  LARGE("large", "A large video (96 MiB)", 1),
  FAILED("failed", "One that fails", 20),
  MODERATED("moderated", "One that is refused for its content", 20);

  private static final long LARGE_BYTES = 96L * 1024 * 1024;
  private static final long SEED = 19;
  private static final int VARIANTS = 4;
  private static final int OUTPUTS = 3;

  private final String key;
  private final String title;
  private final int max;

  JobKind(String key, String title, int max) {
    this.key = key;
    this.title = title;
    this.max = max;
  }

  /** What the calls of the panel name it. */
  String key() {
    return key;
  }

  /** For people. */
  String title() {
    return title;
  }

  /** How many are made by one call, at most. */
  int max() {
    return max;
  }

  /**
   * @param server absent for Azure's service
   */
  static List<JobKind> of(Optional<ServerProfile> server) {
    return Arrays.stream(values()).filter(kind -> kind.isMadeBy(server)).toList();
  }

  private boolean isMadeBy(Optional<ServerProfile> server) {
    return switch (this) {
      case SORA_1 -> server.isEmpty();
      case SEVERAL -> server.isEmpty() || SeveralVideos.isMadeBy(server.get().name());
      case VIDEOS, LARGE, FAILED, MODERATED -> true;
    };
  }

  /**
   * Makes one.
   *
   * @param stateTime how long it is in each state
   * @return its id
   */
  String make(SoraSimulator simulator, Optional<ServerProfile> server, Duration stateTime) {
    boolean sora1 = server.isEmpty() && (this == SORA_1 || this == SEVERAL);
    JobBuilder job =
        described(sora1 ? simulator.sora1Job() : simulator.sora2Video(), server)
            .prompt("a letter flies over the sea");
    return job.statusesEvery(stateTime, states(sora1, server)).add().id();
  }

  private JobBuilder described(JobBuilder job, Optional<ServerProfile> server) {
    return switch (this) {
      case SORA_1, VIDEOS -> job.video(Mp4.genuine());
      case SEVERAL ->
          server
              .map(other -> SeveralVideos.announced(job.outputs(OUTPUTS), other.name(), OUTPUTS))
              .orElseGet(() -> job.variants(VARIANTS));
      case LARGE -> job.video(Mp4.ofSize(LARGE_BYTES, SEED));
      case FAILED -> job.failureMessage("The scene could not be rendered.");
      case MODERATED ->
          job.failureReason("moderation_blocked")
              .failureMessage("Your request was blocked by our moderation system.");
    };
  }

  /** Long enough in the last one before the end to see the progress move. */
  private String[] states(boolean sora1, Optional<ServerProfile> server) {
    List<String> states = new ArrayList<>();
    if (sora1) {
      states.addAll(List.of("queued", "preprocessing", "running", "processing", "succeeded"));
    } else {
      states.addAll(
          server.map(ServerProfile::words).orElse(List.of("queued", "in_progress", "completed")));
      String running = states.get(states.size() - 2);
      states.addAll(states.size() - 1, List.of(running, running));
    }
    if (this == FAILED || this == MODERATED) {
      states.set(states.size() - 1, "failed");
    }
    return states.toArray(String[]::new);
  }
}

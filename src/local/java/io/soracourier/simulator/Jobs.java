package io.soracourier.simulator;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The jobs the service knows, without those that were deleted or have expired. */
final class Jobs {
  /** A generation together with its job. */
  record Found(SimulatedJob job, Generation generation) {}

  private final Clock clock;
  private final ServerProfile profile;
  private final Map<String, SimulatedJob> byId = new ConcurrentHashMap<>();
  private final Map<String, SimulatedJob> byGeneration = new ConcurrentHashMap<>();

  /**
   * @param profile null for the services themselves
   */
  Jobs(Clock clock, ServerProfile profile) {
    this.clock = clock;
    this.profile = profile;
  }

  Clock clock() {
    return clock;
  }

  SimulatedJob add(SimulatedJob job) {
    byId.put(job.id(), job);
    job.generationIds().forEach(generation -> byGeneration.put(generation, job));
    return job;
  }

  JobBuilder builder(Api api) {
    return new JobBuilder(api, clock, profile, this::add);
  }

  Optional<SimulatedJob> find(Api api, String id) {
    return Optional.ofNullable(byId.get(id)).filter(job -> job.api() == api && isThere(job));
  }

  Optional<Found> findGeneration(Api api, String generationId) {
    return Optional.ofNullable(byGeneration.get(generationId))
        .filter(job -> job.api() == api && isThere(job))
        .map(job -> new Found(job, job.generation(generationId)));
  }

  /** Newest first, as both services list them. */
  List<SimulatedJob> list(Api api) {
    return byId.values().stream()
        .filter(job -> job.api() == api && isThere(job))
        .sorted(
            Comparator.comparing(SimulatedJob::createdAt)
                .thenComparing(SimulatedJob::id)
                .reversed())
        .toList();
  }

  void delete(SimulatedJob job) {
    byId.remove(job.id());
    job.generationIds().forEach(byGeneration::remove);
  }

  private boolean isThere(SimulatedJob job) {
    return !job.isExpired(clock.instant());
  }
}

package io.soracourier.courier;

import io.soracourier.courier.Announced.Awaited;
import io.soracourier.courier.Decision.Done;
import io.soracourier.courier.Decision.Later;
import io.soracourier.sora.Generation;
import io.soracourier.sora.JobId;
import io.soracourier.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What follows for each video of a job that the service does not have any more. One that is stored
 * is reported as such: a process may have ended between its copy and its outcome, and people
 * enqueue a job again to get an outcome again.
 */
final class GoneJob {
  /** Longer than a storage is out of reach, mostly. */
  private static final Duration STORAGE_TIME = Duration.ofHours(1);

  private static final Set<FailureReason> OVER =
      EnumSet.of(
          FailureReason.EXPIRED, FailureReason.DEPLOYMENT_RETIRED, FailureReason.JOB_NOT_FOUND);

  private final GenerationDelivery delivery;

  GoneJob(GenerationDelivery delivery) {
    this.delivery = delivery;
  }

  /**
   * @param verdict on the job, which holds for each video that is not stored
   */
  List<Decision> decide(JobId id, Decision verdict, Announced announced, LookLog log) {
    try {
      if (announced.ids().isEmpty()) {
        // A replica that does not know the job shows nothing: it may have more than is stored.
        return verdict instanceof Done ? ofUnseen(id, verdict, log) : List.of(verdict);
      }
      return announced.awaited().isEmpty()
          ? List.of(verdict)
          : announced.awaited().stream()
              .map(
                  video ->
                      stored(id, video, announced.count(), log)
                          .<Decision>map(Done::new)
                          .orElseGet(() -> verdict.about(video.id())))
              .toList();
    } catch (StorageException e) {
      log.with(LogField.MESSAGE, e.getMessage()).write(LogEvent.LOOK);
      return announced.each(unlessStored(verdict, e));
    }
  }

  /** The job may be its own video, and have further ones. */
  private List<Decision> ofUnseen(JobId id, Decision verdict, LookLog log) {
    List<Outcome.Copied> found = new ArrayList<>();
    Optional<Outcome.Copied> next;
    do {
      int k = found.size();
      next = stored(id, new Awaited(Generation.id(id, k), k + 1, null), 1, log);
      next.ifPresent(found::add);
    } while (next.isPresent() && found.size() < Announced.MAX_VIDEOS);
    return found.isEmpty()
        ? List.of(verdict)
        : found.stream().<Decision>map(video -> new Done(video.among(found.size()))).toList();
  }

  private Optional<Outcome.Copied> stored(JobId id, Awaited video, int count, LookLog log) {
    try {
      return delivery.stored(id, video, count, log);
    } catch (StorageException e) {
      if (e.kind() == StorageException.Kind.OCCUPIED) {
        return Optional.empty(); // By what is no video, and does not become one.
      }
      throw e;
    }
  }

  /** Without the storage's word nothing is over. */
  private static Decision unlessStored(Decision verdict, StorageException e) {
    return verdict instanceof Done done && done.outcome() instanceof Outcome.Failed failed
        ? new Later(
            Waiting.STORAGE,
            "storage failed",
            String.valueOf(e.getMessage()),
            Duration.ZERO,
            failed.after("whether the video is stored is not known: " + e.getMessage()),
            null)
        : verdict;
  }

  /**
   * Until when a storage is waited for that alone knows whether a job has failed.
   *
   * @param deadline of the job, by the service
   */
  static Instant deadline(List<Later> laters, Instant deadline, Instant firstLook) {
    Instant end = firstLook.plus(STORAGE_TIME);
    return laters.stream().anyMatch(GoneJob::isOver) && end.isAfter(deadline) ? end : deadline;
  }

  private static boolean isOver(Later later) {
    return later.cause() == Waiting.STORAGE && OVER.contains(later.ifNoTimeIsLeft().reason());
  }
}

package io.soracourier.diagnosis;

import io.soracourier.diagnosis.Diagnosis.Conclusion;
import io.soracourier.diagnosis.Diagnosis.Row;
import io.soracourier.diagnosis.Diagnosis.Row.Unasked;
import io.soracourier.lifecycle.TimeLimits;
import io.soracourier.lifecycle.TimeLimits.Limit;
import io.soracourier.sora.JobId;
import io.soracourier.sora.PlaceName;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The blobs of one job's videos: people guess that the service keeps its videos in public ones; it
 * does not.
 */
final class BlobRows {
  /** URLs that a sentence names. */
  private static final int MAX_NAMED = 5;

  /** After these a copy may come, which meets what has the blob's name. */
  private static final Set<Conclusion> BEFORE_A_COPY =
      EnumSet.of(
          Conclusion.FOUND, Conclusion.PARTLY_FOUND, Conclusion.NOT_READY, Conclusion.UNAVAILABLE);

  private static final String NONE =
      "the service keeps no blob that can be accessed from outside; the courier's own has the id of a"
          + " video, and the job lists none";

  private final VideoStore videos;
  private final TimeLimits limits;
  private final Duration most;
  private final BooleanSupplier timeLeft;
  private final JobId id;
  private final Map<ExistingBlob, List<String>> urls = new EnumMap<>(ExistingBlob.class);
  private boolean tooSlow;

  /**
   * @param most of one look-up; none follows one that took longer
   * @param timeLeft whether there is time for another one
   */
  BlobRows(
      VideoStore videos, TimeLimits limits, Duration most, BooleanSupplier timeLeft, JobId id) {
    this.videos = videos;
    this.limits = limits;
    this.most = most;
    this.timeLeft = timeLeft;
    this.id = id;
  }

  /** Looks for the blob of a video. */
  Row of(String generationId) {
    VideoRef video = new VideoRef(id.value(), generationId);
    if (tooSlow || !timeLeft.getAsBoolean()) {
      String why = tooSlow ? "the storage took too long before" : "no time was left";
      return row(video, Unasked.UNAVAILABLE, "; it was not looked for: " + why);
    }
    try (Limit limit = limits.begin(most)) {
      try {
        return row(video, videos.find(video));
      } catch (RuntimeException e) {
        if (limit.reached()) {
          tooSlow = true;
          return row(
              video,
              Unasked.UNAVAILABLE,
              "; the storage took longer than %d ms".formatted(most.toMillis()));
        }
        if (e instanceof StorageException failure) {
          return row(video, failure);
        }
        throw e;
      }
    }
  }

  private Row row(VideoRef video, Optional<StoredVideo> found) {
    return found
        .map(there -> existing(video, ExistingBlob.of(there), ExistingBlob.words(there)))
        .orElseGet(() -> row(video, Unasked.NOT_STORED, ", and it is not there"));
  }

  private Row row(VideoRef video, StorageException failure) {
    return switch (failure.kind()) {
      case OCCUPIED ->
          existing(
              video,
              ExistingBlob.KEPT,
              ", and a copy ends as storage-denied: " + failure.getMessage());
      case CONFLICT ->
          row(
              video,
              Unasked.UNAVAILABLE,
              "; %s; the courier checks it again until its deadline"
                  .formatted(failure.getMessage()));
      case TRANSIENT, FOREIGN, DENIED, NOT_FOUND, TOO_LARGE, CORRUPT, REJECTED ->
          row(video, Unasked.UNAVAILABLE, "; " + failure.getMessage());
    };
  }

  private Row existing(VideoRef video, ExistingBlob blob, String words) {
    urls.computeIfAbsent(blob, none -> new ArrayList<>()).add(videos.url(video).toString());
    return row(video, blob.verdict(), words);
  }

  private Row row(VideoRef video, Unasked verdict, String words) {
    return Row.unasked(
        PlaceName.BLOB,
        video.generationId(),
        verdict,
        "the service keeps no blob that can be accessed from outside; the courier's own is "
            + videos.url(video)
            + words);
  }

  /** Of a job whose videos are not known. */
  static Row none() {
    return Row.unasked(PlaceName.BLOB, null, Unasked.NOTHING_TO_ASK, NONE);
  }

  /** Sentences on the blobs that are there, as far as they matter; empty where none does. */
  String sentences(Conclusion conclusion) {
    StringBuilder sentences = new StringBuilder();
    urls.forEach(
        (blob, all) -> {
          if (blob == ExistingBlob.DELIVERED || BEFORE_A_COPY.contains(conclusion)) {
            sentences.append(' ').append(blob.sentence(listed(all)));
          }
        });
    return sentences.toString();
  }

  private static String listed(List<String> all) {
    return String.join(", ", all.subList(0, Math.min(all.size(), MAX_NAMED)))
        + (all.size() > MAX_NAMED ? " and %d more".formatted(all.size() - MAX_NAMED) : "");
  }
}

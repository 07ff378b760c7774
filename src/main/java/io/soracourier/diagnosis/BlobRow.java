package io.soracourier.diagnosis;

import io.soracourier.diagnosis.Diagnosis.Row;
import io.soracourier.diagnosis.Diagnosis.Row.Unasked;
import io.soracourier.sora.JobId;
import io.soracourier.sora.PlaceName;
import io.soracourier.storage.Owner;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StoredVideo;
import io.soracourier.storage.VideoRef;
import io.soracourier.storage.VideoStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The blob of a video: people guess that the service keeps its videos in a public one; it does not.
 */
record BlobRow(VideoStore videos, JobId id) {
  /** URLs that a sentence names. */
  private static final int MAX_NAMED = 5;

  private static final String NONE =
      "the service keeps no blob that can be accessed from outside; the courier's own has the id of a"
          + " video, and the job lists none";

  Row of(String generationId) {
    VideoRef ref = new VideoRef(id.value(), generationId);
    String explanation =
        "the service keeps no blob that can be accessed from outside; the courier's own is "
            + videos.url(ref);
    try {
      Optional<StoredVideo> found = videos.find(ref);
      Optional<StoredVideo> stored =
          found.filter(video -> video.owner().kind() != Owner.Kind.OTHER);
      String there =
          stored
              .map(video -> ", and there it is: " + video.bytes() + " bytes")
              .orElse(
                  found.isPresent()
                      ? ", and the blob there is of another job"
                      : ", and it is not there");
      return Row.unasked(
          PlaceName.BLOB,
          generationId,
          stored.isPresent() ? Unasked.STORED : Unasked.NOT_STORED,
          explanation + there);
    } catch (StorageException e) {
      return Row.unasked(
          PlaceName.BLOB, generationId, Unasked.UNAVAILABLE, explanation + "; " + e.getMessage());
    }
  }

  /** Of a job whose videos are not known. */
  static Row none() {
    return Row.unasked(PlaceName.BLOB, null, Unasked.NOTHING_TO_ASK, NONE);
  }

  /** A sentence with the blobs that are there; empty where none is. */
  String stored(List<Row> rows) {
    List<String> urls =
        rows.stream()
            .filter(row -> row.unasked() == Unasked.STORED)
            .map(Row::generationId)
            .filter(Objects::nonNull)
            .map(video -> videos.url(new VideoRef(id.value(), video)).toString())
            .toList();
    if (urls.isEmpty()) {
      return "";
    }
    String more = urls.size() > MAX_NAMED ? " and %d more".formatted(urls.size() - MAX_NAMED) : "";
    return " The courier has copied it already: "
        + String.join(", ", urls.subList(0, Math.min(urls.size(), MAX_NAMED)))
        + more;
  }
}

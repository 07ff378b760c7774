package io.soracourier.courier;

import io.soracourier.sora.Generation;
import io.soracourier.sora.VideoJob;

/** What there is to say where a job has fewer videos than it was to make, or too many. */
final class VideoCount {
  private VideoCount() {}

  /** Once: in the look that first sees it done. */
  static void warnOfFewer(VideoJob job, LookNote note, LookLog log) {
    int listed = job.generations().size();
    boolean first = note.announced().ids().isEmpty() && listed > 0;
    if (first && job.expectedVideos() != null && job.expectedVideos() > listed) {
      log.with(
              LogField.MESSAGE,
              "the job was to make %d videos and lists %d".formatted(job.expectedVideos(), listed))
          .write(LogEvent.FEWER_VIDEOS);
    }
  }

  /** A sentence on the videos beyond those that are delivered. */
  static String tooMany(VideoJob job, Announced all) {
    return "job %s lists %d generations, and %d of one job are delivered: the other %d were not copied, from '%s' on; fetch them from the service before they expire"
        .formatted(job.id(), all.count(), all.ids().size(), all.beyond(), firstBeyond(job, all));
  }

  private static String firstBeyond(VideoJob job, Announced all) {
    return job.generations().stream()
        .map(Generation::id)
        .filter(id -> !all.ids().contains(id))
        .findFirst()
        .orElseThrow();
  }
}

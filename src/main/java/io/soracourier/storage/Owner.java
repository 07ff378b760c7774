package io.soracourier.storage;

import org.jspecify.annotations.Nullable;

/**
 * Whose something stored is, by the ids that are kept with it.
 *
 * @param jobId as it is kept, anybody's text; null where there is none
 * @param generationId the same
 */
public record Owner(Kind kind, @Nullable String jobId, @Nullable String generationId) {
  /** Compared with the requested video. */
  public enum Kind {
    /** Both ids are the video's: it was made for it. */
    THIS,
    /** An id is another one's: it was made for another job or generation. */
    OTHER,
    /** Neither is certain: ids are missing. */
    UNKNOWN
  }

  /**
   * @param video that was requested
   * @param jobId as it is kept; an empty one counts as missing, for no id is empty
   */
  public static Owner of(VideoRef video, @Nullable String jobId, @Nullable String generationId) {
    return new Owner(kind(video, jobId, generationId), jobId, generationId);
  }

  private static Kind kind(VideoRef video, @Nullable String jobId, @Nullable String generationId) {
    if (video.jobId().equals(jobId) && video.generationId().equals(generationId)) {
      return Kind.THIS;
    }
    return isOther(video.jobId(), jobId) || isOther(video.generationId(), generationId)
        ? Kind.OTHER
        : Kind.UNKNOWN;
  }

  private static boolean isOther(String own, @Nullable String kept) {
    return kept != null && !kept.isEmpty() && !kept.equals(own);
  }
}

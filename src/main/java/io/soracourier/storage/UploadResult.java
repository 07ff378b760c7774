package io.soracourier.storage;

/**
 * How an upload ended. In every case there is something whole under the video's name.
 *
 * @param video what is there now
 */
public record UploadResult(Outcome outcome, StoredVideo video) {
  /** Whose bytes are there. */
  public enum Outcome {
    /** This upload's. */
    COMMITTED,
    /**
     * Bytes of the same length and MD5 were there, and no ids of another video: an earlier
     * delivery's, a racing one's, or this upload's own from a commit whose response was lost.
     */
    SAME_ALREADY_THERE,
    /** Something else was there. It was kept. */
    OTHER_ALREADY_THERE
  }
}

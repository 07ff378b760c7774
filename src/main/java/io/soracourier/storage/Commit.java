package io.soracourier.storage;

/**
 * How an upload ended. In every case there is a whole blob under the name.
 *
 * @param video what is there now
 */
public record Commit(Outcome outcome, StoredVideo video) {
  /** Whose bytes are there. */
  public enum Outcome {
    /** This upload's. */
    COMMITTED,
    /**
     * Bytes of the same length and MD5 were there: an earlier delivery's, a racing one's, or this
     * upload's own from a commit whose answer was lost.
     */
    SAME_ALREADY_THERE,
    /** Something else was there. It was kept. */
    OTHER_ALREADY_THERE
  }
}

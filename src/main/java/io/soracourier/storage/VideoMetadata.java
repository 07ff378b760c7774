package io.soracourier.storage;

import java.util.Map;

/** The metadata {@code jobid} and {@code generationid} of a video's blob: visible ASCII. */
public record VideoMetadata(String jobId, String generationId) {
  private static final String JOB_ID = "jobid";
  private static final String GENERATION_ID = "generationid";

  Map<String, String> asMap() {
    return Map.of(JOB_ID, jobId, GENERATION_ID, generationId);
  }

  /** Whether a blob with this metadata was made for this video. */
  public boolean isIn(Map<String, String> metadata) {
    return jobId.equals(metadata.get(JOB_ID)) && generationId.equals(metadata.get(GENERATION_ID));
  }

  /** Whether a blob with this metadata was made for a video of another job or generation. */
  public boolean isContradictedBy(Map<String, String> metadata) {
    return isOther(jobId, metadata.get(JOB_ID))
        || isOther(generationId, metadata.get(GENERATION_ID));
  }

  /** Empty counts as missing: nobody's id is empty. */
  private static boolean isOther(String own, String there) {
    return there != null && !there.isEmpty() && !there.equals(own);
  }
}

package io.soracourier.storage;

import java.util.Map;

/** The metadata {@code jobid} and {@code generationid} of a video's blob: visible ASCII. */
public record VideoMetadata(String jobId, String generationId) {
  Map<String, String> asMap() {
    return Map.of("jobid", jobId, "generationid", generationId);
  }
}

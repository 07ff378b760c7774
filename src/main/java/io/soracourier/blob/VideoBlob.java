package io.soracourier.blob;

import io.soracourier.storage.VideoRef;

/**
 * How a video is kept as a blob.
 *
 * <p>Source of the limits: "Scalability and performance targets for Blob storage" in Microsoft's
 * documentation.
 */
final class VideoBlob {
  static final String CONTENT_TYPE = "video/mp4";
  static final String JOB_ID = "x-ms-meta-jobid";
  static final String GENERATION_ID = "x-ms-meta-generationid";
  static final int MAX_BLOCKS = 50_000;
  static final long MAX_BYTES = MAX_BLOCKS * 4_000L * 1024 * 1024;

  private static final String SUFFIX = ".mp4";

  private VideoBlob() {}

  /** A generation has one, however often it is copied. */
  static String name(VideoRef video) {
    return video.generationId() + SUFFIX;
  }
}

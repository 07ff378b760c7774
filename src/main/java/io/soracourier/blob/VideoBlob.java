package io.soracourier.blob;

import io.soracourier.storage.PictureFormat;
import io.soracourier.storage.VideoRef;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * How a video is kept as a blob.
 *
 * <p>Source of the limits: "Scalability and performance targets for Blob storage" and "Naming and
 * referencing containers, blobs, and metadata" in Microsoft's documentation.
 */
final class VideoBlob {
  static final String CONTENT_TYPE = "video/mp4";
  static final String JOB_ID = "x-ms-meta-jobid";
  static final String GENERATION_ID = "x-ms-meta-generationid";
  static final String TYPE = "x-ms-blob-type";
  static final String CONTENT_TYPE_HEADER = "x-ms-blob-content-type";
  static final String MD5 = "x-ms-blob-content-md5";

  /** Characters of a name. */
  static final int MAX_NAME = 1024;

  static final int MAX_BLOCKS = 50_000;
  static final long MAX_BYTES = MAX_BLOCKS * 4_000L * 1024 * 1024;

  private static final String SUFFIX = ".mp4";
  private static final Pattern ESCAPED = Pattern.compile("[^A-Za-z0-9_.~=+@-]");

  private VideoBlob() {}

  /**
   * A generation has one, however often it is copied. Letters, digits and {@code _ - . ~ = + @} of
   * its id stay as they are; any other character is a comma and the two hex digits of its ASCII
   * code, {@code ,3A} for a colon. No id has a comma, so that the id can be read from the name, and
   * no two ids share one.
   */
  static String name(VideoRef video) {
    return escaped(video) + SUFFIX;
  }

  /** A picture is beside the video: {@code {generation id}.thumbnail.webp}. */
  static String pictureName(VideoRef video, String picture, PictureFormat format) {
    return escaped(video) + "." + picture + "." + format.extension();
  }

  /** By the name's extension. */
  static String contentType(String name) {
    return Arrays.stream(PictureFormat.values())
        .filter(format -> name.endsWith("." + format.extension()))
        .map(PictureFormat::mediaType)
        .findFirst()
        .orElse(CONTENT_TYPE);
  }

  private static String escaped(VideoRef video) {
    return ESCAPED
        .matcher(video.generationId())
        .replaceAll(c -> ",%02X".formatted((int) c.group().charAt(0)));
  }
}

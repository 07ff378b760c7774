package io.soracourier.records;

/**
 * A video of a job that is stored.
 *
 * @param bytes its length
 * @param contentMd5 MD5 of the whole, in Base64
 * @param width in pixels, as {@code height}, or null where the service did not say
 * @param seconds its length in time, or null where the service did not say
 * @param thumbnailUrl of the blob with its thumbnail, or null where none is stored
 * @param spritesheetUrl the same of its spritesheet
 */
public record RecordedVideo(
    String generationId,
    String blobUrl,
    long bytes,
    String contentMd5,
    Integer width,
    Integer height,
    Integer seconds,
    String thumbnailUrl,
    String spritesheetUrl) {}

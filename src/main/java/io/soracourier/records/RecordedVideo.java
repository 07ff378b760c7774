package io.soracourier.records;

import org.jspecify.annotations.Nullable;

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
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Integer seconds,
    @Nullable String thumbnailUrl,
    @Nullable String spritesheetUrl) {}

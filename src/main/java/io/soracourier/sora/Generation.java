package io.soracourier.sora;

import java.net.URI;

/**
 * One video of a finished job.
 *
 * @param id names the content and the blob
 * @param content the documented address of its content
 * @param width pixels, or null where the service does not say
 * @param height pixels, or null
 * @param seconds its length, or null
 */
public record Generation(String id, URI content, Integer width, Integer height, Integer seconds) {}

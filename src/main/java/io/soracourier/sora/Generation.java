package io.soracourier.sora;

import java.net.URI;

/**
 * One video of a finished job.
 *
 * @param id names the content and the blob; where the service gave what is no id, the beginning of
 *     that
 * @param content the documented address of its content, or null where the id is none
 * @param width pixels, or null where the service does not say
 * @param height pixels, or null
 * @param seconds its length, or null
 */
public record Generation(String id, URI content, Integer width, Integer height, Integer seconds) {
  /** One that a job has announced and does not list any more: where the API documents it. */
  public static Generation unlisted(String id, VideoApi api, Endpoint endpoint) {
    return new Generation(id, JobId.isId(id) ? endpoint.content(api, id) : null, null, null, null);
  }
}

package io.soracourier.sora;

import io.soracourier.text.Excerpt;
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
  private static final int MAX_NAME = 200;

  /** One that a response lists; what is not an id goes nowhere but into a message. */
  static Generation listed(String id, URI content, Integer width, Integer height, Integer seconds) {
    String name = JobId.isId(id) ? id : Excerpt.of(id, MAX_NAME);
    return new Generation(name, content, width, height, seconds);
  }

  /** One that a job has announced and does not list any more: where the API documents it. */
  public static Generation unlisted(String id, VideoApi api, Endpoint endpoint) {
    return new Generation(id, endpoint.content(api, id), null, null, null);
  }
}

package io.soracourier.sora;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A response of the video service as it arrived, to search in it.
 *
 * @param uri what was requested
 * @param status of HTTP
 * @param headers values by name
 * @param json the body; missing where it is no JSON
 */
public record ServiceResponse(
    URI uri, int status, Map<String, List<String>> headers, JsonNode json) {
  /** Not done yet, regardless of the body. */
  static final int ACCEPTED = 202;
}

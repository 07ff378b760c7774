package io.soracourier.sora;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * An answer of the video service as it came, for when something must be found in it.
 *
 * @param uri what was asked
 * @param status of HTTP
 * @param headers values by name
 * @param json the body; missing where it is no JSON
 */
public record ServiceResponse(
    URI uri, int status, Map<String, List<String>> headers, JsonNode json) {
  /** Not done yet, whatever the body says. */
  static final int ACCEPTED = 202;
}

package io.soracourier.sora;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A request to the video service and its response: the evidence in a failure.
 *
 * @param request method and path, without host, query or credential
 * @param status the HTTP status, or null where there was no response
 * @param error the service's words, or what was wrong with the response
 */
public record Attempt(String request, @Nullable Integer status, String error) {
  /** The evidence of a GET. */
  public static Attempt get(URI uri, @Nullable Integer status, String error) {
    return new Attempt("GET " + uri.getRawPath(), status, error);
  }
}

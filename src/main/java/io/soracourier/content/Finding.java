package io.soracourier.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What one request for content came to.
 *
 * @param place what kind of place was asked, in words
 * @param uri what was asked
 * @param credential whether the endpoint's credential went with it
 * @param status the HTTP status, or null where there was no answer
 * @param contentType as it was answered, or null
 * @param shape the structure of a JSON body, keys and types without values, or null
 * @param urls the URLs in it
 * @param headers those that matter here
 * @param requestId the service's own, or null
 * @param verdict what kind of answer it is
 * @param explanation the verdict in a sentence
 */
public record Finding(
    String place,
    URI uri,
    boolean credential,
    Integer status,
    String contentType,
    JsonNode shape,
    List<FoundUrl> urls,
    Map<String, String> headers,
    String requestId,
    Duration took,
    Verdict verdict,
    String explanation) {

  /** Kinds of answers. */
  public enum Verdict {
    /** The content is here. */
    VIDEO,
    /** JSON that names URLs, which are asked next. */
    NAMES_URLS,
    /** JSON without a URL. */
    NAMES_NO_URL,
    /** An answer that is neither JSON nor an MP4. */
    NOT_A_VIDEO,
    NOT_FOUND,
    /** 401 or 403. */
    DENIED,
    /** 410, or the model is deprecated. */
    RETIRED,
    /** 408 or 429. */
    THROTTLED,
    /** 5xx, or no answer. */
    UNAVAILABLE,
    /** Any other 4xx. */
    REJECTED,
    /** A URL that the courier does not follow. */
    NOT_FOLLOWED
  }

  /** The same with another verdict. */
  Finding judged(Verdict other, String why) {
    return new Finding(
        place,
        uri,
        credential,
        status,
        contentType,
        shape,
        urls,
        headers,
        requestId,
        took,
        other,
        why);
  }

  /** The address without what may be a signature. */
  public String printableUri() {
    return FoundUrl.printable(uri);
  }
}

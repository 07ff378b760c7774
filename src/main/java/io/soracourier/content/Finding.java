package io.soracourier.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.soracourier.sora.JsonShape;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.SoraException;
import io.soracourier.text.Excerpt;
import io.soracourier.url.FoundUrl;
import io.soracourier.url.Redirect;
import io.soracourier.url.UrlProperties;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one request for content came to, for people.
 *
 * @param place the kind of address that was requested
 * @param candidate the address
 * @param credential whether the endpoint's credential was sent with it
 * @param redirects that were met on the way to the response, in order
 * @param response null where there was none
 * @param result what kind of response it is
 * @param explanation the result in words, without repeating the request
 */
public record Finding(
    PlaceName place,
    Candidate candidate,
    boolean credential,
    List<Redirect> redirects,
    @Nullable Response response,
    Duration took,
    Result result,
    String explanation) {
  public Finding {
    redirects = List.copyOf(redirects);
  }

  /**
   * What came, without what may be secret.
   *
   * @param contentType null where the header is missing
   * @param shape the structure of a JSON body, keys and types without values; null of any other
   * @param properties which of {@link UrlProperties#TRIED} have a value in a JSON body
   * @param urls the URLs in it
   * @param headers those that matter here
   * @param requestId the service's own
   */
  public record Response(
      int status,
      @Nullable String contentType,
      @Nullable JsonNode shape,
      List<String> properties,
      List<FoundUrl> urls,
      Map<String, String> headers,
      @Nullable String requestId) {
    private static final int MAX_HEADER = 200;
    private static final List<String> HEADERS_THAT_MATTER =
        List.of(
            "Location",
            "Content-Location",
            "Content-Length",
            "Accept-Ranges",
            "Last-Modified",
            "ETag",
            "Retry-After");

    public Response {
      properties = List.copyOf(properties);
      urls = List.copyOf(urls);
    }

    static Response of(ContentResponse response) {
      return of(response, MissingNode.getInstance(), List.of());
    }

    static Response of(ContentResponse response, JsonNode body, List<FoundUrl> urls) {
      return new Response(
          response.status(),
          printable(response.header("Content-Type")),
          body.isContainerNode() ? JsonShape.of(body) : null,
          UrlProperties.in(body),
          urls,
          headersThatMatter(response),
          printable(response.header("apim-request-id")));
    }

    /** URLs lose their query, which may contain a signature. */
    private static Map<String, String> headersThatMatter(ContentResponse response) {
      Map<String, String> headers = new LinkedHashMap<>();
      for (String name : HEADERS_THAT_MATTER) {
        String value = response.header(name);
        if (value != null) {
          String printable = Excerpt.of(value, MAX_HEADER);
          headers.put(
              name, name.endsWith("Location") ? printable.replaceFirst("\\?.*", "?…") : printable);
        }
      }
      return headers;
    }

    private static @Nullable String printable(@Nullable String header) {
      return header == null ? null : Excerpt.of(header, MAX_HEADER);
    }
  }

  /** Kinds of responses. */
  public enum Result {
    /** The content is here. */
    VIDEO,
    /** A response without a video that names URLs. */
    NAMES_URLS,
    /** JSON without a URL. */
    NAMES_NO_URL,
    /** A 2xx that is neither an MP4 nor JSON with properties, such as an empty one. */
    NOT_A_VIDEO,
    /** 404, or another status for a missing job; or not ready yet: 202, 409, 425. */
    NOT_FOUND,
    /** A page for people, or a redirect, where the API was expected. */
    WRONG_ENDPOINT,
    /** 410, or a code for expired content. */
    EXPIRED,
    /** 401, 402 or 403, or a code about a budget or an expired key. */
    DENIED,
    /** The model is deprecated. */
    RETIRED,
    /** 408, 423 or 429. */
    THROTTLED,
    /**
     * 5xx, or no whole response; a redirect without a usable {@code Location}; a 206 with only a
     * part; 401 or 403 of another host.
     */
    UNAVAILABLE,
    /** Any other 4xx. */
    REJECTED,
    /** A URL that the courier does not follow. */
    NOT_FOLLOWED;

    static Result of(SoraException.Kind failure) {
      return switch (failure) {
        case NOT_FOUND -> NOT_FOUND;
        case RETIRED -> RETIRED;
        case EXPIRED -> EXPIRED;
        case DENIED -> DENIED;
        case THROTTLED -> THROTTLED;
        case UNAVAILABLE, UNREADABLE -> UNAVAILABLE;
        case WRONG_ENDPOINT -> WRONG_ENDPOINT;
        case REJECTED, MODERATED -> REJECTED;
      };
    }

    /** As it is in JSON and on the page. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The same of a request that was not sent, for want of a credential. */
  Finding notSent() {
    return new Finding(place, candidate, false, redirects, response, took, result, explanation);
  }

  /** The same with another result. */
  Finding judged(Result other, String why) {
    return new Finding(place, candidate, credential, redirects, response, took, other, why);
  }

  /** The address without what may be a signature. */
  public String printableUri() {
    return candidate.printable();
  }

  /** The property or header that named the address, in words, or null where nothing did. */
  public @Nullable String via() {
    return candidate.via();
  }

  /** Whether the service itself points to this address, by its documentation or in a response. */
  public boolean isKnown() {
    return via() != null || place == PlaceName.DOCUMENTED;
  }

  /** The URLs in the response. */
  public List<FoundUrl> urls() {
    return response == null ? List.of() : response.urls();
  }
}

package io.soracourier.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.VideoApi;
import io.soracourier.text.Excerpt;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one request for content came to.
 *
 * @param place what kind of place was asked
 * @param api that the request was of
 * @param uri what was asked
 * @param via the property or header that named the address, in words, or null where nothing did
 * @param credential whether the endpoint's credential went with it
 * @param redirects that were met on the way to the answer, in order
 * @param answer null where there was none
 * @param result what kind of answer it is
 * @param explanation the result in words, without repeating the request
 */
public record Finding(
    PlaceName place,
    VideoApi api,
    URI uri,
    String via,
    boolean credential,
    List<Redirect> redirects,
    Answer answer,
    Duration took,
    Result result,
    String explanation) {
  public Finding {
    redirects = List.copyOf(redirects);
  }

  /**
   * What was answered, without what may be secret.
   *
   * @param contentType null where it is not said
   * @param shape the structure of a JSON body, keys and types without values, or null
   * @param properties which of {@link UrlProperties#TRIED} a JSON body has
   * @param urls the URLs in it
   * @param headers those that matter here
   * @param requestId the service's own, or null
   */
  public record Answer(
      int status,
      String contentType,
      JsonNode shape,
      List<String> properties,
      List<FoundUrl> urls,
      Map<String, String> headers,
      String requestId) {
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

    public Answer {
      properties = List.copyOf(properties);
      urls = List.copyOf(urls);
    }

    static Answer of(ContentResponse answer, JsonNode shape, List<FoundUrl> urls) {
      return new Answer(
          answer.status(),
          printable(answer.header("Content-Type")),
          shape,
          shape == null ? List.of() : UrlProperties.in(shape),
          urls,
          headersThatMatter(answer),
          printable(answer.header("apim-request-id")));
    }

    /** URLs lose their query, which may hold a signature. */
    private static Map<String, String> headersThatMatter(ContentResponse answer) {
      Map<String, String> headers = new LinkedHashMap<>();
      for (String name : HEADERS_THAT_MATTER) {
        String value = answer.header(name);
        if (value != null) {
          String printable = printable(value);
          headers.put(
              name, name.endsWith("Location") ? printable.replaceFirst("\\?.*", "?…") : printable);
        }
      }
      return headers;
    }

    private static String printable(String header) {
      return header == null ? null : Excerpt.of(header, MAX_HEADER);
    }
  }

  /** Kinds of answers. */
  public enum Result {
    /** The content is here. */
    VIDEO,
    /** An answer without a video that names URLs, which are asked next. */
    NAMES_URLS,
    /** JSON without a URL. */
    NAMES_NO_URL,
    /** An answer that is neither JSON nor an MP4. */
    NOT_A_VIDEO,
    /** 404. */
    NOT_FOUND,
    /** A page for people, or a redirect, where the API was expected. */
    WRONG_ENDPOINT,
    /** 410, or a code that says that it has expired. */
    EXPIRED,
    /** 401 or 403. */
    DENIED,
    /** The model is deprecated. */
    RETIRED,
    /** 408, 425 or 429. */
    THROTTLED,
    /** 5xx, or no answer. */
    UNAVAILABLE,
    /** Any other 4xx. */
    REJECTED,
    /** A URL that the courier does not follow. */
    NOT_FOLLOWED;

    /** As it is in JSON and on the page. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The same with another verdict. */
  Finding judged(Result other, String why) {
    return new Finding(place, api, uri, via, credential, redirects, answer, took, other, why);
  }

  /** The address without what may be a signature. */
  public String printableUri() {
    return candidate().printable();
  }

  /** The same for evidence. */
  URI shownUri() {
    return candidate().shown();
  }

  private Candidate candidate() {
    return new Candidate(api, uri, via, false);
  }

  /** Whether the service itself points to this address, by its documentation or an answer. */
  public boolean isKnown() {
    return via != null || place == PlaceName.DOCUMENTED;
  }

  /** The URLs that the answer names. */
  public List<FoundUrl> urls() {
    return answer == null ? List.of() : answer.urls();
  }
}

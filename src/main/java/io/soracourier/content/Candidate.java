package io.soracourier.content;

import io.soracourier.sora.VideoApi;
import io.soracourier.text.Secrets;
import io.soracourier.url.FoundUrl;
import io.soracourier.url.UrlText;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address at which content may be.
 *
 * @param api whose server it would be, where it is at the endpoint
 * @param via the property or header that named it, in words, or null where nothing did
 * @param documented whether it is the endpoint's documented address of this content: its redirects
 *     are trusted, to any host
 */
public record Candidate(VideoApi api, URI uri, @Nullable String via, boolean documented) {
  private static final String REDIRECT = "a redirect";
  private static final Pattern ONE_OF_SEVERAL = Pattern.compile("[a-z_]{1,20}=\\d{1,3}");
  private static final Pattern INDEX = Pattern.compile("(output_)?index=\\d{1,3}");

  /** One that the courier made itself. */
  static Candidate own(VideoApi api, URI uri) {
    return new Candidate(api, uri, null, false);
  }

  /** The one that the API documents. */
  static Candidate documented(VideoApi api, URI uri) {
    return new Candidate(api, uri, null, true);
  }

  /**
   * @param response whose response named it, in words
   * @param documented the documented address of the content, which responses name too
   */
  static Candidate named(VideoApi api, FoundUrl url, String response, URI documented) {
    return new Candidate(
        api, url.uri(), url.where() + " in " + response, isOneOf(documented, url.uri()));
  }

  /** Whether a URL is that address, or one of several videos there: {@code ?index=1}. */
  private static boolean isOneOf(URI documented, URI uri) {
    return withoutQuery(uri).equals(withoutQuery(documented))
        && (uri.getRawQuery() == null
            || uri.getRawQuery().equals(documented.getRawQuery())
            || ONE_OF_SEVERAL.matcher(uri.getRawQuery()).matches());
  }

  private static URI withoutQuery(URI uri) {
    return uri.getRawQuery() == null ? uri : uri.resolve(uri.getRawPath());
  }

  /** Where its response redirects to. */
  Candidate redirected(URI to) {
    Secrets.registerQuery(to);
    return new Candidate(api, to, REDIRECT, false);
  }

  /** Whether a response redirected here: who may read it was decided before. */
  boolean isRedirect() {
    return REDIRECT.equals(via);
  }

  /**
   * For a person, without what may be a signature. The courier's own addresses have ids in them,
   * which stay as they are; those of others have whatever others put there.
   */
  public String printable() {
    return via == null ? UrlText.printable(uri) : UrlText.excerpt(uri);
  }

  /** The same for evidence, which has the path alone. */
  URI shown() {
    if (via == null) {
      return uri;
    }
    try {
      return URI.create(printable());
    } catch (IllegalArgumentException cutInsideAnEscape) {
      return uri.resolve("/…");
    }
  }

  /** With the query where that selects one video of a job: it has no secret. */
  String request() {
    String query = uri.getRawQuery();
    boolean identifies = query != null && INDEX.matcher(query).matches();
    return "GET " + shown().getRawPath() + (identifies ? "?" + query : "");
  }
}

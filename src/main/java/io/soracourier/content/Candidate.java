package io.soracourier.content;

import io.soracourier.sora.VideoApi;
import io.soracourier.text.Excerpt;
import io.soracourier.text.Secrets;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * An address at which content may be.
 *
 * @param api whose server it would be, where it is at the endpoint
 * @param via the property or header that named it, in words, or null where nothing did
 * @param documented whether it is the endpoint's documented address of this content: its redirects
 *     are trusted, to any host
 */
record Candidate(VideoApi api, URI uri, String via, boolean documented) {
  private static final int MAX_LENGTH = 2_000;
  private static final String REDIRECT = "a redirect";
  private static final Pattern INDEX = Pattern.compile("[a-z_]{1,20}=\\d{1,3}");

  /** One that the courier made itself. */
  static Candidate own(VideoApi api, URI uri) {
    return new Candidate(api, uri, null, false);
  }

  /** The one that the API documents. */
  static Candidate documented(VideoApi api, URI uri) {
    return new Candidate(api, uri, null, true);
  }

  /** Whether a response redirected here: who may read it was decided before. */
  boolean isRedirect() {
    return REDIRECT.equals(via);
  }

  /** Where its response redirects to. */
  Candidate redirected(URI to) {
    Secrets.registerQuery(to);
    return new Candidate(api, to, REDIRECT, false);
  }

  /**
   * For a person, without what may be a signature. The courier's own addresses have ids in them,
   * which stay as they are; those of others have whatever others put there.
   */
  String printable() {
    return printable(uri, via);
  }

  static String printable(URI uri, String via) {
    String printable = FoundUrl.printable(uri);
    return via == null ? printable : Excerpt.of(printable, MAX_LENGTH);
  }

  /** The same for evidence, which tells the path alone. */
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

  /**
   * @param answer whose answer named it, in words
   * @param documented the documented address of the content, which answers name too
   */
  static Candidate named(VideoApi api, FoundUrl url, String answer, URI documented) {
    return new Candidate(
        api, url.uri(), url.where() + " in " + answer, isOneOf(documented, url.uri()));
  }

  /** Whether a URL is that address, or one of several videos there: {@code ?index=1}. */
  private static boolean isOneOf(URI documented, URI uri) {
    URI place = uri.getRawQuery() == null ? uri : uri.resolve(uri.getRawPath());
    URI its =
        documented.getRawQuery() == null ? documented : documented.resolve(documented.getRawPath());
    return place.equals(its)
        && (uri.getRawQuery() == null
            || uri.getRawQuery().equals(documented.getRawQuery())
            || INDEX.matcher(uri.getRawQuery()).matches());
  }
}

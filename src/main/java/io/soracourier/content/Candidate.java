package io.soracourier.content;

import io.soracourier.sora.VideoApi;
import io.soracourier.text.Excerpt;
import io.soracourier.text.Secrets;
import java.net.URI;

/**
 * An address at which content may be.
 *
 * @param api whose server it would be, where it is at the endpoint
 * @param via the property or header that named it, in words, or null where nothing did
 */
record Candidate(VideoApi api, URI uri, String via) {
  private static final int MAX_LENGTH = 2_000;

  /** One that the courier made itself. */
  static Candidate own(VideoApi api, URI uri) {
    return new Candidate(api, uri, null);
  }

  /** Where its response redirects to. */
  Candidate redirected(URI to) {
    Secrets.registerQuery(to);
    return new Candidate(api, to, "a redirect");
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
   */
  static Candidate named(VideoApi api, FoundUrl url, String answer) {
    return new Candidate(api, url.uri(), url.where() + " in " + answer);
  }
}

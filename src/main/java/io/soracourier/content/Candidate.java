package io.soracourier.content;

import io.soracourier.text.Excerpt;
import io.soracourier.text.Secrets;
import java.net.URI;

/**
 * An address at which content may be.
 *
 * @param via the property or header that named it, in words, or null where nothing did
 */
record Candidate(URI uri, String via) {
  private static final int LONGEST = 2_000;

  static Candidate of(String uri) {
    return new Candidate(URI.create(uri), null);
  }

  /** Where an answer redirects to. */
  static Candidate ofRedirect(URI uri) {
    Secrets.registerQuery(uri);
    return new Candidate(uri, "a redirect");
  }

  /**
   * For a person, without what may be a signature. The courier's own addresses have ids in them,
   * which stay as they are; those of others have whatever others put there.
   */
  String printable() {
    String printable = FoundUrl.printable(uri);
    return via == null ? printable : Excerpt.of(printable, LONGEST);
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
  static Candidate named(FoundUrl url, String answer) {
    return new Candidate(url.uri(), url.where() + " in " + answer);
  }
}

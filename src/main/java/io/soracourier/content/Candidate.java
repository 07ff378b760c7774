package io.soracourier.content;

import java.net.URI;

/**
 * An address at which content may be.
 *
 * @param via the property or header that named it, in words, or null where nothing did
 */
record Candidate(URI uri, String via) {
  static Candidate of(String uri) {
    return new Candidate(URI.create(uri), null);
  }

  /**
   * @param answer whose answer named it, in words
   */
  static Candidate named(FoundUrl url, String answer) {
    return new Candidate(url.uri(), url.where() + " in " + answer);
  }
}

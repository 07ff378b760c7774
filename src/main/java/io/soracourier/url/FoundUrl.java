package io.soracourier.url;

import java.net.URI;

/**
 * A URL in a response of the video service.
 *
 * @param where the property or header it was in, e.g. {@code data[0].url}
 */
public record FoundUrl(Source source, String where, URI uri) {
  /** What part of a response it was in. */
  public enum Source {
    PROPERTY,
    HEADER
  }

  /** Without what may be a signature or a password, and without known secrets. */
  public String printable() {
    return UrlText.excerpt(uri);
  }
}

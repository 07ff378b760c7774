package io.soracourier.content;

import java.net.URI;

/**
 * A URL in an answer of the video service.
 *
 * @param where the property or header it was in, e.g. {@code data[0].url}
 */
public record FoundUrl(String where, URI uri) {
  /** Without what may be a signature. */
  public String printable() {
    return printable(uri);
  }

  static String printable(URI uri) {
    String origin = uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    return uri.getRawQuery() == null ? origin : origin + "?…";
  }
}

package io.soracourier.content;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * A URL in an answer of the video service.
 *
 * @param where the property or header it was in, e.g. {@code data[0].url}
 */
public record FoundUrl(String where, URI uri) {
  private static final Pattern API_VERSION = Pattern.compile("api-version=[A-Za-z0-9.-]+");

  /** Without what may be a signature. */
  public String printable() {
    return printable(uri);
  }

  static String printable(URI uri) {
    String query = uri.getRawQuery();
    if (query == null || API_VERSION.matcher(query).matches()) {
      return uri.toString();
    }
    String origin = uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    return origin + "?…";
  }
}

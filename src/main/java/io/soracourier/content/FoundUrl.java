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

  /** Without what may be a signature or a password. */
  public String printable() {
    return printable(uri);
  }

  static String printable(URI uri) {
    String query = uri.getRawQuery();
    String authority = uri.getRawAuthority();
    String address =
        uri.getScheme()
            + "://"
            + authority.substring(authority.lastIndexOf('@') + 1)
            + uri.getRawPath();
    if (query == null) {
      return address;
    }
    return address + (API_VERSION.matcher(query).matches() ? "?" + query : "?…");
  }
}

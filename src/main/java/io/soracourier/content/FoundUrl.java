package io.soracourier.content;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * A URL in an answer of the video service.
 *
 * @param where the property or header it was in, e.g. {@code data[0].url}
 */
public record FoundUrl(Source source, String where, URI uri) {
  private static final Pattern HARMLESS =
      Pattern.compile("api-version=[A-Za-z0-9.-]+|(output_)?index=[0-9]{1,2}");

  /** What part of an answer it was in. */
  public enum Source {
    PROPERTY,
    HEADER
  }

  /** Without what may be a signature or a password, and without known secrets. */
  public String printable() {
    return Candidate.printable(uri, where);
  }

  /** In ASCII, so that no character in it is taken for another one, or for none. */
  static String printable(URI uri) {
    URI ascii = URI.create(uri.toASCIIString());
    String query = ascii.getRawQuery();
    String authority = ascii.getRawAuthority();
    String address =
        ascii.getScheme()
            + "://"
            + authority.substring(authority.lastIndexOf('@') + 1)
            + ascii.getRawPath();
    if (query == null) {
      return address;
    }
    return address + (HARMLESS.matcher(query).matches() ? "?" + query : "?…");
  }
}

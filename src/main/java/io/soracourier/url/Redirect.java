package io.soracourier.url;

import io.soracourier.text.Excerpt;
import java.net.URI;

/**
 * A response that led elsewhere.
 *
 * @param to where it led
 */
public record Redirect(int status, URI to) {
  private static final int MAX_SCHEME = 40;

  /**
   * @param location as the header has it: relative, or with characters that are not allowed there
   * @throws RefusedUrlException when it is not a URL
   */
  public static Redirect of(int status, URI from, String location) {
    try {
      URI to = RelativeUrl.resolve(from, URI.create(UrlText.escaped(location)));
      return new Redirect(status, to);
    } catch (IllegalArgumentException e) {
      throw RefusedUrlException.forNow(
          from, "it responded %d with a Location that is not a URL".formatted(status));
    }
  }

  /** Without what may be a signature, as a person may see it. */
  public String printable() {
    return to.getRawAuthority() == null
        ? Excerpt.of(to.getScheme() + ":…", MAX_SCHEME)
        : UrlText.excerpt(to);
  }
}

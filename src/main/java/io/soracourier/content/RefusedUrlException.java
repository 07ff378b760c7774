package io.soracourier.content;

import io.soracourier.text.Excerpt;
import java.net.URI;

/** A URL from an answer that the courier does not follow, and why. */
public class RefusedUrlException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_LENGTH = 200;

  RefusedUrlException(URI uri, String why) {
    super("a URL to %s was not followed: %s".formatted(origin(uri), why));
  }

  /** Path and query may hold a secret, and so may what is before the host. */
  private static String origin(URI uri) {
    if (uri.getScheme() == null || uri.getRawAuthority() == null) {
      return "nowhere";
    }
    String authority = uri.getRawAuthority();
    return Excerpt.of(
        uri.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1), MAX_LENGTH);
  }
}

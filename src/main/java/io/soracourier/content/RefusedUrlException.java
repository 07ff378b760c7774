package io.soracourier.content;

import java.net.URI;

/** A URL from an answer that the courier does not follow, and why. */
public class RefusedUrlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedUrlException(URI uri, String why) {
    super(
        "a URL to %s://%s was not followed: %s"
            .formatted(uri.getScheme(), uri.getRawAuthority(), why));
  }
}

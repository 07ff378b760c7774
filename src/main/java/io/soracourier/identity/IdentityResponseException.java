package io.soracourier.identity;

import io.soracourier.text.Excerpt;
import org.jspecify.annotations.Nullable;

/** The response of the identity endpoint that has no token. */
class IdentityResponseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Enough for the sentence that says why; the endpoint's responses can be whole stack traces. */
  private static final int MAX_EXPLANATION = 300;

  private final int status;

  IdentityResponseException(int status, @Nullable String body) {
    super(status + " " + explanation(body), null, false, false);
    this.status = status;
  }

  /** 404 and 5xx come while the endpoint is being updated, 429 when it is called too often. */
  boolean isPassing() {
    return status == 404 || status == 408 || status == 429 || status >= 500;
  }

  private static String explanation(@Nullable String body) {
    return body == null ? "" : Excerpt.of(body, MAX_EXPLANATION);
  }
}

package io.soracourier.content;

import io.soracourier.sora.SoraException;
import io.soracourier.url.RefusedUrlException;
import java.net.URI;

/** Failures of this package, for tests of others. */
public final class ContentFailures {
  private ContentFailures() {}

  public static RefusedUrlException refused(String url) {
    return RefusedUrlException.forGood(URI.create(url), "only https is followed");
  }

  public static InterruptedDownloadException cut(SoraException cut) {
    return new InterruptedDownloadException(cut);
  }
}

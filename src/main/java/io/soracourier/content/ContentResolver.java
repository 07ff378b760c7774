package io.soracourier.content;

import io.soracourier.sora.Generation;
import io.soracourier.sora.SoraErrors;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds where the content of a generation is and opens it. */
@ApplicationScoped
public class ContentResolver {
  private final ContentClient client;
  private final SoraErrors errors;

  ContentResolver(ContentClient client, SoraErrors errors) {
    this.client = client;
    this.errors = errors;
  }

  /**
   * Opens the content of a generation at its documented address.
   *
   * @throws io.soracourier.sora.SoraException when the service does not give it
   * @throws RefusedUrlException when it redirects to where the courier does not go
   */
  public VideoStream open(Generation generation) {
    return VideoStream.open(client, errors, generation.content());
  }
}

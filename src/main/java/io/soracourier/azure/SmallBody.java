package io.soracourier.azure;

import io.soracourier.text.ReceivedText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.jboss.resteasy.reactive.RestResponse;

/** The body of a response that has some hundred characters, read up to a limit. */
public final class SmallBody {
  private static final int MAX_BYTES = 16 * 1024;

  private SmallBody() {}

  /**
   * The head, where it is the success that the operation documents; else the body is closed unread.
   *
   * @throws StorageResponseException when it is an error, or storage did not send it
   */
  public static StorageResponse expect(RestResponse<InputStream> response, int success) {
    StorageResponse head = StorageResponse.of(response);
    return head.status() == success && !head.isForeign()
        ? head
        : StorageResponse.bodiless(response).expect(success);
  }

  /**
   * The body as text, or its first 16 KiB. It ends where the client's own timeout for a pause ends
   * it, and no read begins after the given time.
   *
   * @throws IOException when it cannot be read to there
   */
  public static String of(RestResponse<InputStream> response, Duration time) throws IOException {
    try (InputStream body = BodyBytes.stream(response)) {
      return ReceivedText.of(BodyBytes.read(body, MAX_BYTES, time));
    } catch (InterruptedIOException e) {
      // The stream has taken the interrupt, which is for the whole look.
      Thread.currentThread().interrupt();
      throw e;
    }
  }
}

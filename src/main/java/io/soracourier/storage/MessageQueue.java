package io.soracourier.storage;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Puts messages on queues, as plain text: {@code host.json} sets {@code messageEncoding: none}. */
@ApplicationScoped
public class MessageQueue {
  /**
   * Puts a message on a queue that nobody sees before the delay is over. Creates the queue when
   * missing. The message never expires.
   *
   * @param visibilityDelay rounded up to whole seconds, bounded to 0 to 7 days
   * @throws StorageException {@code TOO_LARGE} above 64 KiB; {@code REJECTED} when the text has a
   *     character that XML 1.0 cannot carry; else as the storage answered
   */
  public void putBack(String queue, String text, Duration visibilityDelay) {
    throw new UnsupportedOperationException();
  }
}

package io.soracourier.storage;

import java.time.Duration;

/** Sends messages to queues, as plain text. */
public interface JobQueue {
  /**
   * Sends a message that nobody sees before the delay is over, and that never expires. Creates the
   * queue when missing.
   *
   * @param delay rounded up to whole seconds, bounded to 0 to 7 days
   * @throws StorageException {@code TOO_LARGE} above 64 KiB of UTF-8; {@code REJECTED} when the
   *     text has a character that cannot be sent; else as the queue responded
   */
  void send(String queue, String text, Duration delay);

  /** How long {@link #send} may take, at worst. */
  Duration maxSendTime();
}

package io.soracourier.storage;

import java.time.Duration;
import java.util.Optional;

/** Sends messages to queues, as plain text, and counts them. */
public interface JobQueue {
  /**
   * Sends a message that nobody sees before the delay is over, and that never expires. Creates the
   * queue when missing.
   *
   * @param delay rounded up to whole seconds, bounded to 0 to 7 days
   * @return the id that the queue gave it, for people; empty where the queue confirmed the message
   *     and its id could not be read
   * @throws StorageException {@code TOO_LARGE} above 64 KiB of UTF-8; {@code REJECTED} when the
   *     text has a character that cannot be sent; else as the queue responded
   */
  Optional<String> send(String queue, String text, Duration delay);

  /**
   * How many messages there are, seen or not, approximately; 0 where there is no such queue.
   *
   * @throws StorageException when that is not known
   */
  long length(String queue);

  /** How long {@link #send} may take, at worst. */
  Duration maxSendTime();
}

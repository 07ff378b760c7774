package io.soracourier.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.soracourier.storage.StorageException.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Puts messages on queues, as plain text: {@code host.json} sets {@code messageEncoding: none}. */
@ApplicationScoped
public class MessageQueue {
  /** The service's limit, in bytes of UTF-8. */
  public static final int LONGEST_MESSAGE = 64 * 1024;

  private static final Duration LONGEST_DELAY = Duration.ofDays(7);

  /** The message, the queue where that is missing, and the message again. */
  private static final int MAX_REQUESTS = 3;

  private final QueueRequests requests;
  private final StorageConfig config;

  MessageQueue(QueueRequests requests, StorageConfig config) {
    this.requests = requests;
    this.config = config;
  }

  /** How long {@link #putBack} may take, at worst. */
  public Duration longestPutBack() {
    return StoragePolicies.longest(config).multipliedBy(MAX_REQUESTS);
  }

  /**
   * Puts a message on a queue that nobody sees before the delay is over. Creates the queue when
   * missing. The message never expires.
   *
   * @param visibilityDelay rounded up to whole seconds, bounded to 0 to 7 days
   * @throws StorageException {@code TOO_LARGE} above 64 KiB; {@code REJECTED} when the text has a
   *     character that XML 1.0 cannot carry; else as the storage answered
   */
  public void putBack(String queue, String text, Duration visibilityDelay) {
    byte[] message = message(queue, text);
    long seconds = wholeSeconds(visibilityDelay);
    try {
      requests.putMessage(queue, seconds, message);
    } catch (StorageException e) {
      if (!e.errorCode().equals("QueueNotFound")) {
        throw e;
      }
      createQueue(queue);
      requests.putMessage(queue, seconds, message);
    }
  }

  private void createQueue(String queue) {
    try {
      requests.createQueue(queue);
    } catch (StorageException e) {
      if (!e.errorCode().equals("QueueAlreadyExists")) {
        throw e;
      }
    }
  }

  private static byte[] message(String queue, String text) {
    int bytes = text.getBytes(UTF_8).length;
    if (bytes > LONGEST_MESSAGE) {
      throw StorageException.unsendable(
          Kind.TOO_LARGE, "Put Message " + queue, bytes + " bytes, and 64 KiB is the most");
    }
    XmlText.firstForbidden(text)
        .ifPresent(
            index -> {
              throw StorageException.unsendable(
                  Kind.REJECTED,
                  "Put Message " + queue,
                  String.format(
                      "the character U+%04X at index %d cannot be sent in XML",
                      text.codePointAt(index), index));
            });
    return ("<?xml version=\"1.0\" encoding=\"utf-8\"?><QueueMessage><MessageText>"
            + XmlText.escaped(text)
            + "</MessageText></QueueMessage>")
        .getBytes(UTF_8);
  }

  static long wholeSeconds(Duration delay) {
    if (delay.isNegative()) {
      return 0;
    }
    Duration bounded = delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    return bounded.plusNanos(999_999_999).toSeconds();
  }
}

package io.soracourier.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.soracourier.azure.AzureStorageException;
import io.soracourier.azure.CreatedIfMissing;
import io.soracourier.azure.StorageConfig;
import io.soracourier.azure.StoragePolicies;
import io.soracourier.storage.JobQueue;
import io.soracourier.storage.StorageException;
import io.soracourier.storage.StorageException.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Queues of the account, whose messages {@code host.json} reads as plain text too. */
@ApplicationScoped
class MessageQueue implements JobQueue {
  /** The service's limit, in bytes of UTF-8. */
  static final int MAX_MESSAGE_BYTES = 64 * 1024;

  private static final Duration MAX_DELAY = Duration.ofDays(7);

  /** The message, the queue where that is missing, and the message again. */
  private static final int MAX_REQUESTS = 3;

  /** After the message is there, its id: the time for the body, and the pause at its end. */
  private static final int MAX_PAUSES = 2;

  private final QueueRequests requests;
  private final StorageConfig config;

  MessageQueue(QueueRequests requests, StorageConfig config) {
    this.requests = requests;
    this.config = config;
  }

  @Override
  public Duration maxSendTime() {
    Duration id = config.readTimeout().multipliedBy(MAX_PAUSES);
    return StoragePolicies.longest(config).multipliedBy(MAX_REQUESTS).plus(id);
  }

  @Override
  public Optional<String> send(String queue, String text, Duration delay) {
    byte[] message = message(queue, text);
    long seconds = wholeSeconds(delay);
    return CreatedIfMissing.send(
        "Queue",
        () -> requests.putMessage(queue, seconds, message),
        () -> requests.createQueue(queue));
  }

  @Override
  public long length(String queue) {
    try {
      return requests.getApproximateLength(queue);
    } catch (StorageException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return 0;
      }
      throw e;
    }
  }

  private static byte[] message(String queue, String text) {
    int bytes = text.getBytes(UTF_8).length;
    if (bytes > MAX_MESSAGE_BYTES) {
      throw AzureStorageException.unsendable(
          Kind.TOO_LARGE, "Put Message " + queue, bytes + " bytes, and 64 KiB is the most");
    }
    XmlText.firstForbidden(text)
        .ifPresent(
            index -> {
              throw AzureStorageException.unsendable(
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
    Duration bounded = delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay;
    return bounded.plusNanos(999_999_999).toSeconds();
  }
}

package io.soracourier.local;

import com.azure.core.util.BinaryData;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.PeekedMessageItem;
import com.azure.storage.queue.models.QueueMessageItem;
import com.azure.storage.queue.models.QueueStorageException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One queue, as a test or a person sees it. Bodies are text as it is, without Base64. */
public final class StoredQueue {
  private static final int MAX_CONCURRENT = 32;
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final QueueClient client;
  private final List<String> taken = new ArrayList<>();

  StoredQueue(QueueClient client) {
    this.client = client;
  }

  void create() {
    client.createIfNotExists();
  }

  /**
   * @return the queue's id of the message
   */
  String send(String text) {
    return client.sendMessage(text).getMessageId();
  }

  void send(byte[] body) {
    client.sendMessage(BinaryData.fromBytes(body));
  }

  /** How many messages there are, invisible ones included; none when there is no such queue. */
  public int count() {
    return ifThere(() -> client.getProperties().getApproximateMessagesCount(), 0);
  }

  /** Deletes every message, invisible ones included. */
  public void clear() {
    client.clearMessages();
  }

  /** The visible messages, at most 32, which stay where they are. */
  public List<String> peek() {
    return ifThere(
        () ->
            client.peekMessages(MAX_CONCURRENT, null, null).stream()
                .map(PeekedMessageItem::getBody)
                .map(BinaryData::toString)
                .toList(),
        List.of());
  }

  /** Takes what is visible off the queue, and tells all that was taken so far. */
  public synchronized List<String> take() {
    for (List<QueueMessageItem> batch = receive(); !batch.isEmpty(); batch = receive()) {
      for (QueueMessageItem message : batch) {
        taken.add(message.getBody().toString());
        // Deleted already where this is the second try of one whose response was lost.
        Lease.ifStillOurs(
            () -> client.deleteMessage(message.getMessageId(), message.getPopReceipt()));
      }
    }
    return List.copyOf(taken);
  }

  private List<QueueMessageItem> receive() {
    return ifThere(
        () -> client.receiveMessages(MAX_CONCURRENT, LEASE, null, null).stream().toList(),
        List.of());
  }

  private static <T> T ifThere(Supplier<T> question, T otherwise) {
    try {
      return question.get();
    } catch (QueueStorageException e) {
      if (e.getStatusCode() == 404) {
        return otherwise;
      }
      throw e;
    }
  }

  /** All that was taken so far. */
  public synchronized List<String> taken() {
    return List.copyOf(taken);
  }

  /** The same, each parsed; a message that is not JSON is an {@link AssertionError}. */
  public List<JsonNode> takenJson() {
    return taken().stream().map(StoredQueue::json).toList();
  }

  /**
   * Waits for so many messages and takes them.
   *
   * @return all that were taken so far
   */
  public List<String> await(int messages, Duration timeout) {
    Waiting.until(
        () -> take().size() >= messages,
        timeout,
        () -> "%d of %d messages on %s".formatted(taken().size(), messages, client.getQueueName()));
    return taken();
  }

  /** Microsoft's client of this queue, for what is not available otherwise. */
  public QueueClient client() {
    return client;
  }

  private static JsonNode json(String text) {
    try {
      return Payload.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }
}

package io.soracourier.examples;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.QueueServiceVersion;
import com.azure.storage.queue.sas.QueueSasPermission;
import com.azure.storage.queue.sas.QueueServiceSasSignatureValues;
import io.soracourier.local.StorageAccount;
import io.soracourier.local.StorageProxy;
import io.soracourier.local.StorageProxy.Seen;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A queue {@code sora-videos} of a test's own, and the requests to it. */
final class OutcomeQueue implements AutoCloseable {
  static final Predicate<Seen> DELETES = request -> request.method().equals("DELETE");
  private static final String NAME = "sora-videos";

  private final StorageProxy proxy;
  private final StorageAccount tapped;
  private final QueueClient client;
  private final Map<String, String> sent = new LinkedHashMap<>();

  OutcomeQueue(StorageAccount account) {
    proxy = StorageProxy.before(account.queueEndpoint());
    tapped = account.at(account.blobEndpoint(), proxy.endpoint().toString());
    client = client(account);
    client.createIfNotExists();
  }

  void send(List<String> messages) {
    messages.forEach(text -> sent.put(client.sendMessage(text).getMessageId(), text));
  }

  /** The messages that were sent and never deleted, visible or not; their number is verified. */
  List<String> left() {
    List<String> deleted =
        proxy.seen(DELETES.and(request -> request.status() == 204)).stream()
            .map(request -> request.path().replaceFirst(".*/", ""))
            .toList();
    List<String> left =
        sent.keySet().stream().filter(id -> !deleted.contains(id)).map(sent::get).toList();
    int count = client.getProperties().getApproximateMessagesCount();
    if (count != left.size()) {
      throw new AssertionError("%d messages, expected %s".formatted(count, left));
    }
    return left;
  }

  StorageProxy proxy() {
    return proxy;
  }

  String connectionString() {
    return tapped.connectionString();
  }

  String url() {
    return proxy.endpoint() + "/" + NAME;
  }

  /** What a reader needs, and no more. */
  String urlWithSas() {
    return url() + "?" + sas(client);
  }

  /** The same for the queue of an account that a test does not tap. */
  static String urlWithSas(StorageAccount account) {
    return account.queueEndpoint() + "/" + NAME + "?" + sas(client(account));
  }

  private static String sas(QueueClient client) {
    return client.generateSas(
        new QueueServiceSasSignatureValues(
            OffsetDateTime.now().plusHours(1),
            new QueueSasPermission().setProcessPermission(true)));
  }

  private static QueueClient client(StorageAccount account) {
    return new QueueClientBuilder()
        .connectionString(account.connectionString())
        .queueName(NAME)
        .serviceVersion(QueueServiceVersion.V2025_07_05)
        .buildClient();
  }

  @Override
  public void close() {
    proxy.close();
  }
}

package io.soracourier.local;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueServiceClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import com.azure.storage.queue.QueueServiceVersion;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** The storage accounts that bindings name by their {@code connection}. */
final class Connections {
  private static final String DEFAULT_CONNECTION = "AzureWebJobsStorage";

  /** The storage clients, whose log lines say nothing that their exceptions do not. */
  private static final Logger NOISE = Logger.getLogger("com.azure");

  static {
    NOISE.setLevel(Level.OFF);
  }

  private final Map<String, String> settings;
  private final Map<String, String> connectionStrings;
  private final Map<String, QueueServiceClient> clients = new ConcurrentHashMap<>();

  /**
   * @param connectionStrings by connection name: what the host itself uses in place of the setting
   */
  Connections(Map<String, String> settings, Map<String, String> connectionStrings) {
    this.settings = settings;
    this.connectionStrings = connectionStrings;
  }

  /** The queue of a binding; {@code %NAME%} in its name stands for a setting. */
  QueueClient queue(Binding binding) {
    return client(binding).getQueueClient(expand(binding.attribute("queueName", "")));
  }

  QueueClient poisonQueue(Binding binding) {
    return client(binding).getQueueClient(expand(binding.attribute("queueName", "")) + "-poison");
  }

  private QueueServiceClient client(Binding binding) {
    return clients.computeIfAbsent(
        expand(binding.attribute("connection", DEFAULT_CONNECTION)), this::connect);
  }

  private QueueServiceClient connect(String connection) {
    String text = connectionStrings.getOrDefault(connection, settings.get(connection));
    if (text == null) {
      throw new LocalStackException(
          "the host has no setting '%s': give the connection string of the storage account"
              .formatted(connection));
    }
    return queues(text);
  }

  static QueueServiceClient queues(String connectionString) {
    return new QueueServiceClientBuilder()
        .connectionString(connectionString)
        .serviceVersion(QueueServiceVersion.V2025_07_05)
        .buildClient();
  }

  private String expand(String text) {
    return Pattern.compile("%([^%]+)%")
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(settings.getOrDefault(match.group(1), match.group())));
  }
}

package io.soracourier.infra;

import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import io.soracourier.local.StorageAccount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One {@code az storage} command, as far as the documentation uses it: name, options and queries
 * are taken as the real program takes them, and anything else is refused.
 */
final class AzureCliCommand {
  private final StorageAccount account;
  private final Path directory;
  private final String command;
  private final Map<String, String> options = new HashMap<>();
  private final StringBuilder output = new StringBuilder();

  AzureCliCommand(StorageAccount account, Path directory, List<String> words) {
    this.account = account;
    this.directory = directory;
    this.command = String.join(" ", words.subList(0, 3));
    for (int i = 3; i < words.size(); i++) {
      String option = words.get(i);
      int value = option.indexOf('=');
      if (value < 0) {
        options.put(option, separate(option, words.get(++i)));
      } else {
        options.put(option.substring(0, value), option.substring(value + 1));
      }
    }
  }

  /** The real program takes a value that begins with a hyphen for an option. */
  private static String separate(String option, String value) {
    if (value.startsWith("-")) {
      throw new IllegalArgumentException("argument " + option + ": expected one argument");
    }
    return value;
  }

  /**
   * @return what it prints
   */
  String run() {
    if (!"login".equals(take("--auth-mode"))) {
      throw new IllegalArgumentException("--auth-mode login is needed: there are no keys");
    }
    if (!account.name().equals(take("--account-name"))) {
      throw new IllegalArgumentException("--account-name names another account");
    }
    execute();
    if (!options.isEmpty()) {
      throw new IllegalArgumentException("not options of az " + command + ": " + options.keySet());
    }
    return output.toString();
  }

  private void execute() {
    switch (command) {
      case "storage message put" -> queue().sendMessage(take("--content"));
      case "storage message peek" ->
          print(
              queue().peekMessages(number("--num-messages"), null, null).stream()
                  .map(message -> Map.of("content", message.getBody().toString())));
      case "storage message get" ->
          print(
              queue()
                  .receiveMessages(
                      1, Duration.ofSeconds(number("--visibility-timeout")), null, null)
                  .stream()
                  .map(
                      message ->
                          Map.of(
                              "id", message.getMessageId(),
                              "popReceipt", message.getPopReceipt(),
                              "content", message.getBody().toString())));
      case "storage message delete" -> queue().deleteMessage(take("--id"), take("--pop-receipt"));
      case "storage blob download" ->
          new BlobServiceClientBuilder()
              .connectionString(account.connectionString())
              .buildClient()
              .getBlobContainerClient(take("--container-name"))
              .getBlobClient(take("--name"))
              .downloadToFile(directory.resolve(take("--file")).toString());
      default -> throw new IllegalArgumentException("az " + command + " is not stood in for");
    }
  }

  /** Tab-separated values of a list of values, or of a list of lists. */
  private void print(Stream<Map<String, String>> messages) {
    if (!"tsv".equals(take("--output"))) {
      throw new IllegalArgumentException("--output tsv is all that is stood in for");
    }
    String query = take("--query");
    if (!query.matches("\\[]\\.(\\w+|\\[\\w+(, \\w+)*])")) {
      throw new IllegalArgumentException("--query " + query + " is not stood in for");
    }
    String[] fields = query.substring(3).replaceAll("[\\[\\]]", "").split(", ");
    messages.forEach(
        message ->
            output
                .append(
                    String.join("\t", Stream.of(fields).map(message::get).toArray(String[]::new)))
                .append("\n"));
  }

  private QueueClient queue() {
    return new QueueClientBuilder()
        .connectionString(account.connectionString())
        .queueName(take("--queue-name"))
        .buildClient();
  }

  private int number(String option) {
    return Integer.parseInt(take(option));
  }

  private String take(String option) {
    String value = options.remove(option);
    if (value == null) {
      throw new IllegalArgumentException(option + " is missing");
    }
    return value;
  }
}

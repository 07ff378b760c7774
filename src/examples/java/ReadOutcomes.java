import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.models.QueueMessageItem;
import com.azure.storage.queue.models.QueueStorageException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the outcomes of Sora Courier. Needs com.azure:azure-storage-queue, and in the environment
 * VideoStorage: a connection string, or the URL of the queue with a SAS. It runs until Ctrl-C, or
 * with --once until no message is visible. What is not deleted comes back.
 */
public final class ReadOutcomes {
  /** Longer than handling takes: afterwards any reader receives the message again. */
  private static final Duration VISIBILITY = Duration.ofMinutes(1);

  private static final Path HANDLED = Path.of("handled-outcomes.txt");

  /** Your own work. If it throws, the message stays on the queue and comes back. */
  private static void copied(String generationId, String blobUrl) {
    System.out.println("copied " + generationId + " " + blobUrl);
  }

  /** The same, for a video or, without a generationId, for a whole job. */
  private static void failed(String id, String reason, String message) {
    System.out.println("failed " + id + " " + reason + ": " + message);
  }

  private static void handle(String message, Set<String> handled) throws IOException {
    JsonNode outcome = new ObjectMapper().readTree(message);
    String status = text(outcome, "status");
    String id = text(outcome, outcome.has("generationId") ? "generationId" : "jobId");
    String key = status + " " + id; // a video that failed may be enqueued again, and be copied
    if (handled.contains(key)) {
      System.out.println("duplicate, dropped: " + key);
      return;
    }
    switch (status) {
      case "copied" -> copied(text(outcome, "generationId"), text(outcome, "blobUrl"));
      case "failed" -> failed(id, text(outcome, "reason"), text(outcome, "message"));
      default -> throw new IllegalArgumentException("unknown status " + status);
    }
    Files.writeString(HANDLED, key + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    handled.add(key);
  }

  private static String text(JsonNode outcome, String field) {
    if (!outcome.path(field).isTextual()) {
      throw new IllegalArgumentException("no text in " + field);
    }
    return printable(outcome.path(field).textValue());
  }

  /** On one line, and without characters that control a terminal. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
  }

  private static void read(QueueClient queue, QueueMessageItem message, Set<String> handled) {
    String text = message.getBody().toString();
    try {
      handle(text, handled);
    } catch (IOException | RuntimeException e) {
      String why = e instanceof JsonProcessingException ? "not JSON" : e.getMessage();
      String start = printable(text.substring(0, Math.min(80, text.length())));
      System.out.printf(
          "left on the queue, attempt %d: %s: %s%n", message.getDequeueCount(), why, start);
      return;
    }
    try {
      queue.deleteMessage(message.getMessageId(), message.getPopReceipt());
    } catch (QueueStorageException e) {
      if (e.getStatusCode() != 404) {
        throw e;
      }
      System.out.println("not deleted, handling took too long: it comes back as a duplicate");
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Set<String> handled =
        new HashSet<>(Files.exists(HANDLED) ? Files.readAllLines(HANDLED) : List.of());
    String storage = System.getenv().getOrDefault("VideoStorage", "");
    QueueClientBuilder builder = new QueueClientBuilder();
    try {
      QueueClient queue =
          storage.startsWith("http")
              ? builder.endpoint(storage).buildClient()
              : builder.connectionString(storage).queueName("sora-videos").buildClient();
      while (true) {
        Optional<QueueMessageItem> message =
            queue.receiveMessages(1, VISIBILITY, null, null).stream().findFirst();
        if (message.isPresent()) {
          read(queue, message.get(), handled);
        } else if (List.of(args).contains("--once")) {
          return;
        } else {
          Thread.sleep(5_000);
        }
      }
    } catch (QueueStorageException e) {
      System.err.println("the queue responded " + e.getStatusCode() + " " + e.getErrorCode());
    } catch (RuntimeException e) { // without its message, which may repeat the SAS
      System.err.println("cannot use VideoStorage: " + e.getClass().getSimpleName());
    }
    System.exit(1);
  }
}

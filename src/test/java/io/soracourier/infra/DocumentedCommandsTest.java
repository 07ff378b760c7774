package io.soracourier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.models.QueueMessageItem;
import io.soracourier.local.Azurite;
import io.soracourier.local.StorageAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the commands of the documentation that need no more than storage, from its own text, with a
 * real shell and a real Azurite.
 */
class DocumentedCommandsTest {
  private static final ProjectFile HOW_TO = ProjectFile.joined("docs/how-to", ".md");

  /** In several lines, as a consumer of its own may write it. */
  private static final String OUTCOME =
      """
      {
        "status": "copied",
        "jobId": "task_1",
        "message": "it's \\"done\\" at\\t$5"
      }""";

  private final StorageAccount account = Azurite.shared().freshAccount();
  @TempDir Path directory;
  private AzureCliStandIn az;

  @BeforeEach
  void prepare() throws IOException {
    az = AzureCliStandIn.install(directory, account);
    List.of("sora-jobs", "sora-videos", "sora-jobs-poison")
        .forEach(name -> queue(name).createIfNotExists());
  }

  @AfterEach
  void stop() throws IOException {
    az.close();
  }

  @Test
  void enqueue_putsPlainIdAndJsonAsTyped() {
    run("enqueue");

    assertThat(contents("sora-jobs"))
        .containsExactly(
            "task_01k75f2h5mfbv8sd9x3q6zj4ra",
            "{\"jobId\":\"video_68e7a8c3f1d08190a4b2c6d8e0f1a3b5\",\"correlationId\":\"order-42\"}");
  }

  @Test
  void peek_printsTheOutcomesAndLeavesThem() {
    queue("sora-videos").sendMessage(OUTCOME);

    assertThat(run("peek")).isEqualTo(OUTCOME);
    assertThat(contents("sora-videos")).containsExactly(OUTCOME);
  }

  @Test
  void read_printsTheOutcomeAndDeletesIt() {
    queue("sora-videos").sendMessage(OUTCOME);

    assertThat(run("read")).isEqualTo(OUTCOME);
    assertThat(queue("sora-videos").getProperties().getApproximateMessagesCount()).isZero();
  }

  @Test
  void download_writesTheVideo() throws IOException {
    BlobContainerClient videos =
        new BlobServiceClientBuilder()
            .connectionString(account.connectionString())
            .buildClient()
            .createBlobContainer("videos");
    videos
        .getBlobClient("gen_01k75f2xq4e7m9v3t8r6y2w5zb.mp4")
        .upload(BinaryData.fromString("ftyp"));

    run("download");

    assertThat(directory.resolve("video.mp4")).hasContent("ftyp");
  }

  @Test
  void replay_movesEveryPoisonedMessageBackUnchanged() {
    List<String> poisoned =
        List.of("task_1", "{\"jobId\": \"task_2\", \"look\": {\"number\": 3}}", OUTCOME);
    poisoned.forEach(queue("sora-jobs-poison")::sendMessage);

    run("replay");

    assertThat(contents("sora-jobs")).containsExactlyElementsOf(poisoned);
    assertThat(queue("sora-jobs-poison").getProperties().getApproximateMessagesCount()).isZero();
  }

  /** The Azure CLI reads a file for a word that begins with an at sign, also behind a name. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "@own.txt",
        "@-",
        "@missing.txt",
        "id=@own.txt",
        "--content=@own.txt",
        "-h",
        "--help",
        "-",
        "it's \"quoted\" $(cat own.txt) `cat own.txt` $HOME \\ %s * \u00e4",
        "{\n\t\"jobId\": \"task_1\"\n}",
        "one\n\ntwo\n--queue-name\nother",
      })
  void replayOfAnyText_putsThatTextAndNoFileOfTheOperators(String poisoned) throws IOException {
    Files.writeString(directory.resolve("own.txt"), "the operator's own");
    queue("sora-jobs-poison").sendMessage(poisoned);

    run("replay");

    assertThat(contents("sora-jobs")).containsExactly(poisoned);
    assertThat(queue("sora-jobs-poison").getProperties().getApproximateMessagesCount()).isZero();
  }

  @Test
  void readme_enqueuesAsTyped() throws IOException {
    Path azd = directory.resolve("azd");
    Files.writeString(
        azd,
        """
        #!/bin/sh
        [ "$*" = "env get-value VIDEO_STORAGE_ACCOUNT" ] && echo "$account"
        """);
    Files.setPosixFilePermissions(azd, PosixFilePermissions.fromString("rwxr-xr-x"));
    String use = ProjectFile.read("README.md").first("(?s)\\n## Use\\n.*?```bash\\n(.*?)```");

    shell("README", use.substring(use.indexOf("az storage ")));

    assertThat(contents("sora-jobs")).containsExactly("task_…");
  }

  /** As a person pastes it, in a shell that continues after an error. */
  @Test
  void readWithoutAnOutcome_deletesNothingAndPrintsNothing() {
    assertThat(pasted("read")).isEmpty();
    assertThat(az.commands()).containsExactly("storage message get");
  }

  @Test
  void readThatFails_keepsTheOutcome() {
    queue("sora-videos").sendMessage(OUTCOME);
    String commands =
        block("read").replace("echo \"$outcome\"", "grep -q moderated <<<\"$outcome\"");

    paste(commands);

    assertThat(az.commands()).containsExactly("storage message get");
    assertThat(queue("sora-videos").getProperties().getApproximateMessagesCount()).isEqualTo(1);
  }

  @Test
  void readThatIsRefused_deletesNothing() {
    queue("sora-videos").sendMessage(OUTCOME);
    az.refuse("storage message get");

    pasted("read");

    assertThat(az.commands()).containsExactly("storage message get");
  }

  @Test
  void replayThatCannotPut_keepsEveryPoisonedMessage() {
    List.of("task_1", "task_2").forEach(queue("sora-jobs-poison")::sendMessage);
    az.refuse("storage message put");

    pasted("replay");

    assertThat(az.commands()).containsExactly("storage message get", "storage message put");
    assertThat(queue("sora-jobs-poison").getProperties().getApproximateMessagesCount())
        .isEqualTo(2);
  }

  @Test
  void everyStorageCommand_isRun() {
    String others = HOW_TO.text().replaceAll("(?s)<!-- offline: \\w+ -->\\n```.*?```", "");

    assertThat(ProjectFile.all(others, "(az storage .*)")).isEmpty();
    assertThat(HOW_TO.all("<!-- offline: (\\w+) -->"))
        .containsExactlyInAnyOrder("enqueue", "peek", "read", "download", "replay");
  }

  private String run(String name) {
    return shell(name, block(name));
  }

  private String pasted(String name) {
    return paste(block(name));
  }

  /** Whatever it ends with. */
  private String paste(String commands) {
    return shell("paste", "set +eu +o pipefail\n" + commands + "\ntrue");
  }

  private static String block(String name) {
    return HOW_TO.first("(?s)<!-- offline: " + name + " -->\\n```bash\\n(.*?)```");
  }

  private String shell(String name, String script) {
    try {
      ProcessBuilder shell =
          new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", script)
              .directory(directory.toFile())
              .redirectErrorStream(true);
      Map<String, String> environment = shell.environment();
      environment.put("account", account.name());
      environment.put("PATH", directory + ":" + environment.get("PATH"));
      Process process = shell.start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(process.waitFor()).as("exit code of %s: %s", name, output).isZero();
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": cannot be run", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(name + ": interrupted", e);
    }
  }

  private List<String> contents(String queue) {
    return queue(queue).receiveMessages(32).stream()
        .map(QueueMessageItem::getBody)
        .map(BinaryData::toString)
        .toList();
  }

  private QueueClient queue(String name) {
    return new QueueClientBuilder()
        .connectionString(account.connectionString())
        .queueName(name)
        .buildClient();
  }
}

package io.soracourier.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.soracourier.local.Azurite;
import io.soracourier.local.ChildProcesses;
import io.soracourier.local.Command;
import io.soracourier.local.ProjectDirectory;
import io.soracourier.local.StorageFault;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The examples that read outcomes, as processes of their own, on a real queue. */
class ReadOutcomesIT {
  private static final String COPIED =
      "{\"status\":\"copied\",\"jobId\":\"task_1\",\"generationId\":\"gen_1\",\"blobUrl\":\"https://a/gen_1.mp4\"}";
  private static final String COPIED_LINE = "copied gen_1 https://a/gen_1.mp4";

  @AutoClose private final OutcomeQueue queue = new OutcomeQueue(Azurite.shared().freshAccount());

  @TempDir private Path directory;

  /** What the document shows is what is printed for the messages that it shows. */
  @ParameterizedTest
  @EnumSource
  void messagesOfTheDocument_areReadAsItShows(Example example) throws IOException {
    String shown = document("docs/how-to/read-outcomes.md");
    List<String> messages =
        all(document("docs/reference/messages.md"), "(?s)```json\\n(\\{ \"status\".*?)```");
    queue.send(messages);
    queue.send(List.of(messages.get(0), "task_01k75f2h5mfbv8sd9x3q6zj4ra"));

    Command run = once(example);

    assertThat(messages).hasSize(2);
    assertThat(String.join("\n", run.lines()))
        .isEqualTo(all(shown, "(?s)```text\\n(copied .*?)\\n```").get(0));
    assertThat(queue.left()).containsExactly("task_01k75f2h5mfbv8sd9x3q6zj4ra");
  }

  @ParameterizedTest
  @EnumSource
  void messagesThatAreNotUnderstood_stayOnTheQueue(Example example) {
    List<String> others =
        List.of(
            "{ not JSON",
            "[".repeat(5000),
            "\"copied\"",
            "[" + COPIED + "]",
            "null",
            COPIED.replace("copied", "exists"),
            COPIED.replace("\"copied\"", "1"),
            COPIED.replace("\"gen_1\"", "7"),
            COPIED.replace("\"https://a/gen_1.mp4\"", "{\"url\":1}"),
            COPIED.replace("generationId", "videoId"),
            "{\"status\":\"failed\",\"jobId\":[\"task_1\"]}",
            "{\"status\":\"failed\",\"jobId\":\"task_1\",\"reason\":null,\"message\":\"m\"}");
    queue.send(others);
    queue.send(List.of(COPIED));

    Command run = once(example);

    String left = "left on the queue, attempt 1: ";
    assertThat(run.lines())
        .containsExactly(
            left + "not JSON: { not JSON",
            left + "not JSON: " + "[".repeat(80),
            left + "no text in status: \"copied\"",
            left + "no text in status: " + "[" + COPIED.substring(0, 79),
            left + "no text in status: null",
            left + "unknown status exists: " + start(others.get(5)),
            left + "no text in status: " + start(others.get(6)),
            left + "no text in generationId: " + start(others.get(7)),
            left + "no text in blobUrl: " + start(others.get(8)),
            left + "no text in generationId: " + start(others.get(9)),
            left + "no text in jobId: " + others.get(10),
            left + "no text in reason: " + others.get(11),
            COPIED_LINE);
    assertThat(queue.left()).isEqualTo(others);
  }

  private static String start(String message) {
    return message.substring(0, Math.min(80, message.length()));
  }

  /** A failure of the same video is other news, and so is one of its job. */
  @ParameterizedTest
  @EnumSource
  void outcomesThatAnEarlierRunHandled_areDropped(Example example) {
    String failed =
        "{\"status\":\"failed\",\"jobId\":\"task_1\",%s\"reason\":\"r\",\"message\":\"m\"}";
    String ofVideo = failed.formatted("\"generationId\":\"gen_1\",");
    String ofJob = failed.formatted("");
    queue.send(List.of(ofVideo, ofJob, COPIED));

    assertThat(once(example).lines())
        .containsExactly("failed gen_1 r: m", "failed task_1 r: m", COPIED_LINE);

    queue.send(List.of(COPIED, ofJob, ofVideo));
    assertThat(once(example).lines())
        .containsExactly(
            "duplicate, dropped: copied gen_1",
            "duplicate, dropped: failed task_1",
            "duplicate, dropped: failed gen_1");
    assertThat(queue.left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void charactersThatControlATerminal_areNotPrinted(Example example) {
    queue.send(
        List.of(
            "{\"status\":\"failed\",\"jobId\":\"a\\nb\\u001b[2J\",\"reason\":\"\\ud800\",\"message\":\"\u00e4\\u202e\"}",
            "first\nsecond"));

    assertThat(once(example).lines())
        .containsExactly(
            "failed a?b?[2J ?: \u00e4?", "left on the queue, attempt 1: not JSON: first?second");
  }

  /** Here because it cannot be recorded: its file would be in a folder that does not exist. */
  @ParameterizedTest
  @EnumSource
  void messageWhoseHandlingFails_staysOnTheQueue(Example example) throws IOException {
    Files.createSymbolicLink(
        directory.resolve("handled-outcomes.txt"), directory.resolve("missing/file"));
    queue.send(List.of(COPIED));

    assertThat(once(example).lines())
        .hasSize(2)
        .contains(COPIED_LINE)
        .last()
        .asString()
        .startsWith("left on the queue, attempt 1: ")
        .contains("handled-outcomes.txt");
    assertThat(queue.left()).containsExactly(COPIED);
  }

  /** The response of the real service when another reader has received it in the meantime. */
  @ParameterizedTest
  @EnumSource
  void messageThatIsVisibleAgainBeforeItsDeletion_isReported(Example example) {
    queue.send(List.of(COPIED));
    queue.proxy().fail(OutcomeQueue.DELETES, StorageFault.answer(404, "MessageNotFound"));

    assertThat(once(example).lines())
        .containsExactly(
            COPIED_LINE, "not deleted, handling took too long: it comes back as a duplicate");
    assertThat(queue.left()).containsExactly(COPIED);
  }

  @ParameterizedTest
  @EnumSource
  void storageThatFailsOnce_isRequestedAgain(Example example) {
    queue.send(List.of(COPIED));
    queue.proxy().fail(request -> true, StorageFault.answer(503, "ServerBusy"));
    queue.proxy().fail(OutcomeQueue.DELETES, StorageFault.answer(500, "InternalError"));

    assertThat(once(example).lines()).containsExactly(COPIED_LINE);
    assertThat(queue.left()).isEmpty();
  }

  @Test
  void connectionString_isEnoughForJava() {
    queue.send(List.of(COPIED));

    Command run = Example.JAVA.runOnce(directory, Map.of("VideoStorage", queue.connectionString()));

    assertThat(run.lines()).containsExactly(COPIED_LINE);
    assertThat(queue.left()).isEmpty();
  }

  @Test
  void tokenInPlaceOfASas_isSentByPython() {
    queue
        .proxy()
        .failAlways(
            request -> "Bearer secret-token".equals(request.authorization()),
            StorageFault.foreign(200, Map.of(), "<QueueMessagesList />"));
    Map<String, String> environment =
        Map.of("VideoStorage", queue.url(), "StorageToken", "secret-token");

    assertThat(Example.PYTHON.runOnce(directory, environment)).isEqualTo(new Command(0, List.of()));
  }

  @ParameterizedTest
  @EnumSource
  void refusedSas_endsItWithTheResponseAndWithoutTheSas(Example example) {
    Command run = refused(example, queue.urlWithSas().replaceFirst("sig=.{8}", "sig=c2VjcmV0"));

    assertThat(run.lines()).containsExactly("the queue responded 403 AuthenticationFailed");
  }

  @ParameterizedTest
  @EnumSource
  void unusableStorage_endsItWithoutRepeatingIt(Example example) {
    for (String unusable :
        List.of(
            "c2VjcmV0",
            "http://127.0.0.1:x/a/sora-videos?sig=c2VjcmV0",
            queue.url() + "?sig=c2VjcmV0 c2VjcmV0",
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=c2VjcmV0%")) {
      assertThat(refused(example, unusable).lines())
          .singleElement()
          .asString()
          .matches("(cannot use VideoStorage|VideoStorage must be|the queue responded).*");
    }
  }

  /** Only Python: the client for Java retries for about a minute. */
  @Test
  void unreachableStorage_isReportedByPython() {
    assertThat(refused(Example.PYTHON, "http://127.0.0.1:1/a/sora-videos?sig=c2VjcmV0").lines())
        .containsExactly("cannot use VideoStorage: ConnectionRefusedError");
  }

  private Command refused(Example example, String storage) {
    Command run = example.runOnce(directory, Map.of("VideoStorage", storage));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.lines()).noneMatch(line -> line.contains("c2VjcmV0"));
    return run;
  }

  @ParameterizedTest
  @EnumSource
  void withoutOnce_runsUntilCtrlC(Example example) throws Exception {
    queue.send(List.of(COPIED));
    Process process =
        ChildProcesses.watch(
            new ProcessBuilder(example.command(Map.of("VideoStorage", queue.urlWithSas())))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start());
    try (BufferedReader lines = process.inputReader()) {
      assertThat(lines.readLine()).isEqualTo(COPIED_LINE);
      Command.run(directory, List.of("kill", "-INT", "" + process.pid()));

      assertThat(lines.readLine()).isNull();
      assertThat(process.waitFor()).isEqualTo(130);
    } finally {
      ChildProcesses.kill(process);
    }
  }

  private Command once(Example example) {
    Command run = example.runOnce(directory, Map.of("VideoStorage", queue.urlWithSas()));
    assertThat(run.exitCode()).as(() -> run.lines().toString()).isZero();
    return run;
  }

  private static List<String> all(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static String document(String path) throws IOException {
    return Files.readString(ProjectDirectory.path().resolve(path));
  }
}

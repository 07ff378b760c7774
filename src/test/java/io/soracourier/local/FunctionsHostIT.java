package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.queue.QueueServiceClient;
import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.ScriptedHandler.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.SAME_THREAD)
class FunctionsHostIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String TEXT_FUNCTION =
      """
      {"bindings":[
        {"type":"queueTrigger","direction":"in","name":"job","queueName":"inbox","connection":"Store"},
        {"type":"queue","direction":"out","name":"done","queueName":"outbox","connection":"Store"}]}
      """;
  private static final String BINARY_FUNCTION =
      TEXT_FUNCTION.replace("\"name\":\"job\"", "\"name\":\"job\",\"dataType\":\"binary\"");

  @TempDir Path folder;
  private final StorageAccount account = Azurite.shared().freshAccount();
  private final ScriptedHandler handler = new ScriptedHandler();
  private StoredQueue in;
  private StoredQueue out;
  private StoredQueue poison;
  private FunctionsHost host;

  @BeforeEach
  void queues() {
    QueueServiceClient queues = Connections.queues(account.connectionString());
    in = new StoredQueue(queues.getQueueClient("inbox"));
    out = new StoredQueue(queues.getQueueClient("outbox"));
    poison = new StoredQueue(queues.getQueueClient("inbox-poison"));
    in.create();
  }

  @AfterEach
  void stop() {
    if (host != null) {
      host.close();
    }
    handler.close();
  }

  private FunctionsHost.Builder app(String functionJson) throws Exception {
    return FunctionsHost.builder(ScriptedHandler.writeApp(folder, functionJson))
        .setting("Store", account.connectionString())
        .setting(RelayHandler.TARGET, handler.url());
  }

  private Invocation ended(int count) {
    return host.invocations().await(count, done -> true, SOON, "invocations").get(count - 1);
  }

  private ScriptedHandler.Request asked() {
    return handler.requests().await(request -> true, SOON, "request");
  }

  @Test
  void message_reachesTheHandlerInTheHostsOwnEncoding() throws Exception {
    host = app(TEXT_FUNCTION).start();
    in.send("task_1");

    ScriptedHandler.Request request = asked();
    assertThat(request.function()).isEqualTo("Work");
    assertThat(request.headers())
        .containsEntry("content-type", "application/json; charset=utf-8")
        .containsEntry("transfer-encoding", "chunked")
        .containsKeys("x-azure-functions-hostversion", "x-azure-functions-invocationid");
    assertThat(request.headers().get("user-agent")).startsWith("Azure-Functions-Host/4.");
    assertThat(request.body().at("/Data/job").textValue()).isEqualTo("\"task_1\"");
    assertThat(request.body().at("/Metadata/DequeueCount").textValue()).isEqualTo("1");
    assertThat(request.body().at("/Metadata/Id").textValue()).matches("\"[0-9a-f-]{36}\"");
    assertThat(request.body().at("/Metadata/InsertionTime").textValue())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+00:00");
    assertThat(request.body().at("/Metadata/sys/MethodName").textValue()).isEqualTo("Work");
    assertThat(request.body().path("Metadata").has("QueueTrigger")).isFalse();
    assertThat(ended(1))
        .returns(Outcome.SUCCEEDED, Invocation::outcome)
        .returns(200, Invocation::status)
        .returns(host.pid(), Invocation::pid)
        .returns(request.headers().get("x-azure-functions-invocationid"), Invocation::id);
    assertThat(in.count()).isZero();
  }

  @Test
  void documentedShape_encodesEveryValueOnce() throws Exception {
    host = app(TEXT_FUNCTION).payload(PayloadShape.DOCUMENTED).start();
    in.send("task_1");

    ScriptedHandler.Request request = asked();
    assertThat(request.body().at("/Data/job").textValue()).isEqualTo("task_1");
    assertThat(request.body().at("/Metadata/DequeueCount").intValue()).isEqualTo(1);
  }

  @Test
  void binaryTrigger_getsBase64AndNoFieldsOfTheMessageInMetadata() throws Exception {
    host = app(BINARY_FUNCTION).start();
    in.send("{\"Id\":\"mine\",\"jobId\":\"task_1\"}");

    ScriptedHandler.Request request = asked();
    assertThat(Base64.getDecoder().decode(request.body().at("/Data/job").textValue()))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"Id\":\"mine\",\"jobId\":\"task_1\"}");
    assertThat(request.body().path("Metadata").has("jobId")).isFalse();
    assertThat(request.body().at("/Metadata/Id").textValue()).doesNotContain("mine");
  }

  @Test
  void textTrigger_letsFieldsOfTheMessageOverwriteMetadata() throws Exception {
    host = app(TEXT_FUNCTION).start();
    in.send("{\"id\":\"mine\",\"list\":[1],\"nested\":{\"a\":1}}");

    ScriptedHandler.Request request = asked();
    assertThat(request.body().at("/Metadata/Id").textValue()).isEqualTo("\"mine\"");
    assertThat(request.body().at("/Metadata/nested/a").intValue()).isEqualTo(1);
    assertThat(request.body().path("Metadata").has("list")).isFalse();
  }

  @Test
  void outputs_areWrittenWithTheHostsConversions() throws Exception {
    handler.answer(
        request ->
            Answer.json("{\"Outputs\":{\"done\":[{\"a\":1},\"abcd\",7,true]},\"Logs\":[\"hi\"]}"));
    host = app(TEXT_FUNCTION).start();
    in.send("x");

    assertThat(out.await(4, SOON)).containsExactly("{\n  \"a\": 1\n}", "abcd", "7", "True");
    assertThat(ended(1).logs()).containsExactly("hi");
  }

  @Test
  void base64Encoding_decodesTriggersAndEncodesOutputs() throws Exception {
    handler.answer(request -> Answer.json("{\"Outputs\":{\"done\":{\"a\":1}}}"));
    host =
        app(TEXT_FUNCTION)
            .setting("AzureFunctionsJobHost__extensions__queues__messageEncoding", "base64")
            .start();
    in.send(Base64.getEncoder().encodeToString("task_1".getBytes(StandardCharsets.UTF_8)));

    assertThat(asked().body().at("/Data/job").textValue()).isEqualTo("\"task_1\"");
    assertThat(Base64.getDecoder().decode(out.await(1, SOON).get(0)))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\n  \"a\": 1\n}");
  }

  @Test
  void messageThatIsNotBase64_isPoisonedWithoutAnInvocation() throws Exception {
    host =
        app(TEXT_FUNCTION)
            .setting("AzureFunctionsJobHost__extensions__queues__messageEncoding", "base64")
            .start();
    in.send("task_1");

    assertThat(poison.await(1, SOON)).containsExactly("task_1");
    assertThat(ended(1).outcome()).isEqualTo(Outcome.POISONED);
    assertThat(handler.requests().entries()).isEmpty();
  }

  @Test
  void failureUpToTheLimit_movesTheMessageToThePoisonQueue() throws Exception {
    handler.answer(request -> Answer.status(500));
    host = app(TEXT_FUNCTION).start();
    in.send("bad");

    assertThat(poison.await(1, SOON)).containsExactly("bad");
    ended(3);
    assertThat(host.invocations().entries())
        .extracting(Invocation::outcome)
        .containsExactly(Outcome.FAILED, Outcome.FAILED, Outcome.POISONED);
    assertThat(host.invocations().entries())
        .extracting(Invocation::dequeueCount)
        .containsExactly(1L, 2L, 3L);
    Waiting.until(() -> in.count() == 0, SOON, () -> "the message is still on its queue");
  }

  @Test
  void wrongContentType_failsTheInvocation() throws Exception {
    handler.answer(request -> Answer.of(200, "text/plain", new byte[] {'{', '}'}, Map.of()));
    host = app(TEXT_FUNCTION).start();
    in.send("x");

    assertThat(ended(1))
        .returns(Outcome.FAILED, Invocation::outcome)
        .returns(200, Invocation::status)
        .extracting(Invocation::detail)
        .asString()
        .contains("text/plain");
  }

  @Test
  void emptyResponse_isRecordedAsNeverCompleted() throws Exception {
    handler.answer(request -> Answer.of(200, "application/json", new byte[0], Map.of()));
    host = app(TEXT_FUNCTION).start();
    in.send("x");

    assertThat(ended(1).outcome()).isEqualTo(Outcome.HUNG);
    assertThat(in.count()).isEqualTo(1);
  }

  @Test
  void outputThatDoesNotFitAMessage_failsTheInvocation() throws Exception {
    String large = "x".repeat(70_000) + ":";
    handler.answer(request -> Answer.json("{\"Outputs\":{\"done\":\"" + large + "\"}}"));
    host = app(TEXT_FUNCTION).start();
    in.send("x");

    assertThat(ended(1))
        .returns(Outcome.FAILED, Invocation::outcome)
        .extracting(Invocation::detail)
        .asString()
        .contains("done", "413");
  }

  @Test
  void batchRules_limitConcurrentInvocations() throws Exception {
    CountDownLatch batch = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    handler.answer(
        request -> {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          batch.countDown();
          awaitQuietly(release);
          atOnce.decrementAndGet();
          return Answer.json("{\"Outputs\":{}}");
        });
    for (int i = 0; i < 8; i++) {
      in.send("job " + i);
    }
    host = app(TEXT_FUNCTION).start();

    assertThat(batch.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(host.inWork()).isEqualTo(2);
    release.countDown();
    ended(8);
    assertThat(most.get()).isBetween(2, 3);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void longInvocation_keepsItsLeaseByRenewal() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    handler.answer(
        request -> {
          awaitQuietly(release);
          return Answer.json("{\"Outputs\":{}}");
        });
    host = app(TEXT_FUNCTION).lease(Duration.ofSeconds(6), Duration.ofMillis(200)).start();
    in.send("slow");
    asked();

    long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
    Waiting.until(() -> System.nanoTime() > end, SOON, () -> "");
    assertThat(in.peek()).isEmpty();
    release.countDown();

    assertThat(ended(1))
        .returns(Outcome.SUCCEEDED, Invocation::outcome)
        .returns(1L, Invocation::dequeueCount);
    assertThat(in.count()).isZero();
  }

  @Test
  void handlerThatEndsWithAnError_isRestartedAndTheMessageComesBack() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    handler.answer(
        request -> calls.incrementAndGet() == 1 ? Answer.exit(3) : Answer.json("{\"Outputs\":{}}"));
    host = app(TEXT_FUNCTION).start();
    long firstPid = host.pid();
    in.send("x");

    host.invocations()
        .await(invocation -> invocation.outcome() == Outcome.SUCCEEDED, SOON, "success");
    assertThat(host.invocations().entries().get(0).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(calls.get()).isEqualTo(2);
    assertThat(host.pid()).isNotEqualTo(firstPid);
    assertThat(host.stopped()).isEmpty();
  }

  @Test
  void thirdError_stopsTheHost() throws Exception {
    handler.answer(request -> Answer.exit(3));
    host =
        app(TEXT_FUNCTION)
            .setting("AzureFunctionsJobHost__extensions__queues__maxDequeueCount", "9")
            .start();
    in.send("x");

    Waiting.until(() -> host.stopped().isPresent(), SOON, () -> "the host continues");
    assertThat(host.stopped().orElseThrow()).contains("3 times", "exit code 3");
  }

  @Test
  void handlerThatEndsWithZero_isNotRestarted() throws Exception {
    handler.answer(request -> Answer.exit(0));
    host = app(TEXT_FUNCTION).start();
    in.send("x");

    assertThat(poison.await(1, SOON)).containsExactly("x");
    assertThat(host.isHandlerAlive()).isFalse();
    assertThat(host.stopped()).isEmpty();
  }

  @Test
  void handlerThatAsksToBeRestarted_isNotAnError() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    handler.answer(
        request ->
            calls.incrementAndGet() < 4 ? Answer.exit(200) : Answer.json("{\"Outputs\":{}}"));
    host =
        app(TEXT_FUNCTION)
            .setting("AzureFunctionsJobHost__extensions__queues__maxDequeueCount", "9")
            .start();
    in.send("x");

    // Three are the most of ended handlers that the host bears, unless they asked for it.
    host.invocations()
        .await(invocation -> invocation.outcome() == Outcome.SUCCEEDED, SOON, "success");
    assertThat(host.stopped()).isEmpty();
    assertThat(calls.get()).isEqualTo(4);
  }

  @Test
  void invocationBeyondFunctionTimeout_failsAndTheHandlerIsRestarted() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    handler.answer(
        request -> {
          if (calls.incrementAndGet() == 1) {
            awaitQuietly(never);
          }
          return Answer.json("{\"Outputs\":{}}");
        });
    host = app(TEXT_FUNCTION).setting("AzureFunctionsJobHost__functionTimeout", "00:00:01").start();
    long firstPid = host.pid();
    in.send("x");

    assertThat(ended(2).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(host.invocations().entries().get(0).detail()).contains("functionTimeout");
    assertThat(host.pid()).isNotEqualTo(firstPid);
    never.countDown();
  }

  @Test
  void twoInvocationsBeyondFunctionTimeoutTogether_endTheHost() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    handler.answer(
        request -> {
          awaitQuietly(never);
          return Answer.json("{\"Outputs\":{}}");
        });
    host = app(TEXT_FUNCTION).setting("AzureFunctionsJobHost__functionTimeout", "00:00:01").start();
    in.send("x");
    in.send("y");

    Waiting.until(() -> host.stopped().isPresent(), SOON, () -> "the host runs on");
    assertThat(host.stopped().get()).contains("functionTimeout together");
    assertThat(host.isHandlerAlive()).isFalse();
    never.countDown();
  }

  @Test
  void killedHandler_isReplacedOnTheSamePort() throws Exception {
    host = app(TEXT_FUNCTION).start();
    long firstPid = host.pid();
    String port = environment("FUNCTIONS_CUSTOMHANDLER_PORT");
    host.killHandler();
    Waiting.until(() -> host.pid() != firstPid, SOON, () -> "the same process");
    in.send("x");

    assertThat(ended(1).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(environment("FUNCTIONS_CUSTOMHANDLER_PORT")).isEqualTo(port);
  }

  private String environment(String name) throws IOException {
    return Stream.of(Files.readString(Path.of("/proc/" + host.pid() + "/environ")).split("\0"))
        .filter(entry -> entry.startsWith(name + "="))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"one line\"", "{\"a\":1}", "[{\"a\":1}]", "[\"ok\",[\"no\"]]"})
  void logsOtherThanAListOfStrings_failTheFunction(String logs) throws Exception {
    AtomicInteger calls = new AtomicInteger();
    handler.answer(
        request ->
            Answer.json(
                calls.incrementAndGet() == 1
                    ? "{\"Outputs\":{},\"Logs\":" + logs + "}"
                    : "{\"Outputs\":{},\"Logs\":[null,\"ok\"]}"));
    host = app(TEXT_FUNCTION).start();
    in.send("x");

    assertThat(ended(1).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(ended(1).detail()).contains("\"Logs\" of the answer");
    assertThat(ended(2).outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void hostThatLeaves_keepsNothingOfWhatItsHandlerAnswersLater() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    handler.answer(
        request -> {
          awaitQuietly(goOn);
          return Answer.json("{\"Outputs\":{\"done\":[\"too late\"]}}");
        });
    host = app(TEXT_FUNCTION).lease(Duration.ofSeconds(1), Duration.ofMinutes(5)).start();
    in.send("x");
    asked();

    HandlerProcess left = host.leave();

    try {
      assertThat(left.isAlive()).isTrue();
      goOn.countDown();
      assertThat(in.await(1, SOON)).containsExactly("x");
      assertThat(out.count()).isZero();
    } finally {
      left.kill();
    }
  }

  @Test
  void handlerThatDoesNotStart_isReportedWithItsOutput() throws Exception {
    FunctionsHost.Builder app = app(TEXT_FUNCTION).setting(RelayHandler.EXIT_AT_START, "1");

    assertThatThrownBy(app::start)
        .isInstanceOfSatisfying(
            HandlerStartException.class, e -> assertThat(e.exitCode()).isEqualTo(1))
        .hasMessageContaining("exit code 1")
        .hasMessageContaining("VideoStorage is missing");
  }

  @Test
  void handler_seesTheSettingsAndNothingElseOfThisProcess() throws Exception {
    host = app(TEXT_FUNCTION).setting("COURIER_GRACE", "1s").start();

    List<String> environment =
        List.of(
            java.nio.file.Files.readString(Path.of("/proc/" + host.pid() + "/environ"))
                .split("\0"));
    assertThat(environment)
        .contains("COURIER_GRACE=1s", "FUNCTIONS_APP_ROOT_PATH=" + folder.toAbsolutePath())
        .anyMatch(entry -> entry.startsWith("FUNCTIONS_CUSTOMHANDLER_PORT="))
        .anyMatch(entry -> entry.startsWith("FUNCTIONS_CUSTOMHANDLER_WORKER_ID="))
        .noneMatch(entry -> entry.startsWith("MAVEN"));
    assertThat(host.console().await(line -> line.startsWith("ready"), SOON, "greeting"))
        .isEqualTo("ready in " + folder.toRealPath());
    assertThat(host.memory().peak()).isPositive();
  }

  @Test
  void stoppedHost_leavesTheMessageToItsLease() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    handler.answer(
        request -> {
          awaitQuietly(never);
          return Answer.json("{\"Outputs\":{}}");
        });
    host = app(TEXT_FUNCTION).lease(Duration.ofSeconds(1), Duration.ofMinutes(5)).start();
    in.send("x");
    asked();
    host.close();

    assertThat(in.await(1, SOON)).containsExactly("x");
    assertThat(host.invocations().entries())
        .extracting(Invocation::outcome)
        .containsExactly(Outcome.ABANDONED);
    never.countDown();
  }

  private static String timer(String schedule) {
    return """
        {"bindings":[{"type":"timerTrigger","direction":"in","name":"timer","schedule":"%s"}]}
        """
        .formatted(schedule);
  }

  @Test
  void timer_isInvokedWithItsScheduleAsAnObject() throws Exception {
    host = app(timer("0 */5 * * * *")).start();

    Invocation done = host.runTimer("Work");

    JsonNode body = asked().body();
    assertThat(body.at("/Data/timer/Schedule/AdjustForDST").booleanValue()).isTrue();
    assertThat(body.at("/Data/timer/IsPastDue").isBoolean()).isTrue();
    assertThat(body.at("/Data/timer/ScheduleStatus/Last").textValue())
        .isEqualTo("0001-01-01T00:00:00");
    assertThat(body.at("/Data/timer/ScheduleStatus/Next").textValue())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d[05]:00\\+00:00");
    assertThat(body.at("/Metadata/sys/MethodName").textValue()).isEqualTo("Work");
    assertThat(done.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(done.messageId()).isNull();
  }

  @Test
  void timer_isRunByOneOfTwoHostsAndByTheOtherWhenThatIsGone() throws Exception {
    FunctionsHost.Builder app = app(timer("00:00:00.2"));
    host = app.start();
    try (FunctionsHost second = app.start()) {
      long first = ended(2).pid();
      assertThat(host.invocations().entries()).allMatch(done -> done.pid() == first);
      host.close();
      second
          .invocations()
          .await(1, done -> done.pid() == second.pid(), SOON, "invocations of the second host");
    }
  }

  @Test
  void timerThatIsDisabled_isRunOnDemandOnly() throws Exception {
    host = app(timer("00:00:00.1")).setting("AzureWebJobs.Work.Disabled", "true").start();

    host.runTimer("Work");

    assertThat(host.invocations().entries()).hasSize(1);
    assertThat(asked().body().at("/Data/timer/ScheduleStatus").isNull()).isTrue();
    assertThat(asked().body().at("/Data/timer/Schedule/AdjustForDST").booleanValue()).isFalse();
  }

  @Test
  void timerWhoseScheduleIsASettingThatIsMissing_isRefused() throws Exception {
    FunctionsHost.Builder app = app(timer("%SCHEDULE%"));

    assertThatThrownBy(app::start)
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining("%SCHEDULE%");
  }
}

package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.Azurite;
import io.soracourier.local.FunctionsHost;
import io.soracourier.local.Invocation;
import io.soracourier.local.LocalStack;
import io.soracourier.local.Outcome;
import io.soracourier.local.StorageAccount;
import io.soracourier.local.StorageProxy;
import io.soracourier.local.Waiting;
import io.soracourier.simulator.SoraSimulator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The packaged function app on a local stack of its own, with an ear on what it puts back.
 *
 * <p>Closing it holds everything that happened to what is always true: each message is of its
 * schema, no message was poisoned, no invocation failed, and no secret was written anywhere.
 */
public final class Deployment implements AutoCloseable {
  /** For what takes a second or a few on a machine that has nothing else to do. */
  public static final Duration IN_TIME = Duration.ofSeconds(90);

  /** The courier's last look comes 5 s before a job's time is over. */
  public static final Duration NO_TIME = Duration.ofSeconds(5);

  private static final int LAST_LINES = 30;

  /** What the launcher of the jar passes to its JVM; a native executable does not read it. */
  public static final String JAVA_OPTS = "JAVA_OPTS";

  private final StorageProxy queues;
  private final Optional<StorageProxy> blobs;
  private final Optional<StorageProxy> tables;
  private final LocalStack stack;
  private final Set<String> secrets = new LinkedHashSet<>();
  private boolean failedInvocationsExpected;

  private Deployment(
      LocalStack stack,
      StorageProxy queues,
      Optional<StorageProxy> blobs,
      Optional<StorageProxy> tables) {
    this.stack = stack;
    this.queues = queues;
    this.blobs = blobs;
    this.tables = tables;
    if (stack.simulator() != null) {
      secret(stack.simulator().apiKey());
    }
    secret(stack.account().key());
  }

  public static Deployment start() {
    return start(builder -> builder);
  }

  public static Deployment start(UnaryOperator<LocalStack.Builder> options) {
    return start(Azurite.shared(), options);
  }

  public static Deployment start(Azurite azurite, UnaryOperator<LocalStack.Builder> options) {
    return start(azurite.freshAccount(), Optional.empty(), Optional.empty(), options);
  }

  /** The handler's requests to the blobs can be seen and made to fail too: {@link #blobs}. */
  public static Deployment startWithBlobsTapped(UnaryOperator<LocalStack.Builder> options) {
    StorageAccount account = Azurite.shared().freshAccount();
    return start(
        account,
        Optional.of(StorageProxy.before(account.blobEndpoint())),
        Optional.empty(),
        options);
  }

  /** The handler's requests to the tables can be seen and made to fail too: {@link #tables}. */
  public static Deployment startWithTablesTapped(UnaryOperator<LocalStack.Builder> options) {
    StorageAccount account = Azurite.shared().freshAccount();
    return start(
        account,
        Optional.empty(),
        Optional.of(StorageProxy.before(account.tableEndpoint())),
        options);
  }

  private static Deployment start(
      StorageAccount account,
      Optional<StorageProxy> blobs,
      Optional<StorageProxy> tables,
      UnaryOperator<LocalStack.Builder> options) {
    StorageProxy queues = StorageProxy.before(account.queueEndpoint());
    StorageAccount tapped =
        account
            .at(
                blobs.map(proxy -> proxy.endpoint().toString()).orElse(account.blobEndpoint()),
                queues.endpoint().toString())
            .withTablesAt(
                tables.map(proxy -> proxy.endpoint().toString()).orElse(account.tableEndpoint()));
    return start(
        account,
        queues,
        blobs,
        tables,
        builder -> options.apply(builder.setting("VideoStorage", tapped.connectionString())));
  }

  /** Most of these processes end before the second compiler of a JVM has paid for itself. */
  private static LocalStack.Builder quickToStart(LocalStack.Builder stack) {
    return stack.setting(JAVA_OPTS, "-XX:TieredStopAtLevel=1");
  }

  /** With storage settings of the caller's own, which lead the handler's queues to the proxy. */
  public static Deployment start(
      StorageAccount account, StorageProxy queues, UnaryOperator<LocalStack.Builder> options) {
    return start(account, queues, Optional.empty(), Optional.empty(), options);
  }

  private static Deployment start(
      StorageAccount account,
      StorageProxy queues,
      Optional<StorageProxy> blobs,
      Optional<StorageProxy> tables,
      UnaryOperator<LocalStack.Builder> options) {
    try {
      LocalStack stack = options.apply(quickToStart(LocalStack.builder()).account(account)).start();
      return new Deployment(stack, queues, blobs, tables);
    } catch (RuntimeException e) {
      queues.close();
      blobs.ifPresent(StorageProxy::close);
      tables.ifPresent(StorageProxy::close);
      throw e;
    }
  }

  /** What the handler asks of the queues. */
  public StorageProxy queues() {
    return queues;
  }

  /** What the handler asks of the blobs, where that is tapped. */
  public StorageProxy blobs() {
    return blobs.orElseThrow();
  }

  /** What the handler asks of the tables, where that is tapped. */
  public StorageProxy tables() {
    return tables.orElseThrow();
  }

  /** Some invocations fail in this test; all else holds as always. */
  public Deployment expectFailedInvocations() {
    failedInvocationsExpected = true;
    return this;
  }

  /** This text must not be found in anything that the handler writes, encoded or not. */
  public Deployment secret(String text) {
    secrets.add(text);
    secrets.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
    secrets.add(
        Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  public LocalStack stack() {
    return stack;
  }

  public SoraSimulator simulator() {
    return stack.simulator();
  }

  public FunctionsHost host() {
    return stack.host();
  }

  /** See {@link LocalStack#enqueue}. */
  public String enqueue(String message) {
    return stack.enqueue(message);
  }

  /**
   * Enqueues a job as one that was put back, whose time is over after so long: after {@link
   * #NO_TIME} and less it is looked at once.
   */
  public void enqueue(String jobId, Duration untilItsDeadline) {
    Instant now = Instant.now();
    enqueue(
        "{\"jobId\":\"%s\",\"look\":{\"number\":9,\"first\":\"%s\",\"until\":\"%s\"}}"
            .formatted(jobId, now.minusSeconds(100), now.plus(untilItsDeadline)));
  }

  /** Waits for the one outcome of a job that has one. */
  public JsonNode outcome(String jobId) {
    return outcome(jobId, IN_TIME);
  }

  /** The same, for a job that takes longer than others. */
  JsonNode outcome(String jobId, Duration timeout) {
    return outcomes(jobId, 1, timeout).get(0);
  }

  /** Waits for so many outcomes of a job; all that there are are returned, in order of arrival. */
  public List<JsonNode> outcomes(String jobId, int count) {
    return outcomes(jobId, count, IN_TIME);
  }

  private List<JsonNode> outcomes(String jobId, int count, Duration timeout) {
    Waiting.until(
        () -> outcomes(jobId).size() >= count,
        timeout,
        () -> "%d of %d outcomes; %s".formatted(outcomes(jobId).size(), count, state(jobId)));
    return outcomes(jobId);
  }

  private List<JsonNode> outcomes(String jobId) {
    stack.videos().take();
    return stack.videos().takenJson().stream()
        .filter(message -> message.path("jobId").asText().equals(jobId))
        .toList();
  }

  /** Every message that the handler put back so far, in order. */
  public List<PutBack> putBacks() {
    return queues.seen(request -> request.isPutMessage() && request.status() == 201).stream()
        .map(PutBack::of)
        .filter(PutBack::hasNote)
        .toList();
  }

  /** Every message about this job that the handler put back so far. */
  public List<PutBack> putBacks(String jobId) {
    return putBacks().stream().filter(message -> message.jobId().equals(jobId)).toList();
  }

  /** Waits until the handler has put a job back so often. */
  public List<PutBack> awaitPutBacks(String jobId, int count) {
    Waiting.until(
        () -> putBacks(jobId).size() >= count,
        IN_TIME,
        () -> "put back %d of %d times; %s".formatted(putBacks(jobId).size(), count, state(jobId)));
    return putBacks(jobId);
  }

  private String state(String jobId) {
    List<String> lines = stack.handlerLines();
    return "%s, put back: %s, invocations that failed: %s, the handler's last lines:%n%s"
        .formatted(
            jobId,
            putBacks(jobId),
            stack.invocations().stream()
                .filter(done -> done.outcome() != Outcome.SUCCEEDED)
                .toList(),
            String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
  }

  /** The ended invocations that were about a job. */
  public List<Invocation> invocations(String jobId) {
    return stack.invocations().stream().filter(done -> isAbout(done, jobId)).toList();
  }

  /** Waits until so many invocations about a job have ended. */
  public List<Invocation> awaitInvocations(String jobId, int count) {
    return host()
        .invocations()
        .await(count, done -> isAbout(done, jobId), IN_TIME, "invocations about " + jobId);
  }

  /**
   * The invocations that a message on the queue led to, once nothing is in work: an outcome can be
   * read before the invocation that wrote it has ended.
   */
  public List<Invocation> invocationsOfMessage(String messageId) {
    stack.awaitIdle(IN_TIME);
    return stack.invocations().stream().filter(done -> messageId.equals(done.messageId())).toList();
  }

  private static boolean isAbout(Invocation invocation, String jobId) {
    return invocation.logs().stream().anyMatch(line -> line.contains(jobId));
  }

  /** The handler's log lines about a job. */
  public List<String> linesOf(String jobId) {
    return stack.handlerLines().stream().filter(line -> line.contains(jobId)).toList();
  }

  /** Waits until the handler has written such a line about a job. */
  public String awaitLine(String jobId, String part) {
    return host()
        .console()
        .await(
            line -> line.contains(jobId) && line.contains(part),
            IN_TIME,
            "lines about " + jobId + " with " + part);
  }

  @Override
  public void close() {
    try (queues;
        stack) {
      stack.awaitIdle(IN_TIME);
      stack.videos().take();
      assertThat(stack.videos().takenJson()).allSatisfy(Schemas::assertVideoMessage);
      assertThat(putBacks()).extracting(PutBack::json).allSatisfy(Schemas::assertJobMessage);
      assertThat(stack.poison().count()).as("poisoned messages").isZero();
      if (!failedInvocationsExpected) {
        assertThat(stack.invocations())
            .as(() -> warnings())
            .allSatisfy(done -> assertThat(done.outcome()).isEqualTo(Outcome.SUCCEEDED));
      }
      assertNoSecretWritten();
    } finally {
      blobs.ifPresent(StorageProxy::close);
      tables.ifPresent(StorageProxy::close);
    }
  }

  /** The handler's last warnings and errors, which say why an invocation failed. */
  private String warnings() {
    List<String> lines =
        stack.handlerLines().stream()
            .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
            .toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  private void assertNoSecretWritten() {
    List<String> written = new ArrayList<>(stack.handlerLines());
    written.addAll(stack.videos().taken());
    putBacks().stream().map(PutBack::text).forEach(written::add);
    stack.invocations().stream()
        .flatMap(done -> Stream.concat(done.logs().stream(), Stream.of(done.detail())))
        .forEach(written::add);
    for (String secret : secrets) {
      assertThat(written).as("what the handler wrote").noneMatch(line -> line.contains(secret));
    }
  }
}

package io.soracourier.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.soracourier.function.CopyVideo;
import io.soracourier.local.HandlerProcess;
import io.soracourier.local.Payload;
import io.soracourier.local.PayloadShape;
import io.soracourier.local.ResidentMemory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One process of the courier, invoked as the Functions host does it, without a queue between. */
final class RunningCourier implements AutoCloseable {
  private static final Duration MAX_TIME = Duration.ofMinutes(10);
  private static final int LINES_KEPT = 20;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Deque<String> lines = new ArrayDeque<>();
  private final long startedNanos = System.nanoTime();
  private final HandlerProcess process;
  private final double readySeconds;

  private RunningCourier(Path executable, List<String> options, Map<String, String> settings) {
    List<String> command = new ArrayList<>(List.of(executable.toAbsolutePath().toString()));
    command.addAll(options);
    this.process = HandlerProcess.start(command, settings, this::keep);
    try {
      FirstAnswer.await(process.uri("/"), process::isAlive);
    } catch (RuntimeException e) {
      close();
      throw new BenchException(executable + " did not start: " + lastLines(), e);
    }
    this.readySeconds = secondsSinceStart();
  }

  /** Starts it and waits for the first response to {@code GET /}. */
  static RunningCourier start(Path executable, Map<String, String> settings) {
    return start(executable, List.of(), settings);
  }

  /**
   * @param options of its virtual machine
   */
  static RunningCourier start(Path executable, List<String> options, Map<String, String> settings) {
    return new RunningCourier(executable, options, settings);
  }

  /** From the start of the process to its first response. */
  double readySeconds() {
    return readySeconds;
  }

  double secondsSinceStart() {
    return (System.nanoTime() - startedNanos) / 1e9;
  }

  long pid() {
    return process.pid();
  }

  double processorSeconds() {
    return ProcStat.of(pid()).own();
  }

  ResidentMemory memory() {
    return ResidentMemory.of(pid());
  }

  /** Where it answers calls, as the Functions host forwards them. */
  URI uri(String path) {
    return process.uri(path);
  }

  /** A look at a job that is still being made. */
  void look(String jobId) {
    JsonNode answer = invoke(jobId);
    if (!answer.at("/Outputs/video").isMissingNode()) {
      throw new BenchException("a look at a running job had an outcome: " + answer);
    }
  }

  /** A look at a job that is done, which copies its video. */
  void copy(String jobId) {
    JsonNode answer = invoke(jobId);
    if (!answer.at("/Outputs/video/0").asText().startsWith("{\"status\":\"copied\"")) {
      throw new BenchException("nothing was copied: " + answer);
    }
  }

  private JsonNode invoke(String jobId) {
    byte[] body =
        new Payload(PayloadShape.OBSERVED)
            .data("job", jobId.getBytes(StandardCharsets.UTF_8))
            .toBytes();
    HttpRequest request =
        HttpRequest.newBuilder(process.uri("/" + CopyVideo.NAME))
            .timeout(MAX_TIME)
            .header("X-Azure-Functions-InvocationId", UUID.randomUUID().toString())
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<String> response =
          CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() != 200) {
        throw new BenchException(
            "the courier returned %d: %s".formatted(response.statusCode(), lastLines()));
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new BenchException("the courier did not answer: " + lastLines(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  private void keep(String line) {
    synchronized (lines) {
      lines.addLast(line);
      if (lines.size() > LINES_KEPT) {
        lines.removeFirst();
      }
    }
  }

  private String lastLines() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  @Override
  public void close() {
    process.kill();
  }
}

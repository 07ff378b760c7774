package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.soracourier.simulator.Content;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The handler as the host meets it over HTTP. */
class HandlerProtocolIT {
  /** What the host's batch and its threshold allow to be in work at once. */
  private static final int MAX_INVOCATIONS = 24;

  private static final int COPIES_AT_ONCE = 8;

  @AutoClose private static Deployment courier;
  private static Handler handler;

  @BeforeAll
  static void start() {
    courier =
        Deployment.start(
            builder -> builder.setting("COURIER_COPY_CONCURRENCY", String.valueOf(COPIES_AT_ONCE)));
    handler = Handler.of(courier.host());
  }

  @Test
  void handler_listensOnLoopbackOnly() {
    assertThat(ListeningSockets.of(courier.host().pid()))
        .singleElement()
        .satisfies(socket -> assertThat(socket.getAddress().isLoopbackAddress()).isTrue());
  }

  @Test
  void unknownFunction_isNotFoundByName() throws IOException {
    HttpResponse<String> answer = handler.post("/CopyMovie", "{\"Data\":{},\"Metadata\":{}}");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(error(answer)).contains("POST /CopyMovie", "no such function", "CopyVideo");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "task_1",
        "null",
        "[]",
        "\"Data\"",
        "{",
        "{}",
        "{\"Metadata\":{}}",
        "{\"Data\":null}",
        "{\"Data\":\"task_1\"}",
        "{\"Data\":{}}",
        "{\"Data\":{\"video\":\"dGFza18x\"}}"
      })
  void malformedInvocation_isABadRequestThatSaysWhy(String body) throws IOException {
    HttpResponse<String> answer = handler.post("/CopyVideo", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(error(answer)).startsWith("POST /CopyVideo is not an invocation");
  }

  /** As many copies as there may be, none of which moves, and as many waiting for their turn. */
  @Test
  void readiness_answersWhileAllCopiesAreRunning() {
    CountDownLatch gate = new CountDownLatch(1);
    List<SimulatedJob> jobs = new ArrayList<>();
    for (int i = 0; i < MAX_INVOCATIONS; i++) {
      jobs.add(
          courier.simulator().sora1Job().video(new Gated(Mp4.ofSize(64 * 1024, i), gate)).add());
    }
    try {
      jobs.parallelStream().forEach(job -> courier.enqueue(job.id()));
      courier
          .simulator()
          .awaitRequests(
              COPIES_AT_ONCE, Deployment.IN_TIME, request -> request.is(Route.GET_CONTENT));

      assertThat(handler.get("/").statusCode()).isEqualTo(200);
      assertThat(handler.post("/CopyMovie", "{}").statusCode()).isEqualTo(404);
      assertThat(courier.stack().blobNames()).isEmpty();
      assertThat(courier.simulator().requests(Route.GET_CONTENT)).hasSize(COPIES_AT_ONCE);
    } finally {
      gate.countDown();
    }
    assertThat(jobs)
        .allSatisfy(
            job ->
                assertThat(courier.outcome(job.id()).path("status").asText()).isEqualTo("copied"));
  }

  private static String error(HttpResponse<String> answer) throws IOException {
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    return new ObjectMapper().readTree(answer.body()).path("error").asText();
  }

  /** A video that stops half-way until the gate is opened. */
  private record Gated(Content video, CountDownLatch gate) implements Content {
    @Override
    public long length() {
      return video.length();
    }

    @Override
    public void writeTo(OutputStream out, long from, long length) throws IOException {
      long half = Math.min(length, length() / 2);
      video.writeTo(out, from, half);
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IOException("the simulator ends", e);
      }
      video.writeTo(out, from + half, length - half);
    }
  }
}

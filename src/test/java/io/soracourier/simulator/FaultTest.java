package io.soracourier.simulator;

import static io.soracourier.simulator.SimulatorClient.content;
import static io.soracourier.simulator.SimulatorClient.job;
import static io.soracourier.simulator.SimulatorClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
  private final SoraSimulator simulator = SoraSimulator.start();
  private final SimulatorClient client = new SimulatorClient(simulator);
  private final SimulatedJob job =
      simulator.sora1Job().statuses("succeeded").video(Mp4.ofSize(600_000, 1)).add();
  private final String path = content(job.generationId());
  private final byte[] bytes = job.video().bytes();

  @AfterEach
  void close() {
    simulator.close();
  }

  private Script onContent() {
    return simulator.on(Route.GET_CONTENT, job.generationId());
  }

  // Replies

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 403, 410})
  void status_isAnsweredOnceThenTheJob(int status) throws IOException {
    simulator.on(Route.GET_JOB, job.id()).answer(Fault.status(status));

    assertThat(client.get(job(job.id())).statusCode()).isEqualTo(status);
    assertThat(job.looks()).isZero();
    assertThat(client.get(job(job.id())).statusCode()).isEqualTo(200);
    assertThat(job.looks()).isEqualTo(1);
  }

  @Test
  void errorWithRetryAfter_isWrappedOrFlat() throws IOException {
    simulator
        .on(Route.GET_JOB)
        .answer(Fault.error(ServiceError.tooManyRunningTasks()).and(Fault.retryAfter(7)))
        .answer(
            Fault.error(ServiceError.modelDeprecated())
                .and(Fault.retryAfter(Instant.parse("2026-11-22T10:00:00Z"))));

    HttpResponse<byte[]> wrapped = client.get(job(job.id()));
    assertThat(wrapped.statusCode()).isEqualTo(429);
    assertThat(wrapped.headers().firstValue("Retry-After")).contains("7");
    assertThat(json(wrapped))
        .hasToString(
            "{\"error\":{\"message\":\"Too many running tasks\",\"type\":"
                + "\"video_generation_user_error\",\"param\":null,\"code\":null}}");

    simulator.flatErrors(true);
    HttpResponse<byte[]> flat = client.get(job(job.id()));
    assertThat(flat.statusCode()).isEqualTo(410);
    assertThat(flat.headers().firstValue("Retry-After")).contains("Sun, 22 Nov 2026 10:00:00 GMT");
    assertThat(json(flat).path("code").asText()).isEqualTo("ModelDeprecated");
  }

  @Test
  void otherBodies_replaceTheAnswer() throws IOException {
    onContent()
        .answer(Fault.html(200), Fault.json(200, "{\"url\":\"https://x/y\"}"))
        .answer(Fault.body(Content.EMPTY), Fault.body(Content.of("1")))
        .answer(Fault.header("Content-Type", "application/octet-stream"));

    HttpResponse<byte[]> html = client.get(path);
    assertThat(html.headers().firstValue("Content-Type")).contains("text/html");
    assertThat(new String(html.body(), StandardCharsets.UTF_8)).startsWith("<!DOCTYPE html>");
    assertThat(json(client.get(path)).path("url").asText()).isEqualTo("https://x/y");
    assertThat(client.get(path).body()).isEmpty();
    assertThat(client.get(path).body()).hasSize(1);
    HttpResponse<byte[]> mistyped = client.get(path);
    assertThat(mistyped.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(mistyped.body()).isEqualTo(bytes);
  }

  @Test
  void editedJobAndHeaders_carryUrls() throws IOException {
    simulator
        .on(Route.GET_JOB)
        .always(
            Fault.editedJson(json -> json.putArray("data").addObject().put("url", "https://x/1"))
                .and(Fault.header("Content-Location", "https://x/2")));

    HttpResponse<byte[]> answer = client.get(job(job.id()));

    assertThat(json(answer).at("/data/0/url").asText()).isEqualTo("https://x/1");
    assertThat(json(answer).path("id").asText()).isEqualTo(job.id());
    assertThat(answer.headers().firstValue("Content-Location")).contains("https://x/2");
    assertThat(job.looks()).isEqualTo(1);
  }

  @Test
  void redirect_namesTheAddressGiven() throws IOException {
    onContent()
        .answer(Fault.redirect(URI.create("https://elsewhere.example/v.mp4")))
        .answer(Fault.redirect(308, "http:///no host"));

    HttpResponse<byte[]> found = client.get(path);
    assertThat(found.statusCode()).isEqualTo(302);
    assertThat(found.headers().firstValue("Location")).contains("https://elsewhere.example/v.mp4");
    HttpResponse<byte[]> odd = client.get(path);
    assertThat(odd.statusCode()).isEqualTo(308);
    assertThat(odd.headers().firstValue("Location")).contains("http:///no host");
  }

  // Ranges

  @Test
  void ignoredRange_answersTheWhole() throws IOException {
    onContent().answer(Fault.ignoreRange());

    HttpResponse<byte[]> whole = client.get(path, "Range", "bytes=100-");

    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(bytes);
    assertThat(simulator.requests().get(0).header("Range")).contains("bytes=100-");
  }

  @Test
  void wrongRange_hasOtherBytesOrAnotherTotal() throws IOException {
    onContent().answer(Fault.otherBytes(), Fault.contentRange("bytes 100-199/600001"));

    HttpResponse<byte[]> other = client.get(path, "Range", "bytes=100-199");
    assertThat(other.statusCode()).isEqualTo(206);
    assertThat(other.headers().firstValue("Content-Range")).contains("bytes 100-199/600000");
    assertThat(other.body()).hasSize(100).isNotEqualTo(Arrays.copyOfRange(bytes, 100, 200));
    assertThat(client.get(path, "Range", "bytes=100-199").headers().firstValue("Content-Range"))
        .contains("bytes 100-199/600001");
  }

  @Test
  void contentChangedAfterACut_isAnotherVersion() throws IOException {
    Mp4 changed = Mp4.ofSize(600_000, 2);
    onContent()
        .answer(
            Fault.cutAfter(1000),
            Fault.video(changed, Validators.of(Instant.parse("2026-01-02T00:00:00Z"), "\"b\"")));
    assertThatThrownBy(() -> client.get(path)).isInstanceOf(IOException.class);

    HttpResponse<byte[]> resumed = client.get(path, "Range", "bytes=1000-", "If-Range", "\"a\"");

    assertThat(resumed.statusCode()).isEqualTo(200);
    assertThat(resumed.headers().firstValue("ETag")).contains("\"b\"");
    assertThat(resumed.body()).isEqualTo(changed.bytes());
  }

  // Ends before the head

  @Test
  void reset_comesBeforeAnyByte() throws IOException {
    onContent().answer(Fault.reset());

    try (RawClient raw = new RawClient(simulator).get(path)) {
      assertThatThrownBy(raw::rest)
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("eset");
    }
    assertThat(simulator.requests().get(0).status()).isZero();
    assertThat(client.get(path).body()).isEqualTo(bytes);
  }

  @Test
  void closeUnanswered_endsInOrder() throws IOException {
    onContent().answer(Fault.closeUnanswered());

    try (RawClient raw = new RawClient(simulator).get(path)) {
      assertThat(raw.rest()).isEmpty();
    }
  }

  @Test
  void noResponse_lastsUntilTheClientGoes() throws IOException {
    onContent().answer(Fault.noAnswer());

    try (RawClient raw = new RawClient(simulator).get(path)) {
      simulator.awaitRequests(1, Duration.ofSeconds(10), request -> !request.done());
      assertThat(raw.in().available()).isZero();
    }

    RecordedRequest gone = ended();
    assertThat(gone.status()).isZero();
    assertThat(gone.aborted()).isTrue();
  }

  // Time

  @Test
  void lateAndSlowHeads_arriveWhole() throws IOException {
    onContent()
        .answer(Fault.late(Duration.ofMillis(30)), Fault.slowHead(Duration.ofNanos(100_000)));

    assertThat(client.get(path).body()).isEqualTo(bytes);
    assertThat(client.get(path).body()).isEqualTo(bytes);
  }

  @Test
  void lateHead_isAwaited() throws IOException {
    onContent().answer(Fault.late(Duration.ofHours(1)));

    try (RawClient raw = new RawClient(simulator).get(path)) {
      simulator.awaitRequests(1, Duration.ofSeconds(10), request -> true);
      assertThat(raw.in().available()).isZero();
      assertThat(simulator.requests().get(0).status()).isZero();
    }
  }

  @Test
  void trickle_sendsPieceByPiece() throws IOException {
    onContent()
        .answer(
            Fault.body(Content.of("0123456789")).and(Fault.trickle(1, Duration.ofMillis(1))),
            Fault.trickle(1, Duration.ofHours(1)));

    assertThat(client.get(path).body()).asString().isEqualTo("0123456789");
    try (RawClient raw = new RawClient(simulator).get(path)) {
      assertThat(raw.head()).contains("Content-Length: 600000");
      assertThat(raw.in().read()).isEqualTo(bytes[0]);
      assertThat(raw.in().available()).isZero();
      assertThat(simulator.requests().get(1).bytesSent()).isEqualTo(1);
    }
  }

  @Test
  void stall_keepsTheConnectionOpenAfterSomeBytes() throws IOException {
    onContent().answer(Fault.stallAfter(300_000));

    try (RawClient raw = new RawClient(simulator).get(path)) {
      assertThat(raw.head()).startsWith("HTTP/1.1 200 OK").contains("Content-Length: 600000");
      assertThat(raw.in().readNBytes(300_000)).isEqualTo(Arrays.copyOf(bytes, 300_000));
      assertThat(raw.in().available()).isZero();
      assertThat(simulator.requests().get(0).done()).isFalse();
    }
    assertThat(ended().bytesSent()).isEqualTo(300_000);
  }

  // Cuts

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 8192, 300_000, 600_000})
  void cut_sendsExactlySoManyBytesThenEndsInOrder(long count) throws IOException {
    onContent().answer(Fault.cutAfter(count));

    try (RawClient raw = new RawClient(simulator).get(path)) {
      assertThat(raw.head()).contains("Content-Length: 600000");
      assertThat(raw.rest()).isEqualTo(Arrays.copyOf(bytes, (int) count));
    }
    assertThat(simulator.requests().get(0).bytesSent()).isEqualTo(count);
  }

  @Test
  void cutBeyondTheEnd_isNotAnInterruption() throws IOException {
    onContent().answer(Fault.cutAfter(600_001));

    assertThat(client.get(path).body()).isEqualTo(bytes);
  }

  @Test
  void resetMidBody_isAnErrorForTheClient() throws IOException {
    onContent().answer(Fault.resetAfter(300_000));

    try (RawClient raw = new RawClient(simulator).get(path)) {
      raw.head();
      assertThat(raw.in().readNBytes(300_000)).isEqualTo(Arrays.copyOf(bytes, 300_000));
      assertThatThrownBy(() -> raw.in().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void tenCuts_canBeResumedToTheEnd() throws IOException {
    onContent().answer(10, Fault.cutAfter(50_000));
    byte[] got = {};

    for (int attempt = 0; attempt <= 10; attempt++) {
      try (RawClient raw = new RawClient(simulator)) {
        raw.get(path + " HTTP/1.1\r\nRange: bytes=" + got.length + "-\r\nX:");
        String head = raw.head();
        assertThat(head).contains("206 Partial Content");
        int left = bytes.length - got.length;
        byte[] part = raw.in().readNBytes(attempt < 10 ? 50_000 : left);
        int before = got.length;
        got = Arrays.copyOf(got, before + part.length);
        System.arraycopy(part, 0, got, before, part.length);
      }
    }
    assertThat(got).isEqualTo(bytes);
  }

  // Framing

  @Test
  void declaredLength_mayBeTooLongOrTooShort() throws IOException {
    onContent().answer(Fault.declaredLength(50_000_000_000L)).answer(Fault.declaredLength(100));

    try (RawClient raw = new RawClient(simulator).get(path)) {
      assertThat(raw.head()).contains("Content-Length: 50000000000");
      assertThat(raw.rest()).isEqualTo(bytes);
    }
    try (RawClient raw = new RawClient(simulator).get(path)) {
      assertThat(raw.head()).contains("Content-Length: 100\r\n");
      assertThat(raw.rest()).isEqualTo(bytes);
    }
  }

  @Test
  void chunked_hasNoLengthAndAProperEnd() throws IOException {
    onContent().answer(2, Fault.chunked());

    HttpResponse<byte[]> answer = client.get(path);
    assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
    assertThat(answer.headers().firstValue("Transfer-Encoding")).contains("chunked");
    assertThat(answer.body()).isEqualTo(bytes);
    // The connection stays usable.
    assertThat(client.get(path).body()).isEqualTo(bytes);
  }

  @Test
  void chunkedCutAtAnEdge_lacksTheLastChunkOnly() throws IOException {
    onContent().answer(2, Fault.chunked().and(Fault.cutAfter(1000)));

    try (RawClient raw = new RawClient(simulator).get(path)) {
      assertThat(raw.head()).contains("Transfer-Encoding: chunked");
      String body = new String(raw.rest(), StandardCharsets.ISO_8859_1);
      String first = new String(bytes, 0, 1000, StandardCharsets.ISO_8859_1);
      assertThat(body.replaceAll("(?s)(^|\r\n)[0-9a-f]+\r\n", "")).isEqualTo(first + "\r\n");
    }
    assertThatThrownBy(() -> client.get(path)).isInstanceOf(IOException.class);
  }

  @Test
  void brokenChunks_areErrorsForTheClient() throws IOException {
    onContent().answer(Fault.chunkedCutInside(1000), Fault.badChunkAfter(1000));

    assertThatThrownBy(() -> client.get(path)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> client.get(path)).isInstanceOf(IOException.class);
    assertThat(client.get(path).body()).isEqualTo(bytes);
  }

  @Test
  void untilClose_hidesACut() throws IOException {
    onContent().answer(Fault.untilClose(), Fault.untilClose().and(Fault.cutAfter(1000)));

    assertThat(client.get(path).body()).isEqualTo(bytes);
    HttpResponse<byte[]> cut = client.get(path);
    assertThat(cut.headers().firstValue("Content-Length")).isEmpty();
    assertThat(cut.body()).isEqualTo(Arrays.copyOf(bytes, 1000));
  }

  private RecordedRequest ended() {
    return simulator.awaitRequests(1, Duration.ofSeconds(10), RecordedRequest::done).get(0);
  }
}

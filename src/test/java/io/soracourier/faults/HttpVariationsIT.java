package io.soracourier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.simulator.Content;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Headers;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Reply;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.Script;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SimulatorOptions;
import io.soracourier.simulator.SoraSimulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Part 2 of the fault matrix, continued: what servers and gateways make of HTTP. */
class HttpVariationsIT {
  private static final int SIZE = 300_000;
  private static final String LARGE_HEADER = "x".repeat(60_000);

  private static FaultBench bench;

  @BeforeAll
  static void start() {
    bench = FaultBench.start();
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void gzipAlthoughNoneWasRequested_isReadForStatusAndContent() {
    SimulatedJob job = job(71);
    status(job).always(Fault.changing(HttpVariationsIT::gzipped));
    content(job).always(Fault.changing(HttpVariationsIT::gzipped));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertThat(bench.simulator().requests(request -> request.path().contains(job.id())))
        .allSatisfy(request -> assertThat(request.header("Accept-Encoding")).contains("identity"));
    assertThat(fetched(job))
        .singleElement()
        .satisfies(request -> assertThat(request.header("Accept-Encoding")).contains("identity"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "aws-chunked", "utf-8", "br", "identity, gzip"})
  void encodingThatIsDeclaredOnly_isNotDecoded(String encoding) {
    SimulatedJob job = job(74);
    status(job).always(Fault.header("Content-Encoding", encoding));
    content(job)
        .answer(
            Fault.header("Content-Encoding", encoding).and(Fault.cutAfter(20_000)),
            Fault.header("Content-Encoding", encoding));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertThat(fetched(job)).hasSize(2);
  }

  @Test
  void gzipThatIsCut_isFetchedAgainFromTheBeginning() {
    SimulatedJob job = job(72);
    content(job).answer(Fault.changing(HttpVariationsIT::gzipped).and(Fault.cutAfter(20_000)));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertThat(fetched(job)).hasSize(2).allMatch(request -> request.header("Range").isEmpty());
  }

  @Test
  void byteOrderMarkAndNaNInAStatus_areReadAll() {
    SimulatedJob job = job(73);
    status(job)
        .always(
            Fault.changing(
                reply ->
                    reply.withBody(
                        Content.of(
                            "\uFEFF"
                                + text(reply)
                                    .replaceFirst("\\{", "{\"progress\":NaN,\"x\":-Infinity,")))));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);
  }

  @Test
  void headersOfSixtyThousandBytes_areReadForStatusAndContent() {
    SimulatedJob job = job(74);
    status(job).always(Fault.header("Content-Security-Policy", LARGE_HEADER));
    content(job).always(Fault.header("X-Padding", LARGE_HEADER));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);
    assertThat(fetched(job)).hasSize(1);
  }

  @Test
  void acceptedInPlaceOfContent_isNotReadyAndNoOtherPlaceIsRequested() {
    SimulatedJob job = job(75);
    content(job).answer(2, Fault.json(202, "{\"status\":\"processing\"}"));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(3);

    assertThat(fetched(job)).extracting(RecordedRequest::status).containsExactly(202, 202, 200);
    assertThat(bench.simulator().requests(request -> request.path().contains(job.generationId())))
        .hasSize(3);
  }

  @Test
  void partialContentThatIsTheWhole_isTheVideo() {
    SimulatedJob job = job(76);
    content(job)
        .always(
            Fault.statusInstead(206)
                .and(Fault.header("Content-Range", "bytes 0-%d/%d".formatted(SIZE - 1, SIZE))));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);
    assertThat(fetched(job)).hasSize(1);
  }

  @Test
  void partialContentThatIsAPart_isNeverTheVideo() {
    SimulatedJob job = job(77);
    content(job)
        .answer(
            3,
            Fault.statusInstead(206)
                .and(Fault.header("Content-Range", "bytes 0-%d/%d".formatted(SIZE - 1, SIZE + 9))));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(2);
    assertThat(bench.courier().linesOf(job.id()))
        .noneMatch(line -> line.contains("ftyp") || line.contains("event=error"));
  }

  @Test
  void errorDocumentWithAVideosType_isQuoted() {
    SimulatedJob job = finishedLongAgo(78);
    content(job)
        .always(
            Fault.json(200, "{\"error\":{\"message\":\"Video is not ready yet\",\"code\":\"x\"}}")
                .and(Fault.header("Content-Type", "video/mp4")));

    JsonNode outcome = bench.failed(job, "content-invalid");

    assertThat(outcome.path("message").asText()).contains("'Video is not ready yet'");
  }

  @Test
  void binaryInPlaceOfAVideo_isNotShownInTheOutcome() {
    SimulatedJob job = finishedLongAgo(79);
    content(job)
        .always(
            Fault.reply(Reply.of(200, "video/mp4", Content.of(new byte[] {31, -117, 8, 0, 1}))));

    JsonNode outcome = bench.failed(job, "content-invalid");

    assertThat(outcome.path("message").asText()).contains("binary data").doesNotContain("\uFFFD");
  }

  @Test
  void contentRefusedForItsPolicy_isModeratedAndNoRoleIsBlamed() {
    SimulatedJob job = job(80);
    content(job)
        .always(
            Fault.json(
                403,
                "{\"error\":{\"code\":\"content_policy_violation\",\"message\":\"Removed: it violates"
                    + " the content policy.\"}}"));

    JsonNode outcome = bench.failed(job, "moderated");

    assertThat(outcome.path("message").asText()).contains("Removed").doesNotContain("role");
    assertThat(bench.courier().linesOf(job.id())).noneMatch(line -> line.contains("event=denied"));
    assertThat(fetched(job)).hasSize(1);
  }

  @Test
  void redirectWithABlankAndBraces_isFollowedAsBrowsersDo() {
    SimulatedJob job = job(82);
    SimulatedJob other = job(82);
    content(job)
        .answer(
            Fault.redirect(
                302,
                "/openai/v1/video/generations/"
                    + other.generationId()
                    + "/content/video?api-version=preview&name=a video {1}.mp4"));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);
    assertThat(fetched(other))
        .singleElement()
        .satisfies(request -> assertThat(request.toString()).contains("a%20video%20%7B1%7D.mp4"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"two headers", "one list"})
  void contentLengthTwice_isReadAsOneForStatusAndContent(String form) {
    SimulatedJob job = job(83);
    UnaryOperator<Reply> twice =
        reply ->
            form.equals("one list")
                ? reply.with("Content-Length", length(reply, 0) + ", " + length(reply, 0))
                : withLengths(reply, length(reply, 0), length(reply, 0));
    status(job).always(Fault.changing(twice));
    content(job).always(Fault.changing(twice));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertThat(asked(job)).hasSize(1);
    assertThat(fetched(job)).hasSize(1);
  }

  @Test
  void contentLengthsThatDiffer_areRetriedAndReportedInWords() {
    SimulatedJob job = job(84);
    UnaryOperator<Reply> different =
        reply -> withLengths(reply, length(reply, 0), length(reply, 1));
    // Three tries a look, each of which may take two requests: one by a connection that was kept.
    status(job).answer(6, Fault.changing(different));
    content(job).answer(Fault.changing(different));

    assertThat(bench.delivered(job).path("looks").asInt()).isBetween(2, 3);

    assertThat(asked(job)).hasSizeBetween(7, 8);
    assertThat(fetched(job)).hasSize(2);
    assertThat(bench.courier().linesOf(job.id()))
        .anyMatch(line -> line.contains("Multiple Content-Length"))
        .noneMatch(line -> line.contains("event=error"));
  }

  @Test
  void interimResponses_areSkippedForStatusAndContent() {
    SimulatedJob job = job(85);
    status(job).always(Fault.interim(100, 102, 103, 102, 199));
    content(job).always(Fault.interim(102, 103, 110));

    assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);

    assertThat(asked(job)).hasSize(1);
    assertThat(fetched(job)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "x", "twenty bytes too many", "HTTP/1.1 404 Not Found\r\n\r\n"})
  void bytesAfterTheBody_harmNoOtherRequest(String bytes) {
    List<SimulatedJob> jobs = List.of(job(86), job(87), job(88));
    for (SimulatedJob job : jobs) {
      status(job).always(Fault.bytesAfterBody(bytes));
      content(job).always(Fault.bytesAfterBody(bytes));
      assertThat(bench.delivered(job).path("looks").asInt()).isEqualTo(1);
    }

    assertThat(jobs)
        .allSatisfy(
            job -> {
              // Sent again where the connection that was kept turned out to be unusable.
              assertThat(asked(job)).hasSizeBetween(1, 2);
              assertThat(fetched(job)).hasSizeBetween(1, 2);
              assertThat(bench.courier().linesOf(job.id()))
                  .noneMatch(line -> line.contains("event=error"));
            });
  }

  @Test
  void nameWhoseFirstAddressRefuses_isReachedAtTheNext() {
    try (SoraSimulator other = SoraSimulator.start(SimulatorOptions.defaults().withAddress("::1"));
        FaultBench courier =
            FaultBench.start(
                stack ->
                    stack
                        .withoutSimulator()
                        .setting(
                            "AZURE_OPENAI_ENDPOINT",
                            "http://localhost:" + other.endpoint().getPort() + "/openai/v1")
                        .setting("AZURE_OPENAI_API_KEY", other.apiKey()))) {
      courier.courier().secret(other.apiKey());
      SimulatedJob job = other.sora1Job().video(Mp4.ofSize(SIZE, 89)).add();

      assertThat(courier.delivered(job).path("looks").asInt()).isEqualTo(1);
      assertThat(other.requests(request -> request.is(Route.GET_JOB, job.id()))).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, ?se=2026-01-01&sig=c2lnbmF0dXJl",
    "403, ?se=2026-01-01&sig=c2lnbmF0dXJl",
    "403, ?se=2026-01-01&sig=abc",
    "403, ''",
    "410, ?se=2026-01-01&sig=c2lnbmF0dXJl",
    "410, ''",
    "402, ''"
  })
  void redirectToASignedUrlThatRefuses_isFollowedToTheNextOne(int status, String query) {
    SimulatedJob job = job(90);
    SimulatedJob other = job(90);
    String path = "/openai/v1/video/generations/" + other.generationId() + "/content/video";
    content(job).answer(Fault.redirect(302, "/expired.mp4" + query));
    content(job).always(Fault.redirect(302, path + "?api-version=preview&sig=c2lnbmF0dXJl"));
    bench
        .simulator()
        .on("GET", "/expired.mp4")
        .always(
            Fault.reply(
                Reply.of(
                        status,
                        "application/xml",
                        Content.of("\uFEFF<Error><Code>AuthenticationFailed</Code></Error>"))
                    .with("x-ms-error-code", "AuthenticationFailed")));

    assertThat(bench.delivered(job).path("looks").asInt()).isLessThanOrEqualTo(2);

    assertThat(bench.courier().linesOf(job.id()))
        .noneMatch(line -> line.contains("event=denied") || line.contains("role "));
  }

  private static SimulatedJob job(long seed) {
    return bench.simulator().sora1Job().video(Mp4.ofSize(SIZE, seed)).add();
  }

  private static SimulatedJob finishedLongAgo(long seed) {
    return bench
        .simulator()
        .sora1Job()
        .createdAt(Instant.now().minus(FaultBench.GRACE.multipliedBy(3)))
        .video(Mp4.ofSize(SIZE, seed))
        .add();
  }

  private static Script status(SimulatedJob job) {
    return bench.simulator().on(Route.GET_JOB, job.id());
  }

  private static Script content(SimulatedJob job) {
    return bench.simulator().on(Route.GET_CONTENT, job.generationId());
  }

  private static List<RecordedRequest> asked(SimulatedJob job) {
    return bench.simulator().requests(request -> request.is(Route.GET_JOB, job.id()));
  }

  private static List<RecordedRequest> fetched(SimulatedJob job) {
    return bench.simulator().requests(request -> request.is(Route.GET_CONTENT, job.generationId()));
  }

  private static String text(Reply reply) {
    return new String(reply.body().bytes(), StandardCharsets.UTF_8);
  }

  private static String length(Reply reply, int more) {
    return String.valueOf(reply.body().length() + more);
  }

  private static Reply withLengths(Reply reply, String one, String other) {
    Headers headers = reply.without("Content-Length").headers();
    return new Reply(
        reply.status(),
        headers.plus("Content-Length", one).plus("Content-Length", other),
        reply.body());
  }

  private static Reply gzipped(Reply reply) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(reply.body().bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] body = bytes.toByteArray();
    return reply
        .withBody(Content.of(Arrays.copyOf(body, body.length)))
        .with("Content-Encoding", "gzip")
        .with("Content-Length", String.valueOf(body.length));
  }
}

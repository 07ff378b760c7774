package io.soracourier.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Reply;
import io.soracourier.simulator.SimulatorOptions;
import io.soracourier.simulator.SoraSimulator;
import io.soracourier.text.ReceivedText;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpGetClientTest {
  private static final String PATH = "/file/x.json";
  private static final Duration SECONDS = Duration.ofSeconds(3);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static Vertx vertx;

  private final SoraSimulator simulator =
      SoraSimulator.start(SimulatorOptions.defaults().withAnonymous());
  private final URI uri = simulator.uri(PATH);
  private final HttpGetClient client =
      new HttpGetClient(vertx, Proxies.none(), new HttpTimeouts(MINUTE, MINUTE, MINUTE));

  /** For requests that get no response. */
  private final HttpGetClient impatient =
      new HttpGetClient(vertx, Proxies.none(), new HttpTimeouts(MINUTE, SECONDS, MINUTE));

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    vertx.close();
  }

  @AfterEach
  void close() {
    client.close();
    impatient.close();
    simulator.close();
  }

  @Test
  void body_isTextInUtf8() throws IOException {
    reply(Fault.json(200, "{\"prompt\":\"ein Papierboot – 船\"}"));

    assertThat(text()).isEqualTo("{\"prompt\":\"ein Papierboot – 船\"}");
  }

  @Test
  void noBody_isEmpty() throws IOException {
    reply(Fault.reply(Reply.empty(204)));

    assertThat(text()).isEmpty();
  }

  @Test
  void readerThatWantsNoMore_getsNoMore() throws IOException {
    reply(Fault.json(200, "x".repeat(1_000_001)));
    Buffer body = Buffer.buffer();

    try (StreamedResponse response = get(uri)) {
      response.read(piece -> body.appendBuffer(piece).length() < 100_000, MINUTE);
    }

    assertThat(body.length()).isBetween(100_000, 100_000 + StreamedResponse.MAX_PIECE);
  }

  @Test
  void bodyThatTakesTooLong_isGivenUp() {
    reply(Fault.json(200, "a body"));

    assertThatThrownBy(() -> text(Duration.ZERO))
        .isInstanceOf(IOException.class)
        .hasMessage("the response took longer than 0 ms");
  }

  @Test
  void headThatDoesNotCome_isGivenUpAfterTheTimeout() {
    reply(Fault.noAnswer());

    assertThatThrownBy(() -> impatient.get(uri, Map.of(), Addresses.of(uri.getHost())))
        .isInstanceOf(IOException.class)
        .hasMessage("no response within 3000 ms");
  }

  @Test
  void redirect_isAResponseLikeAnyOther() throws IOException {
    reply(Fault.redirect(simulator.uri("/elsewhere")));

    try (StreamedResponse response = get(uri)) {
      assertThat(response.status()).isEqualTo(302);
      assertThat(response.header("location")).isEqualTo(simulator.uri("/elsewhere").toString());
    }
    assertThat(simulator.requests()).hasSize(1);
  }

  @Test
  void addressThatRefuses_leadsToTheNextAndTheHostIsStillNamed() throws IOException {
    reply(Fault.json(200, "{}"));
    URI named = URI.create("http://videos.example:" + uri.getPort() + PATH);
    InetAddress[] addresses = {
      InetAddress.getByName("127.0.0.3"),
      InetAddress.getByName("::1"),
      InetAddress.getByName("127.0.0.1")
    };

    client.get(named, Map.of("X-Key", "value"), addresses).close();

    assertThat(simulator.requests())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.header("Host")).contains("videos.example:" + uri.getPort());
              assertThat(request.header("X-Key")).contains("value");
              assertThat(request.header("Accept-Encoding")).contains("identity");
            });
  }

  @Test
  void addressThatAcceptsAndNeverResponds_isNotTheFirstOfTheNextRequest() throws IOException {
    reply(Fault.json(200, "{}"));
    InetAddress mute = InetAddress.getByName("127.0.0.5");
    InetAddress good = InetAddress.getByName("127.0.0.1");
    try (ServerSocket never = new ServerSocket(uri.getPort(), 10, mute)) {
      assertThat(never.isBound()).isTrue();
      assertThatThrownBy(() -> impatient.get(uri, Map.of(), new InetAddress[] {mute, good}))
          .hasMessage("no response within 3000 ms");

      impatient.get(uri, Map.of(), new InetAddress[] {mute, good}).close();
      impatient.get(uri, Map.of(), new InetAddress[] {mute, good}).close();
    }
    assertThat(simulator.requests()).hasSize(2);
  }

  @Test
  void serverThatSpeaksNoTls_isReportedInWords() throws IOException {
    try (RawResponse server = new RawResponse("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      URI tls = URI.create(server.uri().toString().replace("http:", "https:"));

      assertThatThrownBy(() -> get(tls))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("was not TLS");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "68.0, Content-Length is not a number: 68.0",
    "0x44, Content-Length is not a number: 0x44",
    "abc, Content-Length is not a number: abc",
    "-5, Content-Length is not a number: -5"
  })
  void malformedContentLength_isReportedInWords(String length, String words) {
    reply(Fault.json(200, "{}").and(Fault.header("Content-Length", length)));

    assertThatThrownBy(this::text).isInstanceOf(IOException.class).hasMessage(words);
  }

  @Test
  void chunkWhoseSizeIsNoNumber_isReportedAsThat() {
    reply(Fault.json(200, "x".repeat(100)).and(Fault.badChunkAfter(40)));

    assertThatThrownBy(this::text)
        .isInstanceOfSatisfying(
            HttpFailure.class, failure -> assertThat(failure.hasResponded()).isTrue())
        .hasMessage("the size of a chunk is not a number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", ";\r\n", "fffffffffffffff\r\n"})
  void bodyThatIsBroken_isABrokenResponse(String chunks) throws IOException {
    try (RawResponse server =
        new RawResponse("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)) {
      assertBroken(server);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "SSH-2.0-OpenSSH_9.6\r\n\r\n"
      })
  void headThatIsBroken_isABrokenResponse(String head) throws IOException {
    try (RawResponse server = new RawResponse(head)) {
      assertBroken(server);
    }
  }

  private void assertBroken(RawResponse server) {
    assertThatThrownBy(
            () -> {
              try (StreamedResponse response = get(server.uri())) {
                text(response, MINUTE);
              }
            })
        .isInstanceOfSatisfying(
            HttpFailure.class,
            failure -> assertThat(failure.hasResponded()).as(failure.getMessage()).isTrue());
  }

  @Test
  void gzipWithoutABody_isReportedInWords() {
    reply(Fault.reply(Reply.empty(200)).and(Fault.header("Content-Encoding", "gzip")));

    assertThatThrownBy(this::text)
        .isInstanceOf(IOException.class)
        .hasMessage("the encoded body ended too early");
  }

  /** By HTTP it has no end; another member of gzip may only be late. */
  @Test
  void gzipWithoutALengthOnAConnectionThatStaysOpen_isNotWhole() throws IOException {
    HttpGetClient stalling =
        new HttpGetClient(
            vertx, Proxies.none(), new HttpTimeouts(MINUTE, MINUTE, Duration.ofSeconds(1)));
    String head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n";
    try (RawResponse server = new RawResponse(head + gzip("{}"));
        StreamedResponse response =
            stalling.get(server.uri(), Map.of(), Addresses.of(server.uri().getHost()))) {
      assertThatThrownBy(() -> text(response, MINUTE))
          .isInstanceOf(HttpFailure.class)
          .hasMessage("no byte came for 1000 ms");
    } finally {
      stalling.close();
    }
  }

  private static String gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void longReasonPhrase_isAccepted() throws IOException {
    try (RawResponse server =
        new RawResponse("HTTP/1.1 200 " + "x".repeat(9_000) + "\nContent-Length: 2\n\n{}")) {
      try (StreamedResponse response = get(server.uri())) {
        assertThat(text(response, MINUTE)).as("lines that end without a CR").isEqualTo("{}");
      }
    }
  }

  @Test
  void addressThatAnswersWithAnError_leadsToNoOther() {
    reply(Fault.closeUnanswered());
    InetAddress here = InetAddress.getLoopbackAddress();

    assertThatThrownBy(() -> client.get(uri, Map.of(), new InetAddress[] {here, here}))
        .isInstanceOf(IOException.class);
    assertThat(simulator.requests()).hasSize(1);
  }

  @Test
  void closedClient_failsLikeEverythingElse() {
    client.close();

    assertThatThrownBy(() -> get(uri)).isInstanceOf(IOException.class);
  }

  @Test
  void noAddress_isAFailureInWords() {
    assertThatThrownBy(() -> client.get(uri, Map.of(), new InetAddress[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("the host has no address");
  }

  private StreamedResponse get(URI from) throws IOException {
    return client.get(from, Map.of(), Addresses.of(from.getHost()));
  }

  private void reply(Fault fault) {
    simulator.on("GET", PATH).always(fault);
  }

  private String text() throws IOException {
    return text(MINUTE);
  }

  private String text(Duration within) throws IOException {
    try (StreamedResponse response = get(uri)) {
      return text(response, within);
    }
  }

  private static String text(StreamedResponse response, Duration within) throws IOException {
    Buffer body = Buffer.buffer();
    response.read(piece -> body.appendBuffer(piece) != null, within);
    return ReceivedText.of(body.getBytes());
  }

  /** Sends the same bytes to everybody, as soon as a request's first byte is there. */
  private static final class RawResponse implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

    RawResponse(String bytes) throws IOException {
      Thread thread =
          new Thread(
              () -> {
                try (Socket client = listener.accept()) {
                  client.getInputStream().read();
                  client.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                  client.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException closed) {
                  // either side has had enough
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    URI uri() {
      return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }
}

package io.soracourier.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests share a connection. */
class KeptConnectionsTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static Vertx vertx;

  private final HttpGetClient client =
      new HttpGetClient(vertx, Proxies.none(), new HttpTimeouts(LONG, LONG, LONG));
  private final Server server = new Server();

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    vertx.close();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void responsesReadToTheEnd_shareAConnection() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertThat(text("/" + i, 100_000)).startsWith("/" + i + "?").hasSize(100_000);
    }

    assertThat(server.targets()).allMatch(target -> target.startsWith("0 /")).hasSize(5);
  }

  @Test
  void shortResponseThatNobodyReads_leavesTheConnectionToTheNext() throws IOException {
    get("/a?10").close();
    assertThat(text("/b", 10)).startsWith("/b");

    assertThat(server.targets()).containsExactly("0 /a?10", "0 /b?10");
  }

  @Test
  void responseThatIsGivenUp_takesItsConnectionWithIt() throws IOException {
    try (StreamedResponse response = get("/a?50000000")) {
      assertThat(response.next()).isNotNull();
    }
    assertThat(text("/b", 10)).startsWith("/b");

    assertThat(server.targets()).containsExactly("0 /a?50000000", "1 /b?10");
  }

  /** More pieces than the reader is given in advance, and fewer than stop the connection. */
  @Test
  void responseReceivedWholeAndReadLater_holdsUpNoOther() throws IOException {
    int length = 20 * StreamedResponse.MAX_PIECE - 200;
    try (StreamedResponse first = get("/a?" + length)) {
      assertThat(text("/b", 10)).startsWith("/b");
      assertThat(text("/c", 100_000)).startsWith("/c").hasSize(100_000);

      assertThat(rest(first)).startsWith("/a").hasSize(length);
    }
  }

  @Test
  void connectionThatTheServerClosesMeanwhile_isReplacedByAnother() throws IOException {
    server.answer = (connection, target) -> connection == 0 && target.startsWith("/b") ? null : "";
    assertThat(text("/a", 10)).startsWith("/a");

    assertThat(text("/b", 10)).startsWith("/b");
    assertThat(server.targets()).containsExactly("0 /a?10", "0 /b?10", "1 /b?10");
  }

  /** Bodies that are larger than what is received in advance, so that each has its connection. */
  @Test
  void severalConnectionsThatTheServerCloses_areTriedOnceEachAndThenANewOne() throws IOException {
    try (StreamedResponse first = get("/a?2000000");
        StreamedResponse second = get("/b?2000000")) {
      assertThat(rest(first)).startsWith("/a");
      assertThat(rest(second)).startsWith("/b");
    }
    server.answer = (connection, target) -> connection < 2 ? null : "";

    assertThat(text("/c", 10)).startsWith("/c");
    assertThat(server.targets().subList(2, 5))
        .containsExactlyInAnyOrder("0 /c?10", "1 /c?10", "2 /c?10");
  }

  @Test
  void newConnectionThatTheServerCloses_isAFailure() {
    server.answer = (connection, target) -> null;

    assertThatThrownBy(() -> get("/a?10")).isInstanceOf(IOException.class);
    assertThat(server.targets()).containsExactly("0 /a?10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "twenty bytes too many\r\n",
        "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 408 Request Time-out\r\nConnection: close\r\nContent-Length: 3\r\n\r\nno\n"
      })
  void remainderOfTheResponseBefore_isNotTakenForTheNext(String remainder) throws IOException {
    server.answer =
        (connection, target) -> connection == 0 && target.startsWith("/b") ? remainder : "";
    assertThat(text("/a", 10)).startsWith("/a");

    assertThat(text("/b", 10)).startsWith("/b");
    assertThat(server.targets()).containsExactly("0 /a?10", "0 /b?10", "1 /b?10");
  }

  @Test
  void requestTimeoutOfANewConnection_isTheResponse() throws IOException {
    server.answer = (connection, target) -> "HTTP/1.1 408 x\r\nContent-Length: 0\r\n\r\n";

    try (StreamedResponse response = get("/a?10")) {
      assertThat(response.status()).isEqualTo(408);
    }
    assertThat(server.targets()).containsExactly("0 /a?10");
  }

  @Test
  void requestTimeoutThatNamesATime_isTheResponseOfAKeptConnectionToo() throws IOException {
    String busy = "HTTP/1.1 408 x\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n";
    server.answer = (connection, target) -> target.startsWith("/b") ? busy : "";
    assertThat(text("/a", 10)).startsWith("/a");

    try (StreamedResponse response = get("/b?10")) {
      assertThat(response.status()).isEqualTo(408);
    }
    assertThat(server.targets()).containsExactly("0 /a?10", "0 /b?10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"101 Switching Protocols", "408 Request Timeout"})
  void connectionWhoseNextBytesAreNoResponse_isNotKept(String last) throws IOException {
    server.answer =
        (connection, target) ->
            connection == 0 ? "HTTP/1.1 " + last + "\r\nContent-Length: 0\r\n\r\n" : "";
    get("/a?10").close();

    assertThat(text("/b", 10)).startsWith("/b");
    assertThat(server.targets()).containsExactly("0 /a?10", "1 /b?10");
  }

  /** Nothing follows there, so that only the client can end it. */
  @Test
  void connectionThatSpeaksAnotherProtocol_getsNoRequest() throws Exception {
    CompletableFuture<Integer> next = new CompletableFuture<>();
    try (NumberedConnections server =
        new NumberedConnections(
            "127.0.0.1", 0, (connection, number) -> switchProtocols(connection, number, next))) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/");

      client.get(uri, Map.of(), addresses("127.0.0.1")).close();
      client.get(uri, Map.of(), addresses("127.0.0.1")).close();

      assertThat(next.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(-1);
    }
  }

  /**
   * @param next gets what comes by the first connection after its response
   */
  private static void switchProtocols(
      Socket connection, int number, CompletableFuture<Integer> next) {
    String status = number == 0 ? "101 Switching Protocols" : "204 No Content";
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      while (!in.readLine().isEmpty()) {
        // The rest of the head.
      }
      connection
          .getOutputStream()
          .write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      next.complete(in.read());
    } catch (IOException e) {
      next.completeExceptionally(e);
    }
  }

  @Test
  void closedClient_failsARequestImmediately() {
    client.close();

    assertThatThrownBy(() -> get("/a?10")).isInstanceOf(IOException.class);
    assertThat(server.targets()).isEmpty();
  }

  @Test
  void otherAddressOfTheSameName_isNotReachedByAKeptConnection() throws IOException {
    try (Server other = new Server("127.0.0.2", server.port())) {
      URI named = URI.create("http://videos.example:" + server.port() + "/a?10");
      for (int last : new int[] {1, 2, 1}) {
        // As a look-up gives it: with the name.
        InetAddress address =
            InetAddress.getByAddress("videos.example", new byte[] {127, 0, 0, (byte) last});
        client.get(named, Map.of(), new InetAddress[] {address}).close();
      }

      assertThat(server.targets()).containsExactly("0 /a?10", "0 /a?10");
      assertThat(other.targets()).containsExactly("0 /a?10");
    }
  }

  @Test
  void otherNameAtTheSameAddress_hasAConnectionOfItsOwn() throws IOException {
    for (String host : List.of("one.example", "two.example")) {
      URI uri = URI.create("http://" + host + ":" + server.port() + "/a?10");
      client.get(uri, Map.of(), addresses("127.0.0.1")).close();
    }

    assertThat(server.targets()).containsExactly("0 /a?10", "1 /a?10");
  }

  @Test
  void manyAtTheSameTime_eachGetTheirOwn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> readers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int seed = i;
        readers.add(() -> readSome(seed));
      }
      for (Future<Void> done : threads.invokeAll(readers)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(server.targets()).hasSizeGreaterThanOrEqualTo(8 * 60);
  }

  private Void readSome(int seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      int length = 20 + random.nextInt(1_500_000);
      String path = "/" + seed + "-" + i;
      try (StreamedResponse response = get(path + "?" + length)) {
        if (random.nextInt(3) > 0) {
          assertThat(rest(response)).startsWith(path + "?").hasSize(length);
        } else {
          assertThat(response.next().toString()).startsWith(path + "?");
        }
      }
    }
    return null;
  }

  private StreamedResponse get(String target) throws IOException {
    return client.get(
        URI.create("http://127.0.0.1:" + server.port() + target), Map.of(), addresses("127.0.0.1"));
  }

  private String text(String path, int length) throws IOException {
    try (StreamedResponse response = get(path + "?" + length)) {
      return rest(response);
    }
  }

  private static String rest(StreamedResponse response) throws IOException {
    Buffer body = Buffer.buffer();
    response.read(piece -> body.appendBuffer(piece) != null, LONG);
    return body.toString();
  }

  private static InetAddress[] addresses(String address) throws IOException {
    return new InetAddress[] {InetAddress.getByName(address)};
  }

  /** What goes before a response: null where the connection is closed instead. */
  private interface Answer {
    String before(int connection, String target);
  }

  /** Answers each target with itself, as long as its query says, on connections that it counts. */
  private static final class Server implements AutoCloseable {
    private final List<String> targets = new CopyOnWriteArrayList<>();
    private final NumberedConnections connections;
    private volatile Answer answer = (connection, target) -> "";

    Server() {
      this("127.0.0.1", 0);
    }

    Server(String address, int port) {
      connections = new NumberedConnections(address, port, this::serve);
    }

    int port() {
      return connections.port();
    }

    /** Each with the number of its connection, from 0. */
    List<String> targets() {
      return targets;
    }

    private void serve(Socket connection, int number) {
      try (connection) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        String before = "";
        while (before != null) {
          String line = in.readLine();
          if (line == null) {
            return;
          }
          String target = line.split(" ")[1];
          while (!line.isEmpty()) {
            line = in.readLine();
          }
          targets.add(number + " " + target);
          before = answer.before(number, target);
          if (before != null) {
            respond(connection.getOutputStream(), before, target);
          }
        }
      } catch (IOException gone) {
        // The client has had enough.
      }
    }

    private static void respond(OutputStream out, String before, String target) throws IOException {
      int length = Integer.parseInt(target.substring(target.indexOf('?') + 1));
      String head = "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n";
      StringBuilder body = new StringBuilder(target);
      body.append(" ".repeat(Math.max(0, length - body.length()))).setLength(length);
      out.write((before + head + body).getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    @Override
    public void close() {
      connections.close();
    }
  }
}

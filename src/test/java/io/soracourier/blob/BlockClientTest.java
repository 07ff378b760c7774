package io.soracourier.blob;

import static io.soracourier.storage.Digests.base64Md5;
import static io.soracourier.storage.Digests.bytes;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.azure.Credentials;
import io.soracourier.azure.OneBehind;
import io.soracourier.azure.RequestHead;
import io.soracourier.azure.StorageConfigs;
import io.soracourier.azure.StorageCredential;
import io.soracourier.azure.StorageResponseException;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that says what it likes, when it likes. */
class BlockClientTest {
  /** More than all sockets on the way hold. */
  private static final byte[] BLOCK = bytes(32 << 20, 4);

  /** One that is sent and received within any timeout. */
  private static final byte[] SMALL = bytes(1_000, 4);

  private static final StorageCredential.SharedKey KEY =
      new StorageCredential.SharedKey("account", new byte[] {1});

  private static final String REFUSAL =
      "HTTP/1.1 503 Busy\r\nx-ms-error-code: ServerBusy\r\nx-ms-request-id: r1\r\n"
          + "Content-Length: 0\r\n\r\n";
  private static final String STORED =
      "HTTP/1.1 201 Created\r\nX-MS-Request-ID: r2\r\nContent-Length: 0\r\n\r\n";

  private static final Duration LONG = Duration.ofSeconds(20);

  private ServerSocket server;
  private URI endpoint;
  private BlockClient client;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    endpoint = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/account");
    client = BlockClients.of(endpoint, Credentials.of(KEY));
  }

  private void restart(HttpClientOptions options, Duration timeout) {
    client.close();
    client = BlockClients.of(options, endpoint, Credentials.of(KEY), timeout);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void blockRefusedBeforeItIsRead_goesNoFurtherAndTheNextOneHasItsOwnConnection() {
    CompletableFuture<byte[]> received =
        CompletableFuture.supplyAsync(
            () -> {
              try (Socket refused = server.accept()) {
                readHead(refused);
                answer(refused, REFUSAL);
                try (Socket accepted = server.accept()) {
                  int length = readHead(accepted);
                  byte[] block = accepted.getInputStream().readNBytes(length);
                  answer(accepted, STORED);
                  return block;
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });

    assertThatThrownBy(this::put)
        .isInstanceOf(StorageResponseException.class)
        .extracting("errorCode")
        .isEqualTo("ServerBusy");
    put();

    assertThat(received.join()).isEqualTo(BLOCK);
  }

  @Test
  void blocksOneAfterAnother_goOverOneConnection() {
    CompletableFuture<Integer> received =
        CompletableFuture.supplyAsync(
            () -> {
              try (Socket connection = server.accept()) {
                int bytes = 0;
                for (int block = 0; block < 3; block++) {
                  int length = readHead(connection);
                  bytes += connection.getInputStream().readNBytes(length).length;
                  answer(connection, STORED);
                }
                return bytes;
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });

    put();
    put();
    put();

    assertThat(received.join()).isEqualTo(3 * BLOCK.length);
  }

  @Test
  void processingBeforeTheResponse_isNotTakenForIt() {
    CompletableFuture<Void> answered =
        CompletableFuture.runAsync(
            () -> {
              try (Socket connection = server.accept()) {
                int length = readHead(connection);
                connection.getInputStream().readNBytes(length);
                answer(connection, "HTTP/1.1 102 Processing\r\n\r\n" + STORED);
                connection.getInputStream().read();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });

    assertThatThrownBy(this::put)
        .isInstanceOf(StorageResponseException.class)
        .extracting("foreign")
        .isEqualTo(true);
    client.close();
    answered.join();
  }

  /** What comes next by that connection is the response to the block before. */
  @ParameterizedTest
  @ValueSource(strings = {"102 Processing", "408 Request Timeout"})
  void connectionThatMayHaveAnotherResponse_isNotTheNextBlocks(String status) {
    CompletableFuture<Void> answered =
        CompletableFuture.runAsync(
            () -> {
              try (Socket first = server.accept()) {
                first.getInputStream().readNBytes(readHead(first));
                answer(first, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
                if (first.getInputStream().read() >= 0) {
                  first.getInputStream().readNBytes(readHead(first));
                  answer(first, STORED);
                  return;
                }
                try (Socket second = server.accept()) {
                  second.getInputStream().readNBytes(readHead(second));
                  answer(second, REFUSAL);
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });

    assertThatThrownBy(this::put).extracting("foreign").isEqualTo(true);
    assertThatThrownBy(this::put).extracting("errorCode").isEqualTo("ServerBusy");
    answered.join();
  }

  /** The connection is one response behind, so that no request by it would get its own. */
  @Test
  void connectionThatHadAnotherRequestsResponse_isNotTheNextBlocks() throws IOException {
    try (OneBehind storage = new OneBehind()) {
      client.close();
      client = BlockClients.of(storage.endpoint(), Credentials.of(KEY));

      assertThatThrownBy(this::put)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("x-ms-client-request-id another,");
      put();
      put();

      assertThat(storage.requests()).containsExactly("0 PUT", "1 PUT", "1 PUT");
    }
  }

  @Test
  void responseWhoseBodyNeverComes_endsWithItsConnection() {
    CompletableFuture<Void> answered =
        CompletableFuture.runAsync(
            () -> {
              try (Socket silent = server.accept()) {
                silent.getInputStream().readNBytes(readHead(silent));
                answer(silent, STORED.replace("Length: 0", "Length: 5"));
                try (Socket second = server.accept()) {
                  second.getInputStream().readNBytes(readHead(second));
                  answer(second, STORED);
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    restart(BlockClients.options(StorageConfigs.withReadTimeout(2_000)).setMaxPoolSize(1), LONG);

    put("AAAA", SMALL);
    put("AAAA", SMALL);

    answered.join();
  }

  @ParameterizedTest
  @CsvSource({"1, 20", "4193280, 20", "8388608, 20", "12582912, 30", "33554432, 80"})
  void requestOfManyBytes_hasMoreTime(long bytes, long seconds) {
    RequestHead head =
        new RequestHead("PUT", endpoint).header("Content-Length", String.valueOf(bytes));

    assertThat(Duration.ofMillis(BlockClient.options(head, LONG).getTimeout()))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  /** Two blocks: a video that is smaller is sent by one request. */
  @ParameterizedTest
  @CsvSource({"65536, 45", "4193280, 45", "8388608, 90", "268435456, 2880"})
  void idleConnection_isKeptForTheTimeOfTheLargestRequest(long blockSize, long seconds) {
    assertThat(BlobClients.blockOptions(StorageConfigs.DEFAULTS, blockSize).getIdleTimeout())
        .isEqualTo(1_000 * (seconds + 1));
  }

  /** Long before the request's own time is over, since its connection does not get free by that. */
  @Test
  void blockThatNobodyReceives_endsWithItsConnection() throws IOException {
    restart(BlockClients.options(StorageConfigs.withReadTimeout(100)), LONG);
    CompletableFuture<Socket> silent =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                Socket connection = server.accept();
                readHead(connection);
                return connection;
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });

    assertThatThrownBy(this::put).hasRootCauseInstanceOf(HttpClosedException.class);

    try (Socket connection = silent.join()) {
      assertThat(connection.getInputStream().readAllBytes()).hasSizeLessThan(BLOCK.length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAAA", "+/+/", "MDAwMQ==", "MDAwMDE="})
  void blockId_arrivesAsItIs(String blockId) {
    CompletableFuture<String> head = new CompletableFuture<>();
    CompletableFuture.runAsync(
        () -> {
          try (Socket connection = server.accept()) {
            connection.getInputStream().readNBytes(readHead(connection, head));
            answer(connection, STORED);
          } catch (IOException e) {
            head.completeExceptionally(e);
          }
        });

    put(blockId);

    String query = head.join().replaceFirst("(?s)^PUT \\S*\\?(\\S*) .*", "$1");
    assertThat(query).doesNotContain("+").doesNotContain("/").startsWith("comp=block&blockid=");
    assertThat(URLDecoder.decode(query.substring(query.lastIndexOf("d=") + 2), UTF_8))
        .isEqualTo(blockId);
  }

  private void put() {
    put("AAAA");
  }

  private void put(String blockId) {
    put(blockId, BLOCK);
  }

  private void put(String blockId, byte[] block) {
    client.putBlock("videos", "a.mp4", blockId, ByteBuffer.wrap(block), base64Md5(block));
  }

  /** Up to the empty line; gives the length of the body. */
  private static int readHead(Socket connection) throws IOException {
    return readHead(connection, new CompletableFuture<>());
  }

  private static int readHead(Socket connection, CompletableFuture<String> text)
      throws IOException {
    InputStream in = connection.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection ended in a head");
      }
      head.append((char) next);
    }
    text.complete(head.toString());
    return Integer.parseInt(head.toString().replaceFirst("(?is).*content-length: (\\d+).*", "$1"));
  }

  private static void answer(Socket connection, String answer) throws IOException {
    connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
    connection.getOutputStream().flush();
  }
}

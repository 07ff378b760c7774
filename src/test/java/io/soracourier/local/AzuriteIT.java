package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzuriteIT {
  @TempDir Path folder;

  @Test
  void freshAccounts_doNotSeeEachOther() {
    StoredQueue one = jobs(Azurite.shared().freshAccount());
    StoredQueue other = jobs(Azurite.shared().freshAccount());
    one.create();
    one.send("x");
    other.create();

    assertThat(one.count()).isEqualTo(1);
    assertThat(other.count()).isZero();
  }

  @Test
  void newerServiceVersionThanItKnows_isRefused() throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            Azurite.shared().freshAccount().blobEndpoint()
                                + "/c?restype=container"))
                    .header("x-ms-version", "2026-12-31")
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(400);
  }

  @Test
  void portInUse_isOneClearLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Azurite.Builder azurite = Azurite.builder().ports(taken.getLocalPort(), 0);

      assertThatThrownBy(azurite::start)
          .isInstanceOf(LocalStackException.class)
          .hasMessageStartingWith("Azurite: port " + taken.getLocalPort() + " is in use");
    }
  }

  @Test
  void onDisk_outlivesARestart() {
    try (Azurite azurite = Azurite.builder().onDisk(folder).start()) {
      StoredQueue queue = jobs(azurite.developmentAccount());
      queue.create();
      queue.send("x");
      // Azurite writes every some seconds, and not reliably when it ends.
      Waiting.until(
          () -> text(folder.resolve("__azurite_db_queue__.json")).contains("\"messageId\""),
          Duration.ofSeconds(30),
          () -> "nothing of the message on disk");
    }
    try (Azurite azurite = Azurite.builder().onDisk(folder).start()) {
      assertThat(jobs(azurite.developmentAccount()).peek()).containsExactly("x");
    }
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StoredQueue jobs(StorageAccount account) {
    return new StoredQueue(Connections.queues(account.connectionString()).getQueueClient("jobs"));
  }

  @Test
  void bearerTokens_areTakenOverHttps() throws Exception {
    ThrowAwayCertificate certificate = ThrowAwayCertificate.in(folder);
    try (Azurite azurite = Azurite.builder().bearerTokens(certificate).start()) {
      HttpClient client = HttpClient.newBuilder().sslContext(trusting(certificate)).build();
      HttpRequest.Builder list =
          HttpRequest.newBuilder(URI.create(azurite.freshAccount().blobEndpoint() + "/?comp=list"))
              .header("x-ms-version", "2025-07-05");
      String token = BearerToken.forStorage(Instant.now(), Duration.ofHours(1));

      assertThat(status(client, list)).isEqualTo(403);
      assertThat(status(client, list.header("Authorization", "Bearer " + token))).isEqualTo(200);
    }
  }

  private static int status(HttpClient client, HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static SSLContext trusting(ThrowAwayCertificate certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = new FileInputStream(certificate.trustStore().toFile())) {
      store.load(file, ThrowAwayCertificate.PASSWORD.toCharArray());
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}

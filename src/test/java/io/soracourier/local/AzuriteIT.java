package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.models.QueueStorageException;
import java.io.FileInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

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

  /** As the SDKs of 2026 send it. */
  @Test
  void messageOfANewerServiceVersionThanItKnows_isAccepted() {
    StorageAccount account = Azurite.shared().freshAccount();
    jobs(account).create();

    assertThat(put(account, "2026-10-06")).isEqualTo(201);
    assertThat(jobs(account).peek()).containsExactly("x");
  }

  @Test
  void newerServiceVersionThanItKnows_isRefusedWhereOnlyKnownOnesAreAccepted() {
    try (Azurite azurite = Azurite.builder().knownVersions().start()) {
      StorageAccount account = azurite.freshAccount();
      jobs(account).create();

      assertThat(put(account, "2026-10-06")).isEqualTo(400);
      assertThat(put(account, "2025-11-05")).isEqualTo(201);
    }
  }

  private static int put(StorageAccount account, String version) {
    try {
      return new QueueClientBuilder()
          .connectionString(account.connectionString())
          .queueName("jobs")
          .addPolicy(new ServiceVersion(version))
          .buildClient()
          .sendMessageWithResponse("x", null, null, null, Context.NONE)
          .getStatusCode();
    } catch (QueueStorageException e) {
      return e.getStatusCode();
    }
  }

  /** Before the request is signed. */
  private record ServiceVersion(String version) implements HttpPipelinePolicy {
    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext call, HttpPipelineNextPolicy next) {
      call.getHttpRequest().setHeader(HttpHeaderName.fromString("x-ms-version"), version);
      return next.process();
    }

    @Override
    public HttpPipelinePosition getPipelinePosition() {
      return HttpPipelinePosition.PER_CALL;
    }
  }

  @Test
  void portInUse_isOneClearLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Azurite.Builder azurite = Azurite.builder().ports(taken.getLocalPort(), 0, 0);

      assertThatThrownBy(azurite::start)
          .isInstanceOf(LocalStackException.class)
          .hasMessageStartingWith("Azurite: port " + taken.getLocalPort() + " is in use");
    }
  }

  /** Azurite saves every five seconds, and when it is ended in order. */
  @Test
  void onDisk_outlivesARestart() {
    try (Azurite azurite = Azurite.builder().onDisk(folder).start()) {
      StoredQueue queue = jobs(azurite.developmentAccount());
      queue.create();
      queue.send("x");
    }
    try (Azurite azurite = Azurite.builder().onDisk(folder).start()) {
      assertThat(jobs(azurite.developmentAccount()).peek()).containsExactly("x");
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
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
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

package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.Azurite;
import io.soracourier.local.BearerToken;
import io.soracourier.local.LocalStack;
import io.soracourier.local.StorageAccount;
import io.soracourier.local.StorageProxy;
import io.soracourier.local.ThrowAwayCertificate;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SimulatorOptions;
import io.soracourier.simulator.SoraSimulator;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The handler speaks TLS itself, as it does on Azure, to servers that it knows by name. */
class HttpsIT {
  private static ThrowAwayCertificate certificate;
  private static SSLContext tls;

  @BeforeAll
  static void makeCertificate() throws GeneralSecurityException, IOException {
    certificate = ThrowAwayCertificate.temporary();
    tls = certificate.context();
  }

  @Test
  void servicesOverHttps_areEnoughForAWholeDelivery() {
    String token = BearerToken.forStorage(Instant.now(), Duration.ofHours(1));
    try (Azurite azurite = Azurite.builder().bearerTokens(certificate).start();
        SoraSimulator service = SoraSimulator.start(SimulatorOptions.defaults().withTls(tls));
        IdentityServer identity = new IdentityServer(resource -> token)) {
      StorageAccount account = azurite.freshAccount();
      // For the host and for the test, which do not trust the certificate.
      try (StorageProxy blobs = StorageProxy.before(account.blobEndpoint(), tls);
          StorageProxy hostsQueues = StorageProxy.before(account.queueEndpoint(), tls)) {
        StorageProxy unused = StorageProxy.before(account.queueEndpoint(), tls);
        StorageAccount tapped =
            account.at(blobs.endpoint().toString(), hostsQueues.endpoint().toString());
        try (Deployment courier =
            Deployment.start(
                tapped,
                unused,
                builder ->
                    identity
                        .on(builder)
                        .withoutSimulator()
                        .withoutContainer()
                        .machineOptions(certificate.machineOptions())
                        .setting("AZURE_OPENAI_ENDPOINT", byName(service.endpoint().toString()))
                        .setting("AZURE_OPENAI_API_KEY", service.apiKey())
                        .setting("VideoStorage", null)
                        .setting("VideoStorage__blobServiceUri", byName(account.blobEndpoint()))
                        .setting("VideoStorage__queueServiceUri", byName(account.queueEndpoint()))
                        .setting("VideoStorage__credential", "managedidentity"))) {
          courier.secret(token).secret(identity.header()).secret(service.apiKey());
          SimulatedJob job =
              service
                  .sora1Job()
                  .video(Mp4.ofSize(9_000_000, 3))
                  .statuses("running", "succeeded")
                  .add();

          courier.enqueue(job.id());
          JsonNode message = courier.outcome(job.id());

          assertThat(message.path("status").asText()).as(message.toString()).isEqualTo("copied");
          assertThat(message.path("looks").asInt()).isEqualTo(2);
          assertThat(message.path("blobUrl").asText())
              .startsWith(byName(account.blobEndpoint()))
              .startsWith("https://localhost:");
          assertThat(courier.stack().blob(job.generationId() + ".mp4").md5OfContent())
              .isEqualTo(job.video().md5Base64());
          assertThat(unused.seen()).isEmpty();
        }
      }
    }
  }

  @Test
  void certificateThatIsNotTrusted_receivesNoData() {
    assertRefused(tls, builder -> builder, "certification path");
  }

  @Test
  void certificateOfAnotherName_receivesNoData() throws GeneralSecurityException, IOException {
    ThrowAwayCertificate other = ThrowAwayCertificate.of("dns:elsewhere.example");

    assertRefused(
        other.context(), builder -> builder.machineOptions(other.machineOptions()), "localhost");
  }

  /** A server that closes each connection after its response costs one whole handshake. */
  @Test
  void nextConnectionToTheSameServer_resumesTheSession() throws IOException {
    List<Duration> ages = new CopyOnWriteArrayList<>();
    try (ServerSocket server = tls.getServerSocketFactory().createServerSocket(0, 10)) {
      Thread responding = new Thread(() -> respond((SSLServerSocket) server, ages));
      responding.setDaemon(true);
      responding.start();
      try (Deployment courier =
          Deployment.start(
              builder ->
                  builder
                      .withoutSimulator()
                      .machineOptions(certificate.machineOptions())
                      .setting("COURIER_GRACE", "1s")
                      .setting(
                          "AZURE_OPENAI_ENDPOINT", "https://localhost:" + server.getLocalPort())
                      .setting("AZURE_OPENAI_API_KEY", "of-no-use"))) {
        String job = "video_68e7a1c0a2a881908b9fdf4e0f1a7b2c";
        courier.enqueue(job);
        courier.outcome(job);
      }
    }

    assertThat(ages).hasSizeGreaterThan(2);
    assertThat(ages.get(0)).isNegative();
    assertThat(ages.subList(1, ages.size()))
        .as("sessions before their connections")
        .anyMatch(age -> !age.isNegative());
  }

  /**
   * @param ages gets for each connection how old its session was when it was accepted
   */
  private static void respond(SSLServerSocket server, List<Duration> ages) {
    while (!server.isClosed()) {
      try (SSLSocket connection = (SSLSocket) server.accept()) {
        long accepted = System.currentTimeMillis();
        connection.startHandshake();
        ages.add(Duration.ofMillis(accepted - 1 - connection.getSession().getCreationTime()));
        connection.getInputStream().read(new byte[8192]);
        connection
            .getOutputStream()
            .write(
                "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
                    .getBytes(StandardCharsets.US_ASCII));
      } catch (IOException gone) {
        // The next one, or the end of the test.
      }
    }
  }

  /** The job is put back, and nothing was asked of the service. */
  private static void assertRefused(
      SSLContext served, UnaryOperator<LocalStack.Builder> options, String why) {
    try (SoraSimulator service = SoraSimulator.start(SimulatorOptions.defaults().withTls(served));
        Deployment courier =
            Deployment.start(
                builder ->
                    options
                        .apply(builder)
                        .withoutSimulator()
                        .setting("COURIER_SORA_RETRY_COUNT", "0")
                        .setting("COURIER_LOOK_FIRST_DELAY", "1h")
                        .setting("COURIER_LOOK_MAX_DELAY", "1h")
                        .setting("AZURE_OPENAI_ENDPOINT", byName(service.endpoint().toString()))
                        .setting("AZURE_OPENAI_API_KEY", service.apiKey()))) {
      courier.secret(service.apiKey());
      SimulatedJob job = service.sora1Job().add();

      courier.enqueue(job.id());

      assertThat(courier.awaitLine(job.id(), "event=look ")).contains(why);
      courier.awaitPutBacks(job.id(), 1);
      assertThat(service.requests()).isEmpty();
      courier.stack().jobs().clear();
    }
  }

  private static String byName(String address) {
    return address.replace("//127.0.0.1:", "//localhost:");
  }
}

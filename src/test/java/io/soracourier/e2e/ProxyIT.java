package io.soracourier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.local.Azurite;
import io.soracourier.local.BearerToken;
import io.soracourier.local.ConnectProxy;
import io.soracourier.local.StorageAccount;
import io.soracourier.local.StorageProxy;
import io.soracourier.local.ThrowAwayCertificate;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SimulatorOptions;
import io.soracourier.simulator.SoraSimulator;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A network whose way out is a proxy: names are known to that alone. */
class ProxyIT {
  private static final String PASSWORD = "proxy-password-0123456789";
  private static final String CREDENTIALS = "courier:" + PASSWORD;
  private static final String WRONG = "another-password-9876543210";
  private static final String SERVICE = "videos.example.test";
  private static final String CONTENT = "content.example.test";

  private static ThrowAwayCertificate certificate;
  private static SSLContext tls;

  @BeforeAll
  static void makeCertificate() throws GeneralSecurityException, IOException {
    certificate =
        ThrowAwayCertificate.of("ip:127.0.0.1,dns:localhost,dns:example.test,dns:*.example.test");
    tls = certificate.context();
  }

  @Test
  void serviceContentAndStorage_areReachedThroughTheProxy() {
    String token = BearerToken.forStorage(Instant.now(), Duration.ofHours(1));
    try (Azurite azurite = Azurite.builder().bearerTokens(certificate).start();
        SoraSimulator service = SoraSimulator.start(SimulatorOptions.defaults().withTls(tls));
        SoraSimulator content =
            SoraSimulator.start(SimulatorOptions.defaults().withTls(tls).withAnonymous());
        IdentityServer identity = new IdentityServer(resource -> token)) {
      StorageAccount account = azurite.freshAccount();
      URI blobs = URI.create(account.blobEndpoint());
      URI queues = URI.create(account.queueEndpoint());
      try (StorageProxy hostsBlobs = StorageProxy.before(account.blobEndpoint(), tls);
          StorageProxy hostsQueues = StorageProxy.before(account.queueEndpoint(), tls);
          StorageProxy unused = StorageProxy.before(account.queueEndpoint(), tls);
          ConnectProxy proxy =
              new ConnectProxy(
                  CREDENTIALS,
                  Map.of(
                      SERVICE + ":443",
                      service.endpoint().getPort(),
                      CONTENT + ":443",
                      content.endpoint().getPort(),
                      "blob.example.test:8443",
                      blobs.getPort(),
                      "queue.example.test:8443",
                      queues.getPort()));
          Deployment courier =
              Deployment.start(
                  account.at(hostsBlobs.endpoint().toString(), hostsQueues.endpoint().toString()),
                  unused,
                  builder ->
                      identity
                          .on(builder)
                          .withoutSimulator()
                          .withoutContainer()
                          .machineOptions(certificate.machineOptions())
                          .setting(
                              "HTTPS_PROXY", "http://" + CREDENTIALS + "@127.0.0.1:" + proxy.port())
                          .setting("AZURE_OPENAI_ENDPOINT", "https://" + SERVICE + "/openai/v1")
                          .setting("AZURE_OPENAI_API_KEY", service.apiKey())
                          .setting("COURIER_CONTENT_ALLOWED_HOSTS", CONTENT)
                          .setting("VideoStorage", null)
                          .setting("VideoStorage__blobServiceUri", named(blobs, "blob"))
                          .setting("VideoStorage__queueServiceUri", named(queues, "queue"))
                          .setting("VideoStorage__credential", "managedidentity"))) {
        courier.secret(token).secret(identity.header()).secret(service.apiKey()).secret(PASSWORD);
        SimulatedJob video = content.sora1Job().video(Mp4.ofSize(5_000_000, 3)).add();
        SimulatedJob job =
            service
                .sora1Job()
                .video(Mp4.ofSize(5_000_000, 3))
                .statuses("running", "succeeded")
                .add();
        service
            .on(Route.GET_CONTENT, job.generationId())
            .always(
                Fault.redirect(
                    302,
                    "https://"
                        + CONTENT
                        + "/openai/v1"
                        + Route.GET_CONTENT.path(video.generationId())
                        + "?api-version=preview"));

        courier.enqueue(job.id());
        JsonNode message = courier.outcome(job.id());

        assertThat(message.path("status").asText()).as(message.toString()).isEqualTo("copied");
        assertThat(message.path("looks").asInt()).isEqualTo(2);
        assertThat(courier.stack().blob(job.generationId() + ".mp4").md5OfContent())
            .isEqualTo(job.video().md5Base64());
        assertThat(proxy.requests())
            .contains(
                "CONNECT " + SERVICE + ":443 HTTP/1.1 200",
                "CONNECT " + CONTENT + ":443 HTTP/1.1 200",
                "CONNECT blob.example.test:8443 HTTP/1.1 200",
                "CONNECT queue.example.test:8443 HTTP/1.1 200")
            .allMatch(request -> request.endsWith(" 200"));
        assertThat(unused.seen()).isEmpty();
      }
    }
  }

  @Test
  void thisMachine_isReachedWithoutAProxyAndJavasPropertiesDoNotCount() {
    try (ConnectProxy proxy = new ConnectProxy(CREDENTIALS, Map.of());
        Deployment courier =
            Deployment.start(
                builder ->
                    builder
                        .machineOptions(
                            "-Dhttp.proxyHost=127.0.0.1",
                            "-Dhttp.proxyPort=" + proxy.port(),
                            "-Dhttp.nonProxyHosts=",
                            "-Dhttps.proxyHost=127.0.0.1",
                            "-Dhttps.proxyPort=" + proxy.port())
                        .setting(
                            "HTTPS_PROXY",
                            "http://" + CREDENTIALS + "@127.0.0.1:" + proxy.port()))) {
      courier.secret(PASSWORD);
      SimulatedJob job = courier.simulator().sora1Job().statuses("running", "succeeded").add();

      courier.enqueue(job.id());

      assertThat(courier.outcome(job.id()).path("status").asText()).isEqualTo("copied");
      assertThat(proxy.requests()).isEmpty();
    }
  }

  @Test
  void proxyThatRefuses_isNamedAndTheJobPutBack() {
    try (ConnectProxy proxy = new ConnectProxy(CREDENTIALS, Map.of());
        Deployment courier =
            Deployment.start(
                builder ->
                    builder
                        .withoutSimulator()
                        .setting("COURIER_SORA_RETRY_COUNT", "0")
                        .setting("COURIER_LOOK_FIRST_DELAY", "1h")
                        .setting("COURIER_LOOK_MAX_DELAY", "1h")
                        .setting("https_proxy", "courier:" + WRONG + "@127.0.0.1:" + proxy.port())
                        .setting("AZURE_OPENAI_ENDPOINT", "https://" + SERVICE + "/v1")
                        .setting("AZURE_OPENAI_API_KEY", "some-key-0123456789"))) {
      courier.secret(WRONG);
      String job = "video_0123456789abcdef0123456789abcdef";

      courier.enqueue(job);

      assertThat(courier.awaitLine(job, "event=look "))
          .contains("127.0.0.1:" + proxy.port(), SERVICE, "407");
      courier.awaitPutBacks(job, 1);
      assertThat(proxy.requests()).containsExactly("CONNECT " + SERVICE + ":443 HTTP/1.1 407");
      courier.stack().jobs().clear();
    }
  }

  private static String named(URI endpoint, String service) {
    return "https://" + service + ".example.test:8443" + endpoint.getRawPath();
  }
}

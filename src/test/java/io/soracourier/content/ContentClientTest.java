package io.soracourier.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.soracourier.identity.TokenSource;
import io.soracourier.setting.InvalidSettingException;
import io.soracourier.simulator.Content;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.ServiceError;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SimulatorOptions;
import io.soracourier.simulator.SoraSimulator;
import io.soracourier.sora.Authentications;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.url.RefusedUrlException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentClientTest {
  private static final Duration SOON = Duration.ofMillis(300);

  private final ContentFixture fixture = new ContentFixture();
  private final SoraSimulator simulator = fixture.simulator;
  private final SoraSimulator sink = SoraSimulator.sink();

  @AfterEach
  void close() {
    fixture.close();
    sink.close();
  }

  @Test
  void content_isRequestedWithTheKey() throws IOException {
    SimulatedJob job = simulator.sora1Job().add();

    assertThat(bytes(get(fixture.content(job)))).isEqualTo(job.video().bytes());
    RecordedRequest request = simulator.requests().get(0);
    assertThat(request.target()).endsWith("/content/video?api-version=preview");
    assertThat(request.header("api-key")).contains(simulator.apiKey());
    assertThat(request.header("Host")).contains("127.0.0.1:" + simulator.port());
  }

  @Test
  void redirectToAnotherOrigin_carriesNoCredential() throws IOException {
    SimulatedJob job = simulator.sora1Job().add();
    Content video = job.video();
    sink.on("GET", "/blob").always(Fault.video(video));
    redirect(job, sink.uri("/blob?sv=1&sig=a%2Fb%3D"));

    try (ContentResponse answer = get(fixture.content(job))) {
      assertThat(answer.uri()).isEqualTo(sink.uri("/blob?sv=1&sig=a%2Fb%3D"));
      assertThat(bytes(answer)).isEqualTo(video.bytes());
    }
    RecordedRequest request = sink.requests().get(0);
    assertThat(request.target()).isEqualTo("/blob?sv=1&sig=a%2Fb%3D");
    assertThat(request.headers().names()).doesNotContain("api-key", "authorization", "cookie");
  }

  @Test
  void wayBackFromAnotherOrigin_carriesNoCredentialEither() {
    SimulatedJob job = simulator.sora1Job().add();
    URI back = simulator.uri("/openai/v1/elsewhere");
    sink.on("GET", "/back").always(Fault.redirect(back));
    redirect(job, sink.uri("/back"));

    assertThatThrownBy(() -> get(fixture.content(job)))
        .isInstanceOfSatisfying(
            SoraException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    assertThat(simulator.requests()).hasSize(2);
    assertThat(simulator.requests().get(1).headers().names())
        .doesNotContain("api-key", "authorization");
  }

  @Test
  void redirectWithinTheEndpoint_keepsTheKey() throws IOException {
    SimulatedJob job = simulator.sora1Job().add();
    simulator
        .on(Route.GET_CONTENT, job.generationId())
        .answer(Fault.redirect(307, "/openai/v1/moved?x=1"));
    simulator.on("GET", "/openai/v1/moved").always(Fault.video(job.video()));

    assertThat(bytes(get(fixture.content(job)))).isEqualTo(job.video().bytes());
    assertThat(simulator.requests().get(1).header("api-key")).contains(simulator.apiKey());
  }

  @Test
  void urlOfAnotherOrigin_isRequestedWithoutCredential() {
    sink.on("GET", "/v").always(Fault.json(200, "{}"));

    get(sink.uri("/v")).close();

    assertThat(sink.requests().get(0).headers().names()).doesNotContain("api-key", "authorization");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:1/v.mp4",
        "http://acct.example/v.mp4",
        "http://169.254.169.254/metadata/identity",
        "file:///etc/passwd",
        "http://me:pw@127.0.0.1:1/",
        "http://127.0.0.1:99999/",
        "http:///v.mp4",
        "http://[bad/",
        "mailto:x@example.com"
      })
  void redirectToWhereTheCourierDoesNotGo_isRefused(String location) {
    SimulatedJob job = simulator.sora1Job().add();
    simulator.on(Route.GET_CONTENT, job.generationId()).always(Fault.redirect(302, location));

    assertThatThrownBy(() -> get(fixture.content(job))).isInstanceOf(RefusedUrlException.class);
  }

  @Test
  void threeRedirects_areFollowedAndAFourthIsNot() throws IOException {
    SimulatedJob job = simulator.sora1Job().add();
    for (int hop = 1; hop < 4; hop++) {
      simulator
          .on("GET", "/openai/v1/hop" + hop)
          .always(Fault.redirect(302, "/openai/v1/hop" + (hop + 1)));
    }
    simulator.on("GET", "/openai/v1/hop4").always(Fault.video(job.video()));

    assertThat(bytes(get(simulator.uri("/openai/v1/hop1")))).isEqualTo(job.video().bytes());
    redirect(job, simulator.uri("/openai/v1/hop1"));
    assertThatThrownBy(() -> get(fixture.content(job)))
        .isInstanceOf(RefusedUrlException.class)
        .hasMessageContaining("redirects again after 3 redirects");
  }

  @Test
  void redirectWithoutALocation_isAResponseAndNotAVideo() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator.on(Route.GET_CONTENT, job.generationId()).always(Fault.status(302));

    assertThatThrownBy(() -> get(fixture.content(job)))
        .isInstanceOf(SoraException.class)
        .hasMessageContaining("returned 302");
  }

  @Test
  void refusedToken_isReplacedOnce() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator.acceptToken("fresh");
    ContentClient client =
        fixture.client(
            Authentications.withTokens(fixture.endpoint, new Tokens("fresh")),
            Duration.ofSeconds(20));

    client.get(ContentFixture.own(fixture.content(job)), Map.of()).close();

    assertThat(simulator.requests())
        .extracting(request -> request.header("Authorization").orElse(null))
        .containsExactly("Bearer stale", "Bearer fresh");
  }

  @Test
  void uselessToken_isDeniedAfterTwoRequests() {
    SimulatedJob job = simulator.sora1Job().add();
    ContentClient client =
        fixture.client(
            Authentications.withTokens(fixture.endpoint, new Tokens("useless")),
            Duration.ofSeconds(20));

    assertThatThrownBy(() -> client.get(ContentFixture.own(fixture.content(job)), Map.of()))
        .isInstanceOfSatisfying(
            SoraException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
    assertThat(simulator.requests()).hasSize(2);
  }

  @Test
  void otherStatus_isThrownWithTheBody() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator
        .on(Route.GET_CONTENT, job.generationId())
        .answer(Fault.error(ServiceError.notFound()), Fault.html(503), Fault.status(204));

    assertFails(job, Kind.NOT_FOUND, "returned 404: Resource not found");
    assertFails(job, Kind.UNAVAILABLE, "returned 503: <!DOCTYPE html>");
    assertFails(job, Kind.UNAVAILABLE, "returned 204: (no text)");
  }

  @Test
  void errorBodyOfManyMegabytes_isReadToItsBeginning() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator
        .on(Route.GET_CONTENT, job.generationId())
        .always(
            Fault.video(io.soracourier.simulator.Mp4.ofSize(64 << 20, 1))
                .and(Fault.statusInstead(500)));

    assertFails(job, Kind.UNAVAILABLE, "returned 500: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"noAnswer", "slowHead", "errorThatTrickles"})
  void responseThatDoesNotCome_isGivenUp(String way) {
    Fault fault =
        switch (way) {
          case "noAnswer" -> Fault.noAnswer();
          case "slowHead" -> Fault.slowHead(Duration.ofMillis(200));
          default -> Fault.html(500).and(Fault.trickle(1, Duration.ofMillis(100)));
        };
    try (ContentFixture impatient = new ContentFixture(SOON)) {
      SimulatedJob job = impatient.simulator.sora1Job().add();
      impatient.simulator.on(Route.GET_CONTENT).always(fault);

      assertThatThrownBy(
              () -> impatient.client.get(ContentFixture.own(impatient.content(job)), Map.of()))
          .isInstanceOfSatisfying(
              SoraException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
      impatient.simulator.awaitRequests(1, Duration.ofSeconds(20), RecordedRequest::aborted);
    }
  }

  @Test
  void closedPort_isUnavailable() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    assertThatThrownBy(() -> get(URI.create("http://127.0.0.1:" + free + "/v.mp4")))
        .isInstanceOfSatisfying(
            SoraException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("GET /v.mp4 got no response");
  }

  @Test
  void endpointOnIpv6_isReached() throws IOException {
    try (SoraSimulator ipv6 = SoraSimulator.start(SimulatorOptions.defaults().withAddress("::1"));
        ContentFixture other = new ContentFixture(ipv6, Duration.ofSeconds(20))) {
      SimulatedJob job = ipv6.sora1Job().add();

      assertThat(bytes(other.client.get(ContentFixture.own(other.content(job)), Map.of())))
          .isEqualTo(job.video().bytes());
      assertThat(ipv6.requests().get(0).header("Host")).contains("[::1]:" + ipv6.port());
    }
  }

  @Test
  void impossibleSettings_areRefusedByName() {
    assertSettingRefused(new ContentFixture.Config(Duration.ZERO), "courier.content.stall-timeout");
    assertSettingRefused(
        new ContentFixture.Config(Duration.ofSeconds(1), -1), "courier.content.max-redirects");
  }

  private void assertSettingRefused(ContentConfig config, String setting) {
    assertThatThrownBy(() -> new ContentSettingChecks(config).checks().forEach(Runnable::run))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(setting + " is ");
  }

  private void assertFails(SimulatedJob job, Kind kind, String words) {
    assertThatThrownBy(() -> get(fixture.content(job)))
        .isInstanceOfSatisfying(SoraException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(words);
  }

  private void redirect(SimulatedJob job, URI to) {
    simulator.on(Route.GET_CONTENT, job.generationId()).always(Fault.redirect(to));
  }

  private ContentResponse get(URI uri) {
    return fixture.client.get(ContentFixture.own(uri), Map.of());
  }

  private static byte[] bytes(ContentResponse answer) throws IOException {
    Buffer whole = Buffer.buffer();
    for (Buffer next = answer.body().next(); next != null; next = answer.body().next()) {
      whole.appendBuffer(next);
    }
    return whole.getBytes();
  }

  private static final class Tokens implements TokenSource {
    private final String fresh;
    private String cached = "stale";

    Tokens(String fresh) {
      this.fresh = fresh;
    }

    @Override
    public String token(String scope) {
      return cached;
    }

    @Override
    public String freshToken(String scope) {
      cached = fresh;
      return cached;
    }
  }
}

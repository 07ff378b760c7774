package io.soracourier.sora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.soracourier.http.Addresses;
import io.soracourier.http.HttpGetClient;
import io.soracourier.http.NameResolver;
import io.soracourier.http.Proxies;
import io.soracourier.identity.TokenSource;
import io.soracourier.simulator.Content;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Headers;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Reply;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.ServiceError;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SoraSimulator;
import io.soracourier.sora.SoraException.Kind;
import io.vertx.core.Context;
import jakarta.inject.Inject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real HTTP, with the retries and the circuit as they run. */
@QuarkusTest
@TestProfile(SimulatedServiceProfile.class)
class SoraClientTest {
  @Inject SoraClient client;
  @Inject VideoJobs videoJobs;
  @Inject SoraSimulator simulator;
  @Inject Endpoint endpoint;
  @Inject SoraErrors errors;
  @Inject SoraConfig config;
  @Inject HttpGetClient http;
  @Inject CircuitBreakerMaintenance circuits;

  @BeforeEach
  void closeCircuit() {
    circuits.resetAll();
    simulator.forgetRequests();
  }

  @AfterEach
  void restoreKey() {
    simulator.apiKey("simulator-key-0123456789abcdef");
  }

  @Test
  void sora1Job_isRequestedAsThePreviewWants() {
    SimulatedJob job = simulator.sora1Job().variants(2).add();

    VideoJob found = client.job(new JobId(job.id()), VideoApis.SORA_1);

    assertThat(found.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(found.generations())
        .extracting(Generation::id)
        .containsExactlyElementsOf(job.generationIds());
    RecordedRequest request = onlyRequest();
    assertThat(request.target())
        .isEqualTo("/openai/v1/video/generations/jobs/" + job.id() + "?api-version=preview");
    assertThat(request.header("api-key")).contains(simulator.apiKey());
    assertThat(request.header("Authorization")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonsense", "application/", ";", "text/html; charset=;;", "*", "video/mp4, x"})
  void malformedContentType_doesNotHideTheJob(String contentType) {
    SimulatedJob video = simulator.sora2Video().statuses("in_progress").add();
    simulator.on(Route.GET_VIDEO, video.id()).always(Fault.header("Content-Type", contentType));

    assertThat(client.job(new JobId(video.id()), VideoApis.VIDEOS).state())
        .isEqualTo(JobState.UNFINISHED);
  }

  @Test
  void video_isRequestedWithoutAVersion() {
    SimulatedJob video = simulator.sora2Video().statuses("in_progress").add();

    VideoJob found = client.job(new JobId(video.id()), VideoApis.VIDEOS);

    assertThat(found.state()).isEqualTo(JobState.UNFINISHED);
    assertThat(onlyRequest().target()).isEqualTo("/openai/v1/videos/" + video.id());
  }

  @Test
  void jobThatOnlyTheOtherApiKnows_isFoundThereByTwoRequests() {
    SimulatedJob video = simulator.sora2Video().id("task_reissued_by_a_gateway").add();

    VideoJob found = videoJobs.find(new JobId(video.id()), null);

    assertThat(found.api()).isEqualTo(VideoApis.VIDEOS);
    assertThat(simulator.requests())
        .extracting(RecordedRequest::path, RecordedRequest::status)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "/openai/v1/video/generations/jobs/" + video.id(), 404),
            org.assertj.core.groups.Tuple.tuple("/openai/v1/videos/" + video.id(), 200));
  }

  @Test
  void unknownJob_isNotFoundWithoutARetry() {
    assertThat(failure("task_none").kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(simulator.requests()).hasSize(1);
  }

  @Test
  void hiccup_isRetried() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator
        .on(Route.GET_JOB, job.id())
        .answer(Fault.error(ServiceError.server(503)), Fault.reset());

    assertThat(client.job(new JobId(job.id()), VideoApis.SORA_1).state())
        .isEqualTo(JobState.SUCCEEDED);
    assertThat(simulator.requests()).hasSize(3);
  }

  @Test
  void serviceThatStaysDown_isLeftAfterThreeRequests() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator.on(Route.GET_JOB, job.id()).always(Fault.html(502));

    SoraException failure = failure(job.id());

    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("returned 502: <!DOCTYPE html>");
    assertThat(simulator.requests()).hasSize(3);
  }

  @Test
  void longRetryAfter_isHandedOnWithoutARetry() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator
        .on(Route.GET_JOB, job.id())
        .always(Fault.error(ServiceError.tooManyRunningTasks()).and(Fault.retryAfter(20)));

    SoraException failure = failure(job.id());

    assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(20));
    assertThat(simulator.requests()).hasSize(1);
  }

  @Test
  void wrongKey_isDeniedWithoutARetry() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator.apiKey("another-key");

    SoraException failure = failure(job.id());

    assertThat(failure.kind()).isEqualTo(Kind.DENIED);
    assertThat(failure.getMessage() + failure.attempts()).doesNotContain("simulator-key");
    assertThat(simulator.requests()).hasSize(1);
  }

  @Test
  void blockPageOfAWebFilter_isDeniedAndNotModeration() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator
        .on(Route.GET_JOB, job.id())
        .always(
            Fault.reply(
                Reply.of(
                    403,
                    "text/html",
                    Content.of("<html><title>Blocked by content filter</title></html>"))));

    SoraException failure = failure(job.id());

    assertThat(failure.kind()).isEqualTo(Kind.DENIED);
    assertThat(failure).hasMessageContaining("Blocked by content filter");
  }

  @Test
  void redirect_isNotFollowed() {
    try (SoraSimulator sink = SoraSimulator.sink()) {
      SimulatedJob job = simulator.sora1Job().add();
      simulator.on(Route.GET_JOB, job.id()).always(Fault.redirect(sink.uri("/openai/v1/x")));

      assertThat(failure(job.id()).kind()).isEqualTo(Kind.WRONG_ENDPOINT);
      assertThat(sink.requests()).isEmpty();
    }
  }

  /** It says nothing of the setting, as one that leads elsewhere does. */
  @ParameterizedTest
  @ValueSource(ints = {300, 302, 305, 399})
  void redirectWithoutLocation_isUnavailable(int status) {
    SimulatedJob job = simulator.sora1Job().add();
    for (Fault fault : List.of(Fault.status(status), Fault.redirect(status, ""))) {
      simulator.on(Route.GET_JOB, job.id()).always(fault);

      SoraException failure = failure(job.id());

      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure).hasMessageContaining("returned %d: a redirect without Location", status);
    }
  }

  /** As a broken cache on the way sends it: no request is conditional. */
  @Test
  void notModified_isUnavailableAndNotCalledARedirect() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator.on(Route.GET_JOB, job.id()).always(Fault.status(304));

    SoraException failure = failure(job.id());

    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessageContaining("returned 304: not modified")
        .hasMessageNotContaining("redirect");
  }

  /** Answers that are not the job, although they are 200. */
  enum Broken {
    CUT_JSON(Fault.cutAfter(40), "got a broken response: the connection was closed"),
    CUT_CHUNK(Fault.chunkedCutInside(40), "got a broken response: the connection was closed"),
    BAD_CHUNK(
        Fault.badChunkAfter(40), "got a broken response: the size of a chunk is not a number"),
    BAD_LENGTH(
        Fault.header("Content-Length", "abc"),
        "got a broken response: Content-Length is not a number: "),
    NO_ANSWER(Fault.noAnswer(), "got no response: "),
    CLOSED(Fault.closeUnanswered(), "got no response: "),
    STALLED_BODY(Fault.stallAfter(40), "got a broken response: no byte came for ");

    private final Fault fault;
    private final String words;

    Broken(Fault fault, String words) {
      this.fault = fault;
      this.words = words;
    }
  }

  @ParameterizedTest
  @EnumSource
  void brokenResponse_isUnavailableAndTheClientStaysUsable(Broken broken) {
    SimulatedJob job = simulator.sora1Job().add();
    // A connection that served others before is replaced by a new one.
    simulator.on(Route.GET_JOB, job.id()).always(broken.fault);
    SoraClient once = clientOf(withKey());

    assertThatThrownBy(() -> once.job(new JobId(job.id()), VideoApis.SORA_1))
        .isInstanceOf(SoraUnavailableException.class)
        .hasMessageContaining(broken.words);
    simulator.on(Route.GET_JOB, job.id()).always(Fault.none());
    assertThat(once.job(new JobId(job.id()), VideoApis.SORA_1).state())
        .isEqualTo(JobState.SUCCEEDED);
  }

  /** What comes of one job says nothing of the service: the circuit does not count it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | UNREADABLE | no job of this API: (no text)",
        "busy | UNREADABLE | no job of this API: busy",
        "{\"object\":\"list\",\"data\":[]} | UNREADABLE | {\"object\":\"string\",\"data\":[]}",
        "{\"prompt\":\"a boat\"} | UNREADABLE | {\"prompt\":\"string\"}",
        "{\"status\":\"done\",\"prompt\":\"a boat | UNREADABLE | a part of a job",
        "<!DOCTYPE html><title>Sign in</title> | WRONG_ENDPOINT | a web page, 'Sign in'",
      })
  void otherBodyThanAJob_isNoFailureOfTheService(String body, Kind kind, String words) {
    SimulatedJob job = simulator.sora1Job().add();
    simulator.on(Route.GET_JOB, job.id()).always(Fault.json(200, body));

    SoraException failure = failure(job.id());

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure)
        .isNotInstanceOf(SoraUnavailableException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("boat");
  }

  /** A video, a picture or a prompt, of any length, in any encoding. */
  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-32BE"})
  void longTextInTheJob_isCutAndTheJobRead(String encoding) {
    SimulatedJob video = simulator.sora2Video().add();
    String text = "AAAAIGZ0eXBpc29t" + "A".repeat(2_000_000);
    simulator
        .on(Route.GET_VIDEO, video.id())
        .always(
            Fault.editedJson(json -> json.withArray("videos").addObject().put("base64", text))
                .and(Fault.changing(reply -> reply.withBody(encoded(reply.body(), encoding)))));

    VideoJob found = client.job(new JobId(video.id()), VideoApis.VIDEOS);

    assertThat(found.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(text).startsWith(found.response().json().at("/videos/0/base64").textValue());
    assertThat(found.response().json().toString()).hasSizeLessThan(100_000);
    assertThat(simulator.requests()).hasSize(1);
  }

  @Test
  void manyLongTexts_haveRoomTogether() {
    SimulatedJob video = simulator.sora2Video().add();
    simulator
        .on(Route.GET_VIDEO, video.id())
        .always(
            Fault.editedJson(
                json -> {
                  for (int i = 0; i < 100; i++) {
                    json.withArray("frames").add("A".repeat(70_000));
                  }
                }));

    assertThat(client.job(new JobId(video.id()), VideoApis.VIDEOS).state())
        .isEqualTo(JobState.SUCCEEDED);
  }

  /** The service is there, and other jobs may be read. */
  enum Endless {
    BLANKS(Fault.body(Content.of(" ".repeat(4 << 20))), "longer than 1048576 bytes"),
    NUMBERS(Fault.body(Content.of("[" + "1,".repeat(1 << 20))), "longer than 1048576 bytes"),
    CUT(Fault.body(longJob()).and(Fault.cutAfter(2 << 20)), "not read to its end"),
    STALLED(Fault.body(longJob()).and(Fault.stallAfter(2 << 20)), "not read to its end"),
    TRUNCATED(Fault.body(Content.of("{\"prompt\":\"" + "a".repeat(2 << 20))), "part of a job");

    private final Fault fault;
    private final String words;

    Endless(Fault fault, String words) {
      this.fault = fault;
      this.words = words;
    }

    private static Content longJob() {
      return Content.of("{\"status\":\"done\",\"data\":\"" + "a".repeat(4 << 20) + "\"}");
    }
  }

  @ParameterizedTest
  @EnumSource
  void longResponseWithoutAnEnd_isNoFailureOfTheService(Endless endless) {
    SimulatedJob job = simulator.sora1Job().add();
    simulator.on(Route.GET_JOB, job.id()).always(endless.fault);

    SoraException failure = failure(job.id());

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE);
    assertThat(failure)
        .isNotInstanceOf(SoraUnavailableException.class)
        .hasMessageContaining(endless.words);
  }

  @ParameterizedTest
  @CsvSource({"404, NOT_FOUND", "400, REJECTED", "503, UNAVAILABLE"})
  void longErrorBody_isJudgedByItsStatus(int status, Kind kind) {
    SimulatedJob job = simulator.sora1Job().add();
    String body =
        "{\"input\":\"%s\",\"error\":{\"message\":\"words\"}}".formatted("a".repeat(2 << 20));
    simulator.on(Route.GET_JOB, job.id()).always(Fault.json(status, body));

    SoraException failure = failure(job.id());

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining("returned " + status + ": words");
  }

  @Test
  void unknownWord_isNotAFailure() {
    SimulatedJob job = simulator.sora1Job().statuses("upscaling").add();

    VideoJob found = client.job(new JobId(job.id()), VideoApis.SORA_1);

    assertThat(found.state()).isEqualTo(JobState.UNKNOWN);
    assertThat(found.status()).isEqualTo("upscaling");
  }

  @Test
  void flatErrorBody_isReadToo() {
    simulator.flatErrors(true);
    try {
      assertThat(failure("task_none"))
          .hasMessageContaining("returned 404: Resource not found (request id ");
    } finally {
      simulator.flatErrors(false);
    }
  }

  @Test
  void refusedToken_isReplacedOnce() {
    SimulatedJob job = simulator.sora1Job().add();
    Tokens tokens = new Tokens("stale", "fresh");
    simulator.acceptToken("fresh");

    VideoJob found = clientOf(withTokens(tokens)).job(new JobId(job.id()), VideoApis.SORA_1);

    assertThat(found.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(simulator.requests())
        .extracting(request -> request.header("Authorization").orElse(null))
        .containsExactly("Bearer stale", "Bearer fresh");
    assertThat(tokens.scopes).containsOnly("scope");
    assertThat(tokens.askedOnEventLoop).isFalse();
  }

  @Test
  void freshTokenRefusedToo_isDenied() {
    SimulatedJob job = simulator.sora1Job().add();
    Tokens tokens = new Tokens("stale", "fresh-but-useless");

    assertThatThrownBy(
            () -> clientOf(withTokens(tokens)).job(new JobId(job.id()), VideoApis.SORA_1))
        .isInstanceOfSatisfying(
            SoraException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED))
        .message()
        .doesNotContain("fresh-but-useless");
    assertThat(simulator.requests()).hasSize(2);
  }

  @Test
  void keyForAnotherProvider_isABearerToken() {
    try (SoraSimulator other =
        SoraSimulator.start(
            io.soracourier.simulator.SimulatorOptions.defaults().withBasePath("/v1"))) {
      SimulatedJob video = other.sora2Video().add();
      Endpoint v1 = Endpoint.parse(other.uri("/v1").toString());

      VideoJob found =
          clientOf(v1, Authentications.withKey(v1, other.apiKey()))
              .job(new JobId(video.id()), VideoApis.VIDEOS);

      assertThat(found.generations().get(0).content())
          .hasToString(other.uri("/v1/videos/" + video.id() + "/content").toString());
      Headers headers = other.requests().get(0).headers();
      assertThat(headers.first("Authorization")).contains("Bearer " + other.apiKey());
      assertThat(headers.first("api-key")).isEmpty();
    }
  }

  @Test
  void endpointByNameOverHttp_isRequestedAtTheAddressThatWasChecked() {
    SimulatedJob video = simulator.sora2Video().add();
    Endpoint named =
        Endpoint.parse("http://videos.internal:%d/openai/v1".formatted(simulator.port()));
    List<String> lookedUp = new ArrayList<>();

    VideoJob found =
        clientOf(
                named,
                Authentications.withKey(named, simulator.apiKey()),
                host -> {
                  lookedUp.add(host);
                  return Addresses.of("127.0.0.1");
                })
            .job(new JobId(video.id()), VideoApis.VIDEOS);

    assertThat(found.status()).isEqualTo("completed");
    assertThat(lookedUp).containsExactly("videos.internal");
    assertThat(onlyRequest().header("Host")).contains("videos.internal:" + simulator.port());
  }

  @Test
  void endpointWhoseNameLeadsToTheMetadataService_isNotRequestedAndTheJobWaits() {
    Endpoint named = Endpoint.parse("https://videos.example.com/v1");
    SoraClient misled =
        clientOf(
            named,
            Authentications.withKey(named, simulator.apiKey()),
            host -> Addresses.of("169.254.169.254"));

    assertThatThrownBy(() -> misled.job(new JobId("video_1"), VideoApis.VIDEOS))
        .isInstanceOf(SoraUnavailableException.class)
        .hasMessageContainingAll("GET /v1/videos/video_1", "169.254.169.254", "link-local");
  }

  @Test
  void circuit_opensWhenMostCallsFailAndThenSendsNothing() {
    simulator.on(Route.GET_JOB).answer(20, Fault.status(503));
    List<Throwable> failures = new ArrayList<>();
    for (int look = 0; look < 8; look++) {
      failures.add(catchThrowable(() -> client.job(new JobId("task_down"), VideoApis.SORA_1)));
    }

    assertThat(failures.get(0)).isInstanceOf(SoraUnavailableException.class);
    assertThat(failures.get(7)).isInstanceOf(CircuitBreakerOpenException.class);
    assertThat(simulator.requests()).hasSize(20);
  }

  private SoraException failure(String id) {
    return catchThrowableOfType(
        SoraException.class, () -> client.job(new JobId(id), VideoApis.SORA_1));
  }

  private static Content encoded(Content json, String encoding) {
    String text = new String(json.bytes(), StandardCharsets.UTF_8);
    return Content.of(text.getBytes(Charset.forName(encoding)));
  }

  private RecordedRequest onlyRequest() {
    assertThat(simulator.requests()).hasSize(1);
    return simulator.requests().get(0);
  }

  private SoraAuthentication withKey() {
    return Authentications.withKey(endpoint, simulator.apiKey());
  }

  private SoraAuthentication withTokens(TokenSource tokens) {
    return Authentications.withTokens(endpoint, tokens);
  }

  /** Without retries and circuit. */
  private SoraClient clientOf(SoraAuthentication authentication) {
    return clientOf(endpoint, authentication);
  }

  private SoraClient clientOf(Endpoint server, SoraAuthentication authentication) {
    return clientOf(server, authentication, Addresses::of);
  }

  private SoraClient clientOf(
      Endpoint server, SoraAuthentication authentication, NameResolver resolver) {
    return new SoraClient(
        server,
        authentication,
        errors,
        new JobReader(server, errors, new ServiceClock(Clock.systemUTC())),
        new ServiceClock(Clock.systemUTC()),
        config,
        http,
        new AddressPolicy(server, Proxies.none(), Optional.empty(), resolver));
  }

  private static final class Tokens implements TokenSource {
    private final List<String> scopes = new ArrayList<>();
    private final String fresh;
    private boolean askedOnEventLoop;
    private String cached;

    Tokens(String cached, String fresh) {
      this.cached = cached;
      this.fresh = fresh;
    }

    @Override
    public String token(String scope) {
      scopes.add(scope);
      askedOnEventLoop |= Context.isOnEventLoopThread();
      return cached;
    }

    @Override
    public String freshToken(String scope) {
      scopes.add(scope);
      cached = fresh;
      return cached;
    }
  }
}

package io.soracourier.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.content.ContentResolver.LocationFindings;
import io.soracourier.content.Finding.Result;
import io.soracourier.simulator.Api;
import io.soracourier.simulator.Content;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.JobBuilder;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.Reply;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.ServiceError;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SoraSimulator;
import io.soracourier.sora.Attempt;
import io.soracourier.sora.PlaceName;
import io.soracourier.sora.SoraException;
import io.soracourier.sora.SoraException.Kind;
import io.soracourier.sora.VideoJob;
import io.soracourier.url.RefusedUrlException;
import io.soracourier.video.InvalidContentException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentResolverTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE = "/openai/v1";
  private static final String PREVIEW = "?api-version=preview";

  private final ResolverFixture fixture = new ResolverFixture();
  private final SoraSimulator simulator = fixture.simulator;
  private final Mp4 video = Mp4.small();

  @AfterEach
  void close() {
    fixture.close();
  }

  // The documented endpoint

  @ParameterizedTest
  @ValueSource(strings = {"SORA_1", "SORA_2"})
  void healthyJob_costsOneRequest(Api api) {
    SimulatedJob job = job(api).add();

    assertThat(fixture.fetch(job)).isEqualTo(job.video().bytes());
    assertThat(fixture.targets()).containsExactly(documented(api, job));
  }

  @ParameterizedTest
  @CsvSource({
    "401, DENIED",
    "403, DENIED",
    "408, THROTTLED",
    "429, THROTTLED",
    "409, NOT_FOUND",
    "410, EXPIRED",
    "500, UNAVAILABLE",
    "501, UNAVAILABLE",
    "502, UNAVAILABLE",
    "503, UNAVAILABLE"
  })
  void documentedEndpointThatDoesNotSay_isNotSearchedFurther(int status, Kind kind) {
    SimulatedJob job = simulator.sora1Job().add();
    simulator
        .on(Route.GET_CONTENT)
        .always(Fault.error(ServiceError.coded(status, "x", "not so easy")));

    SoraException failure = failure(job);

    assertThat(failure.kind()).isEqualTo(kind);
    // What a kept connection answered with 408 is sent once more, by a new one.
    assertThat(Set.copyOf(fixture.targets())).hasSize(1);
  }

  /** Of a web filter on the way; the API's own words are moderation. */
  @Test
  void blockPageAtTheDocumentedEndpoint_isDeniedAndNotModeration() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator
        .on(Route.GET_CONTENT)
        .always(
            Fault.reply(
                Reply.of(
                    403,
                    "text/html",
                    Content.of("<html><title>Blocked by content filter</title></html>"))));

    assertThat(failure(job).kind()).isEqualTo(Kind.DENIED);
  }

  static Stream<Fault> failuresThatDoNotSay() {
    return Stream.concat(
        IntStream.of(202, 401, 403, 408, 409, 425, 429, 500, 501, 502, 503, 504)
            .mapToObj(status -> Fault.error(ServiceError.coded(status, "x", "not so easy"))),
        Stream.of(
            Fault.error(ServiceError.coded(409, "x", "soon")).and(Fault.retryAfter(9)),
            Fault.error(ServiceError.coded(500, "x", "soon")).and(Fault.retryAfter(9)),
            Fault.error(ServiceError.modelDeprecated()),
            Fault.reset()));
  }

  @ParameterizedTest
  @MethodSource("failuresThatDoNotSay")
  void urlThatTheJobNamesWhereTheDocumentedEndpointDoesNotSay_isFollowed(Fault fault) {
    for (Api api : Api.values()) {
      SimulatedJob job =
          job(api)
              .editJob(json -> json.put("video_url", "/files/none").put("url", "/v1/m/x.mp4"))
              .add();
      simulator.on(Route.GET_CONTENT).always(fault);
      simulator.on(Route.GET_VIDEO_CONTENT).always(fault);
      fixture.serve("/v1/m/x.mp4", video);

      assertThat(fixture.fetch(job)).isEqualTo(video.bytes());
      assertThat(fixture.targets())
          .startsWith(documented(api, job))
          .contains("/v1/m/x.mp4")
          .isSubsetOf(documented(api, job), "/files/none", "/v1/m/x.mp4");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SORA_1", "SORA_2"})
  void urlInAHeaderOfTheJobWhereTheDocumentedEndpointIsDown_isFollowed(Api api) {
    for (Route route : List.of(Route.GET_CONTENT, Route.GET_VIDEO_CONTENT)) {
      simulator.on(route).always(Fault.status(500));
    }
    for (Route route : List.of(Route.GET_JOB, Route.GET_VIDEO)) {
      simulator.on(route).always(Fault.header("Content-Location", "/files/1.mp4"));
    }
    fixture.serve("/files/1.mp4", video);
    SimulatedJob job = job(api).add();

    assertThat(fixture.fetch(job)).isEqualTo(video.bytes());
    assertThat(fixture.targets()).containsExactly(documented(api, job), "/files/1.mp4");
  }

  /** A server that was down for a moment is no unusual server. */
  @Test
  void urlThatHelpedWhileTheDocumentedEndpointWasDown_isNotTriedFirstFromThenOn() {
    SimulatedJob job = simulator.sora2Video().editJob(json -> json.put("url", "/f/1.mp4")).add();
    fixture.serve("/f/1.mp4", video);
    simulator.on(Route.GET_VIDEO_CONTENT).answer(Fault.status(500));
    fixture.fetch(job);

    assertThat(fixture.fetch(job)).isEqualTo(job.video().bytes());
    assertThat(fixture.targets()).containsExactly(documented(Api.SORA_2, job));
  }

  @ParameterizedTest
  @CsvSource({"403, DENIED", "409, NOT_FOUND", "500, UNAVAILABLE", "501, UNAVAILABLE"})
  void urlsWithoutTheVideo_leaveTheFailureOfTheDocumentedEndpoint(int status, Kind kind) {
    SimulatedJob job =
        simulator
            .sora2Video()
            .editJob(edit("{'url':'/f/1.mp4?sig=SECRET','video_url':'/f/2.mp4'}"))
            .add();
    simulator
        .on(Route.GET_VIDEO_CONTENT)
        .always(
            Fault.error(ServiceError.coded(status, "x", "not so easy")).and(Fault.retryAfter(7)));
    simulator
        .on("GET", "/f/2.mp4")
        .always(Fault.error(ServiceError.coded(503, "x", "busy")).and(Fault.retryAfter(99)));

    SoraException failure = failure(job);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.retryAfter().orElseThrow()).hasSeconds(7);
    assertThat(failure.attempts())
        .extracting(Attempt::request, Attempt::status)
        .containsExactlyInAnyOrder(
            tuple("GET " + documented(Api.SORA_2, job), status),
            tuple("GET /f/1.mp4", 404),
            tuple("GET /f/2.mp4", 503));
    assertThat(failure)
        .hasMessageStartingWith("GET %s returned %d", documented(Api.SORA_2, job), status)
        .hasMessageContaining("not so easy")
        .hasMessageContaining("GET /f/1.mp4 returned 404")
        .hasMessageContaining("GET /f/2.mp4 returned 503: busy")
        .hasMessageNotContaining("SECRET");
    assertThat(fixture.targets()).hasSize(3);
  }

  static Stream<Fault> lastWords() {
    return Stream.of(
        Fault.error(ServiceError.coded(410, "x", "gone")),
        Fault.error(ServiceError.coded(404, "video_expired", "gone")),
        Fault.error(ServiceError.coded(400, "content_policy_violation", "refused")),
        Fault.error(ServiceError.coded(429, "x", "later")).and(Fault.retryAfter(9)),
        Fault.error(ServiceError.coded(503, "x", "later")).and(Fault.retryAfter(9)));
  }

  @ParameterizedTest
  @MethodSource("lastWords")
  void documentedEndpointThatSaysExpiredRefusedOrLater_isTheLastThatIsRequested(Fault fault) {
    SimulatedJob job = simulator.sora2Video().editJob(json -> json.put("url", "/f/1.mp4")).add();
    simulator.on(Route.GET_VIDEO_CONTENT).always(fault);
    fixture.serve("/f/1.mp4", video);

    failure(job);

    assertThat(fixture.targets()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 425})
  void documentedEndpointThatIsNotReady_isNotSearchedFurther(int status) {
    SimulatedJob job = simulator.sora1Job().add();
    simulator
        .on(Route.GET_CONTENT)
        .always(
            Fault.error(ServiceError.coded(status, "x", "in a moment")).and(Fault.retryAfter(2)));

    SoraException failure = failure(job);

    assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(failure).hasMessageContaining("not ready yet: in a moment");
    assertThat(failure.retryAfter().orElseThrow()).hasSeconds(2);
    assertThat(fixture.targets()).hasSize(1);
  }

  @Test
  void retiredModelAnsweredWith404_isNotSearchedFurther() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator
        .on(Route.GET_CONTENT)
        .always(Fault.error(ServiceError.modelDeprecated()).and(Fault.statusInstead(404)));

    assertThat(failure(job).kind()).isEqualTo(Kind.RETIRED);
    assertThat(fixture.targets()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 405, 422})
  void documentedEndpointThatRefusesTheRequest_isSearchedFurther(int status) {
    SimulatedJob job = simulator.sora1Job().editJob(json -> json.put("url", "/files/1.mp4")).add();
    simulator.on(Route.GET_CONTENT).always(Fault.error(ServiceError.coded(status, "x", "no")));
    fixture.serve("/files/1.mp4", video);

    assertThat(fixture.fetch(job)).isEqualTo(video.bytes());
  }

  static Stream<Fault> answersThatAreNoVideo() {
    return Stream.of(
        Fault.json(200, "{\"message\":\"soon\"}"),
        Fault.json(200, "[]"),
        Fault.html(200),
        Fault.body(Content.EMPTY),
        Fault.status(204),
        Fault.body(Content.of("{\"url\":")));
  }

  @ParameterizedTest
  @MethodSource("answersThatAreNoVideo")
  void documentedEndpointWithoutAVideo_isSearchedFurther(Fault fault) {
    SimulatedJob job = simulator.sora1Job().editJob(json -> json.put("url", "/files/1.mp4")).add();
    simulator.on(Route.GET_CONTENT).always(fault);
    fixture.serve("/files/1.mp4", video);

    assertThat(fixture.fetch(job)).isEqualTo(video.bytes());
  }

  static Stream<Fault> answersThatAreCut() {
    return Stream.of(
        Fault.cutAfter(0),
        Fault.cutAfter(3),
        Fault.resetAfter(3),
        Fault.json(200, "{\"url\":\"/files/1.mp4\"}").and(Fault.cutAfter(10)),
        Fault.video(Mp4.small()).and(Fault.statusInstead(206)));
  }

  @ParameterizedTest
  @MethodSource("answersThatAreCut")
  void documentedEndpointThatIsCutAtItsBeginning_isRetriedLater(Fault fault) {
    SimulatedJob job = simulator.sora1Job().add();
    simulator.on(Route.GET_CONTENT).always(fault);

    assertThat(failure(job).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(fixture.targets()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "  %s\n",
        "\"%s\"",
        "[\"%s\"]",
        "\uFEFF{\"url\": \"%s\"}",
        "{\"prompt\": \"a cat\", \"url\": \"%s\", \"log\": \"LONG\"}",
        "{\"log\": [LONGLIST], \"url\": \"%s\"}"
      })
  void bodyThatIsOrHasAUrl_isFollowedThere(String body) {
    SimulatedJob job = simulator.sora1Job().add();
    String url = simulator.endpoint().resolve("/f/1").toString();
    String text =
        body.formatted(url)
            .replace("LONGLIST", "\"line\", ".repeat(40_000) + "\"line\"")
            .replace("LONG", "x".repeat(400_000));
    simulator.on(Route.GET_CONTENT, job.generationId()).always(Fault.json(200, text));
    fixture.serve("/f/1", video);

    assertThat(fixture.fetch(job)).isEqualTo(video.bytes());
    assertThat(fixture.targets()).containsExactly(documented(Api.SORA_1, job), "/f/1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s is down for maintenance",
        "See %s",
        "<a>%s</a>",
        "{\"callback_url\": \"%s\"}",
        "{\"note\": \"%s\"}",
        "\"/f/1\"",
        "/f/1"
      })
  void textWithAUrlInIt_isNotFollowed(String body) {
    SimulatedJob job = simulator.sora1Job().add();
    String url = simulator.endpoint().resolve("/f/1").toString();
    simulator
        .on(Route.GET_CONTENT, job.generationId())
        .always(Fault.json(200, body.formatted(url)));
    fixture.serve("/f/1", video);

    assertThat(catchThrowable(() -> fixture.fetch(job)))
        .isInstanceOf(InvalidContentException.class);
    assertThat(fixture.targets()).doesNotContain("/f/1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt\": \"SECRET-WISH\", \"list\": [MANY",
        "{\"status\": \"done\", \"input\": \"SECRET-WISH\", broken",
        "[\"prompt\", \"SECRET-WISH\", broken"
      })
  void whatMayBeAJob_isNotQuoted(String body) {
    SimulatedJob job = simulator.sora1Job().add();
    String text = body.replace("MANY", "1,".repeat(1_000_000));
    simulator.on(Route.GET_CONTENT, job.generationId()).always(Fault.json(200, text));

    InvalidContentException failure =
        catchThrowableOfType(InvalidContentException.class, () -> fixture.fetch(job));

    assertThat(failure).hasMessageContaining("may be a part of a job");
    assertThat(failure.getMessage() + failure.attempts()).doesNotContain("SECRET-WISH");
  }

  /** It is requested once, and its response counts as that of the documented address. */
  @Test
  void generationThatNamesTheDocumentedAddress_leavesItsResponse() {
    SimulatedJob first = simulator.sora1Job().add();
    fixture.withoutDocumentedContent();
    simulator
        .on(Route.GET_GENERATION, first.generationId())
        .always(Fault.json(200, "{\"url\": \"/f/1\"}"));
    fixture.serve("/f/1", video);
    assertThat(fixture.fetch(first)).isEqualTo(video.bytes());
    SimulatedJob second = simulator.sora1Job().add();
    String content = documented(Api.SORA_1, second);
    simulator
        .on(Route.GET_GENERATION, second.generationId())
        .always(Fault.json(200, "{\"url\": \"%s\"}".formatted(content)));

    SoraException failure = failure(second);

    assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(failure).hasMessageContaining("the documented one: returned 404");
    assertThat(fixture.targets()).containsOnlyOnce(content);
  }

  @Test
  void noVideoAnywhereButA200_isInvalidContentWithAllResponses() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator.on(Route.GET_CONTENT).always(Fault.html(200));

    InvalidContentException failure =
        catchThrowableOfType(InvalidContentException.class, () -> fixture.fetch(job));

    assertThat(failure)
        .hasMessageStartingWith(
            "GET %s returned no video: neither an MP4 nor JSON with properties, it begins with: <!DOC",
            documented(Api.SORA_1, job).replaceFirst("\\?.*", ""));
    assertThat(failure.attempts()).hasSameSizeAs(fixture.targets()).hasSizeGreaterThan(10);
    assertThat(failure.attempts().get(0).status()).isEqualTo(200);
  }

  @Test
  void videoWithAnotherContentType_isAVideo() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator.on(Route.GET_CONTENT).always(Fault.header("Content-Type", "application/json"));

    assertThat(fixture.fetch(job)).isEqualTo(job.video().bytes());
  }

  // URLs in answers

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'url':'ADDRESS'}",
        "{'video_url':'ADDRESS'}",
        "{'output_url':'ADDRESS'}",
        "{'content_url':'ADDRESS'}",
        "{'download_url':'ADDRESS'}",
        "{'file':'ADDRESS'}",
        "{'data':[{'url':'ADDRESS'}]}",
        "{'Video_URL':'ADDRESS'}",
        "{'output':{'files':[{'name':'x'},{'download_url':'ADDRESS'}]}}",
        "{'a':{'b':{'c':{'d':{'e':{'video_url':'ADDRESS'}}}}}}",
        "{'file':['ADDRESS']}",
        "{'output':['ADDRESS']}",
        "{'output':[{'url':'ADDRESS'}]}",
        "{'output':{'video':{'url':'ADDRESS'}}}",
        "{'url':[['ADDRESS']]}",
        "{'url':' ADDRESS '}",
        "{'url':42,'file':'file-abc','video_url':null,'content_url':{'x':1},'download_url':'ADDRESS'}",
      })
  void urlInAProperty_isFollowedAtOnce(String json) {
    fixture.withoutDocumentedContent();
    fixture.serve("/files/1.mp4?sig=a%2Fb", video);
    for (Api api : Api.values()) {
      for (String origin : List.of("", simulator.uri("").toString())) {
        SimulatedJob job =
            job(api)
                .editJob(edit(json.replace("ADDRESS", origin + "/files/1.mp4?sig=a%2Fb")))
                .add();

        // A resolver that has not learned yet where to look.
        assertThat(fixture.another().fetch(job)).isEqualTo(video.bytes());
        assertThat(fixture.targets())
            .containsExactly(documented(api, job), "/files/1.mp4?sig=a%2Fb");
      }
    }
  }

  /** A path there may be one on the server's disk. */
  @ParameterizedTest
  @ValueSource(strings = {"output", "outputs", "result", "results"})
  void urlThatIsTheOutputItself_isFollowedWhereItIsAbsolute(String name) {
    fixture.withoutDocumentedContent();
    fixture.serve("/files/1.mp4", video);
    SimulatedJob absolute =
        simulator
            .sora2Video()
            .editJob(json -> json.put(name, simulator.uri("/files/1.mp4").toString()))
            .add();
    SimulatedJob path = simulator.sora2Video().editJob(json -> json.put(name, "/data/1.mp4")).add();

    failure(path);
    assertThat(fixture.targets()).doesNotContain("/data/1.mp4");
    assertThat(fixture.fetch(absolute)).isEqualTo(video.bytes());
    assertThat(fixture.targets()).containsExactly(documented(Api.SORA_2, absolute), "/files/1.mp4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url",
        "video_url",
        "output_url",
        "content_url",
        "download_url",
        "file",
      })
  void urlInTheGenerationOfTheJob_isFollowed(String property) {
    fixture.withoutDocumentedContent();
    fixture.serve("/files/1.mp4", video);
    SimulatedJob job =
        simulator.sora1Job().editGenerations(json -> json.put(property, "/files/1.mp4")).add();

    assertThat(fixture.fetch(job)).isEqualTo(video.bytes());
    assertThat(fixture.targets()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'url':'/files/1.mp4'}",
        "{'video_url':'/files/1.mp4'}",
        "{'output_url':'/files/1.mp4'}",
        "{'content_url':'/files/1.mp4'}",
        "{'download_url':'/files/1.mp4'}",
        "{'file':'/files/1.mp4'}",
        "{'data':[{'url':'/files/1.mp4'}]}",
        "{'assets':{'main':{'url':['/files/1.mp4']}}}",
      })
  void urlInTheGenerationsOwnJson_isFollowed(String json) {
    fixture.withoutDocumentedContent();
    fixture.serve("/files/1.mp4", video);
    SimulatedJob job = simulator.sora1Job().add();
    simulator.on(Route.GET_GENERATION).always(Fault.editedJson(edit(json)));

    assertThat(fixture.fetch(job)).isEqualTo(video.bytes());
    assertThat(fixture.targets())
        .containsExactly(documented(Api.SORA_1, job), generation(job), "/files/1.mp4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Location", "Content-Location", "location", "CONTENT-LOCATION"})
  void urlInAHeaderOfTheJob_isFollowed(String header) {
    fixture.withoutDocumentedContent();
    fixture.serve("/files/1.mp4", video);
    simulator.on(Route.GET_JOB).always(Fault.header(header, "/files/1.mp4"));
    simulator.on(Route.GET_VIDEO).always(Fault.header(header, "/files/1.mp4"));
    SimulatedJob job = simulator.sora1Job().add();
    SimulatedJob other = simulator.sora2Video().add();

    assertThat(fixture.fetch(job)).isEqualTo(video.bytes());
    assertThat(fixture.targets())
        .containsExactly(documented(Api.SORA_1, job), generation(job), "/files/1.mp4");
    assertThat(fixture.fetch(other)).isEqualTo(video.bytes());
    assertThat(fixture.targets()).containsExactly(documented(Api.SORA_2, other), "/files/1.mp4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Location", "Content-Location"})
  void urlInAHeaderOfTheGeneration_isFollowed(String header) {
    fixture.withoutDocumentedContent();
    fixture.serve("/files/1.mp4", video);
    simulator.on(Route.GET_GENERATION).always(Fault.header(header, "/files/1.mp4"));
    SimulatedJob job = simulator.sora1Job().add();

    assertThat(fixture.fetch(job)).isEqualTo(video.bytes());
    assertThat(fixture.targets())
        .containsExactly(documented(Api.SORA_1, job), generation(job), "/files/1.mp4");
  }

  @Test
  void urlsInTheResponseOfAnEndpoint_areFollowed() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator
        .on(Route.GET_CONTENT)
        .answer(
            Fault.json(200, "{\"data\":[{\"url\":\"/files/1.mp4\"}]}"),
            Fault.status(202).and(Fault.header("Location", "/files/2.mp4")));
    fixture.serve("/files/1.mp4", video);
    fixture.serve("/files/2.mp4", video);

    assertThat(fixture.fetch(job)).isEqualTo(video.bytes());
    assertThat(fixture.targets()).containsExactly(documented(Api.SORA_1, job), "/files/1.mp4");
    assertThat(fixture.fetch(job)).isEqualTo(video.bytes());
    assertThat(fixture.targets()).containsExactly(documented(Api.SORA_1, job), "/files/2.mp4");
  }

  @Test
  void responsesThatPointToEachOther_endTheSearch() {
    fixture.withoutDocumentedContent();
    SimulatedJob job = simulator.sora1Job().editJob(json -> json.put("url", "/a")).add();
    simulator.on("GET", "/a").always(Fault.json(200, "{\"url\":\"/b\"}"));
    simulator.on("GET", "/b").always(Fault.json(200, "{\"url\":[\"/a\",\"/c\"]}"));

    assertThat(failure(job).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(fixture.targets()).doesNotHaveDuplicates().contains("/a", "/b").doesNotContain("/c");
  }

  @ParameterizedTest
  @CsvSource({
    "url, m/x.mp4, /openai/v1/videos/m/x.mp4",
    "video_url, x.mp4, /openai/v1/videos/x.mp4",
    "video_url, ./m/x, /openai/v1/videos/m/x",
    "output_url, ../../../m/x.mp4?sig=1, /m/x.mp4?sig=1",
    "download_url, ../../../../../m/x, /m/x",
  })
  void pathWithoutASlashBeforeItInAProperty_isOfTheAddressOfTheJob(
      String property, String path, String target) {
    fixture.withoutDocumentedContent();
    SimulatedJob job = simulator.sora2Video().editJob(json -> json.put(property, path)).add();
    fixture.serve(target, video);

    assertThat(fixture.fetch(job)).isEqualTo(video.bytes());
    assertThat(fixture.targets()).containsExactly(documented(Api.SORA_2, job), target);
  }

  /** A list of files on the server's disk has paths that are no URLs. */
  @Test
  void pathsWhereNoUrlIsExpected_areNotRequested() {
    fixture.withoutDocumentedContent();
    SimulatedJob job =
        simulator
            .sora2Video()
            .editJob(
                edit("{'file_paths':['out/1.mp4'],'outputs':['out/2.mp4'],'name':'out/3.mp4'}"))
            .add();

    failure(job);

    assertThat(fixture.targets()).noneMatch(target -> target.contains("out/"));
  }

  @Test
  void otherValuesThanUrls_areNotRequested() {
    fixture.withoutDocumentedContent();
    SimulatedJob plain = simulator.sora1Job().add();
    failure(plain);
    int places = fixture.targets().size();
    SimulatedJob job =
        simulator
            .sora1Job()
            .editJob(
                edit(
                    "{'url':['video','a b','gen_01','n/a','video/mp4','//','ftp://h/x','file:///etc/passwd','x:y','',"
                        + "'http://','https://%zz/','/','data:video/mp4;base64,AA'],'links':'/files/1.mp4',"
                        + "'link':'/files/2.mp4','url2':'/files/3.mp4'}"))
            .add();

    failure(job);

    assertThat(fixture.targets()).hasSize(places).noneMatch(target -> target.startsWith("/files"));
  }

  @Test
  void manyUrls_areFollowedUpToTen() {
    fixture.withoutDocumentedContent();
    String urls =
        String.join(",", IntStream.range(0, 30).mapToObj(i -> "'/files/" + i + "'").toList());
    SimulatedJob job = simulator.sora1Job().editJob(edit("{'url':[" + urls + "]}")).add();

    failure(job);

    assertThat(fixture.targets())
        .filteredOn(target -> target.startsWith("/files/"))
        .containsExactlyElementsOf(IntStream.range(0, 10).mapToObj(i -> "/files/" + i).toList());
  }

  @Test
  void urlOfAnotherOrigin_isRequestedWithoutTheKeyAndItsSignatureIsNotShown() {
    fixture.withoutDocumentedContent();
    try (SoraSimulator sink = SoraSimulator.sink()) {
      SimulatedJob job =
          simulator
              .sora1Job()
              .editJob(json -> json.put("url", sink.uri("/v.mp4?sv=1&sig=SECRET").toString()))
              .add();

      SoraException failure = failure(job);

      assertThat(sink.requests()).hasSize(1);
      assertThat(sink.requests().get(0).target()).isEqualTo("/v.mp4?sv=1&sig=SECRET");
      assertThat(sink.requests().get(0).headers().names())
          .doesNotContain("api-key", "authorization", "cookie", "referer");
      assertThat(failure.getMessage() + failure.attempts()).doesNotContain("SECRET");
    }
  }

  @Test
  void urlThatIsNotFollowed_isEvidence() {
    fixture.withoutDocumentedContent();
    SimulatedJob job =
        simulator.sora1Job().editJob(json -> json.put("url", "https://evil.example/v.mp4")).add();

    SoraException failure = failure(job);

    assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(failure.attempts())
        .extracting(Attempt::error)
        .contains(
            "a URL to https://evil.example was not followed: its host is neither the endpoint's"
                + " nor in courier.content.allowed-hosts; if you trust it, add evil.example there"
                + " (COURIER_CONTENT_ALLOWED_HOSTS)");
  }

  /** As buckets have, and servers in a network of containers. */
  @ParameterizedTest
  @CsvSource({
    "https://my_bucket.example/v.mp4?sig=SECRET, https://my_bucket.example",
    "https://me:SECRET@my_bucket.example:8443/v.mp4, https://my_bucket.example:8443",
    "https://b\u00fccher.example/v.mp4, https://b\u00fccher.example",
  })
  void urlWhoseHostIsNotAName_isEvidenceAndNoObstacle(String url, String printed) {
    UnaryOperator<JobBuilder> named = job -> job.editJob(json -> json.put("url", url));
    SimulatedJob there = named.apply(simulator.sora1Job()).add();
    assertThat(fixture.fetch(there)).isEqualTo(there.video().bytes());
    fixture.withoutDocumentedContent();

    SoraException failure = failure(named.apply(simulator.sora1Job()).add());

    assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(failure.getMessage() + failure.attempts()).doesNotContain("SECRET");
    assertThat(failure.attempts())
        .extracting(Attempt::error)
        .contains(
            "a URL to %s was not followed: its host is not a valid name, of letters, digits, '-' and '.' only"
                .formatted(printed));
  }

  /** The content may come later, and a URL in the job may have it now. */
  @ParameterizedTest
  @CsvSource({
    "300, a redirect without Location",
    "301, a redirect without Location",
    "302, a redirect without Location",
    "303, a redirect without Location",
    "304, not modified",
    "307, a redirect without Location",
    "308, a redirect without Location"
  })
  void redirectWithoutLocation_isNamedAndWaitedFor(int status, String what) {
    SimulatedJob job = simulator.sora2Video().add();
    SimulatedJob named = simulator.sora2Video().editJob(json -> json.put("url", "/f/1")).add();
    fixture.serve("/f/1", video);
    for (Fault fault :
        List.of(
            Fault.status(status),
            Fault.redirect(status, ""),
            Fault.redirect(status, "  "),
            Fault.html(status))) {
      simulator.on(Route.GET_VIDEO_CONTENT).always(fault);

      SoraException failure = failure(job);

      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure)
          .hasMessageStartingWith(
              "GET %s returned %d: %s", documented(Api.SORA_2, job), status, what);
      assertThat(fixture.targets()).hasSize(1);
      assertThat(fixture.fetch(named)).isEqualTo(video.bytes());
    }
  }

  @Test
  void choicesWithAPreferredOne_areFollowedThere() {
    SimulatedJob job = simulator.sora2Video().add();
    simulator.on(Route.GET_VIDEO_CONTENT).always(Fault.redirect(300, "/f/1"));
    fixture.serve("/f/1", video);

    assertThat(fixture.fetch(job)).isEqualTo(video.bytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "data:video/mp4;base64,AAAA",
        "javascript:alert(1)",
        "ftp://evil.example/v.mp4",
        "https://169.254.169.254/metadata",
        "https://me:pw@evil.example/v.mp4"
      })
  void redirectToWhatIsNeverFollowed_isFinalAtOnceAndReportedOnce(String location) {
    SimulatedJob job = simulator.sora2Video().add();
    simulator.on(Route.GET_VIDEO_CONTENT).always(Fault.redirect(302, location));

    RefusedUrlException failure =
        catchThrowableOfType(RefusedUrlException.class, () -> fixture.fetch(job));

    assertThat(failure.getMessage())
        .startsWith(
            "the content of %s is not at its documented address, GET %s: a URL "
                .formatted(job.id(), documented(Api.SORA_2, job)))
        .containsOnlyOnce("was not followed");
    assertThat(failure.attempts()).hasSize(1);
    assertThat(fixture.targets()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 429, 500})
  void redirectThatLeadsToNothing_isInTheMessage(int status) {
    SimulatedJob job = simulator.sora2Video().add();
    simulator
        .on(Route.GET_VIDEO_CONTENT)
        .always(Fault.redirect(302, "/elsewhere/none.mp4?sig=SECRET-SIGNATURE"));
    simulator
        .on("GET", "/elsewhere/none.mp4")
        .always(Fault.error(ServiceError.coded(status, "x", "not here")));

    assertThat(failure(job).getMessage())
        .contains(documented(Api.SORA_2, job), "redirected to http://", "/elsewhere/none.mp4?…")
        .contains("returned " + status + ": not here")
        .doesNotContain("SECRET", "was not followed");
  }

  @Test
  void redirectToAPage_isInTheMessage() {
    SimulatedJob job = simulator.sora2Video().add();
    simulator.on(Route.GET_VIDEO_CONTENT).always(Fault.redirect(302, "/login"));
    simulator.on("GET", "/login").always(Fault.html(200));

    assertThat(
            catchThrowableOfType(InvalidContentException.class, () -> fixture.fetch(job))
                .getMessage())
        .contains("redirected to http://", "/login, returned no video: ");
  }

  @Test
  void urlOfTheJobThatGaveAPage_isInTheMessage() {
    SimulatedJob job = simulator.sora2Video().editJob(json -> json.put("url", "/login")).add();
    fixture.withoutDocumentedContent();
    simulator.on("GET", "/login").always(Fault.html(200));

    assertThat(failure(job).getMessage()).contains("GET /login returned 200: neither an MP4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "405|no",
        "501|no",
        "404|Cannot GET /v1/videos/1/content",
        "400|it is in the cloud, at https://evil.example/v.mp4"
      })
  void refusedUrlWhereTheDocumentedRouteHasNothing_isFinalAtOnce(String response) {
    String[] parts = response.split("\\|");
    SimulatedJob job =
        simulator.sora2Video().editJob(json -> json.put("url", "https://evil.example/v")).add();
    simulator
        .on(Route.GET_VIDEO_CONTENT)
        .always(Fault.error(ServiceError.coded(Integer.parseInt(parts[0]), "x", parts[1])));

    RefusedUrlException failure =
        catchThrowableOfType(RefusedUrlException.class, () -> fixture.fetch(job));

    assertThat(failure).hasMessageContaining("add evil.example there");
    assertThat(failure.attempts()).hasSize(2);
    assertThat(fixture.targets()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 422})
  void refusedUrlWhereTheDocumentedRouteMayBeLate_isOnlyMissing(int status) {
    SimulatedJob job =
        simulator.sora2Video().editJob(json -> json.put("url", "https://evil.example/v")).add();
    simulator
        .on(Route.GET_VIDEO_CONTENT)
        .always(Fault.error(ServiceError.coded(status, "x", "not yet")));

    assertThat(failure(job)).hasMessageContaining("add evil.example there");
    assertThat(fixture.targets()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"403, DENIED", "409, NOT_FOUND", "500, UNAVAILABLE"})
  void refusedUrlWhereTheDocumentedRouteDoesNotSay_isNamedInItsFailure(int status, Kind kind) {
    SimulatedJob job =
        simulator.sora2Video().editJob(json -> json.put("url", "https://evil.example/v")).add();
    simulator
        .on(Route.GET_VIDEO_CONTENT)
        .always(Fault.error(ServiceError.coded(status, "x", "Cannot GET /v1")));

    SoraException failure = failure(job);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure)
        .hasMessageStartingWith("GET %s returned %d", documented(Api.SORA_2, job), status)
        .hasMessageContaining("a URL to https://evil.example was not followed")
        .hasMessageContaining("add evil.example there (COURIER_CONTENT_ALLOWED_HOSTS)");
    assertThat(failure.attempts()).hasSize(2);
    assertThat(fixture.targets()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 503})
  void refusedUrlBesideAnotherOneWithoutARoute_leavesTheFailure(int other) {
    SimulatedJob job =
        simulator
            .sora2Video()
            .editJob(edit("{'url':'https://evil.example/v','video_url':'/files/1.mp4'}"))
            .add();
    simulator.on(Route.GET_VIDEO_CONTENT).always(Fault.status(501));
    simulator.on("GET", "/files/1.mp4").always(Fault.status(other));

    assertThat(failure(job)).hasMessageContaining("add evil.example there");
    assertThat(failure(job).kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void refusedUrlOfAJobThatMayNotBeDone_isNotFinalWithoutARoute() {
    SimulatedJob job =
        simulator
            .sora2Video()
            .editJob(edit("{'status':'sealed','url':'https://evil.example/v'}"))
            .add();
    simulator.on(Route.GET_VIDEO_CONTENT).always(Fault.status(501));

    assertThat(failure(job).kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void aviAtTheUrlOfAJobWhoseServerHasNoContentRoute_isNamedAndLasts() {
    SimulatedJob job = simulator.sora2Video().editJob(json -> json.put("url", "/f/1")).add();
    simulator.on(Route.GET_VIDEO_CONTENT).always(Fault.status(501));
    Content avi = Content.of("RIFF____AVI LIST____hdrl");
    simulator.on("GET", "/f/1").always(Fault.body(avi).and(Fault.statusInstead(200)));

    InvalidContentException failure =
        catchThrowableOfType(InvalidContentException.class, () -> fixture.fetch(job));

    assertThat(failure.isLasting()).isTrue();
    assertThat(failure.attempts()).hasSize(2);
    assertThat(failure).hasMessageStartingWith("GET /f/1 returned no video: the content is AVI");
  }

  /** It may stand there until the video is ready. */
  @Test
  void pictureAtTheUrlOfAJobWhoseServerHasNoContentRoute_doesNotLast() {
    SimulatedJob job = simulator.sora2Video().editJob(json -> json.put("url", "/f/1")).add();
    simulator.on(Route.GET_VIDEO_CONTENT).always(Fault.status(405));
    byte[] png = java.util.Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUg==");
    simulator.on("GET", "/f/1").always(Fault.body(Content.of(png)).and(Fault.statusInstead(200)));

    InvalidContentException failure =
        catchThrowableOfType(InvalidContentException.class, () -> fixture.fetch(job));

    assertThat(failure.isLasting()).isFalse();
  }

  @Test
  void refusedUrlBesideOneThatIsNotReady_isOnlyMissing() {
    SimulatedJob job =
        simulator
            .sora2Video()
            .editJob(edit("{'url':'https://evil.example/v','video_url':'/files/1.mp4'}"))
            .add();
    simulator.on(Route.GET_VIDEO_CONTENT).always(Fault.status(405));

    assertThat(failure(job).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(fixture.targets()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'videos':[{'base64':'DATA'}]} | base64",
        "{'b64_json':'DATA'} | b64_json",
        "{'url':'data:video/mp4;base64,DATA'} | url"
      },
      quoteCharacter = '`')
  void base64OfAVideoInTheJob_isNamedAndOnlyTheDocumentedRouteIsRequested(
      String json, String name) {
    fixture.withoutDocumentedContent();
    String data = java.util.Base64.getEncoder().encodeToString(video.bytes());
    SimulatedJob job = simulator.sora2Video().editJob(edit(json.replace("DATA", data))).add();

    InvalidContentException failure =
        catchThrowableOfType(InvalidContentException.class, () -> fixture.fetch(job));

    assertThat(failure)
        .hasMessage(
            "the job is JSON with a video as Base64 in its '%s', and the courier stores MP4 only; "
                + "GET %s, the documented address of the content: returned 404: Resource not found",
            name, documented(Api.SORA_2, job));
    assertThat(failure.isLasting()).isFalse();
    assertThat(fixture.targets()).hasSize(1);
  }

  @Test
  void base64InJsonOfContentThatIsCutInsideIt_isNamed() {
    String data = "AAAAIGZ0eXBpc29t" + "A".repeat(300 * 1024);
    SimulatedJob job = simulator.sora2Video().add();
    simulator
        .on(Route.GET_VIDEO_CONTENT)
        .always(Fault.json(200, "{\"b64_json\":\"" + data + "\"}"));

    InvalidContentException failure =
        catchThrowableOfType(InvalidContentException.class, () -> fixture.fetch(job));

    assertThat(failure).hasMessageContaining("Base64 in its 'b64_json'");
    assertThat(failure.isLasting()).isTrue();
    assertThat(fixture.targets()).hasSize(1);
  }

  // Jobs with several videos

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'data':[{'url':'/files/0'},{'url':'/files/1'}]}",
        "{'url':['/files/0','/files/1']}",
        "{'output':{'videos':[{'x':['a'],'video_url':'/files/0'},{'video_url':'/files/1'}]}}",
      })
  void severalVideos_areEachFoundByTheirOwnUrl(String json) {
    fixture.withoutDocumentedContent();
    List<Mp4> videos = List.of(Mp4.small(), Mp4.small());
    fixture.serve("/files/0", videos.get(0));
    fixture.serve("/files/1", videos.get(1));
    VideoJob job = fixture.job(simulator.sora1Job().variants(2).editJob(edit(json)).add());

    assertThat(fixture.fetch(job, 1)).isEqualTo(videos.get(1).bytes());
    assertThat(fixture.fetch(job, 0)).isEqualTo(videos.get(0).bytes());
  }

  @Test
  void severalVideos_areEachFoundInTheirOwnGeneration() {
    fixture.withoutDocumentedContent();
    List<Mp4> videos = List.of(Mp4.small(), Mp4.small(), Mp4.small());
    SimulatedJob simulated =
        simulator
            .sora1Job()
            .variants(3)
            .editGenerations(json -> json.put("url", "/files/" + json.get("id").asText()))
            .add();
    for (int i = 0; i < 3; i++) {
      fixture.serve("/files/" + simulated.generationIds().get(i), videos.get(i));
    }
    VideoJob job = fixture.job(simulated);

    for (int i : List.of(2, 0, 1)) {
      assertThat(fixture.fetch(job, i)).isEqualTo(videos.get(i).bytes());
    }
    // one search, then what worked
    assertThat(fixture.targets()).hasSize(4);
  }

  /** The first one's URL has the second one's id in its year, and comes before the second's. */
  @Test
  void severalVideosWithShortIds_areEachFoundInTheirOwnGeneration() {
    fixture.withoutDocumentedContent();
    List<Mp4> videos = List.of(Mp4.small(), Mp4.small());
    fixture.serve("/cdn/2026/a.mp4", videos.get(0));
    fixture.serve("/cdn/2026/b.mp4", videos.get(1));
    VideoJob job =
        fixture.job(
            simulator
                .sora1Job()
                .variants(2)
                .editJob(
                    edit(
                        "{'generations':[{'id':'1','url':'/cdn/2026/a.mp4'},"
                            + "{'id':'2','url':'/cdn/2026/b.mp4'}]}"))
                .add());

    assertThat(fixture.fetch(job, 1)).isEqualTo(videos.get(1).bytes());
    assertThat(fixture.fetch(job, 0)).isEqualTo(videos.get(0).bytes());
  }

  @Test
  void oneUrlForSeveralVideos_isNotUsed() {
    fixture.withoutDocumentedContent();
    fixture.serve("/files/1.mp4", video);
    simulator.on(Route.GET_JOB).always(Fault.header("Location", "/files/1.mp4"));
    SimulatedJob simulated =
        simulator.sora1Job().variants(2).editJob(json -> json.put("url", "/files/1.mp4")).add();
    fixture.serve(BASE + "/video/generations/jobs/" + simulated.id() + "/content" + PREVIEW, video);
    VideoJob job = fixture.job(simulated);

    for (int i = 0; i < 2; i++) {
      int generation = i;
      assertThat(
              catchThrowableOfType(SoraException.class, () -> fixture.fetch(job, generation))
                  .kind())
          .isEqualTo(Kind.NOT_FOUND);
    }
    assertThat(fixture.targets())
        .noneMatch(target -> target.startsWith("/files") || target.contains("/jobs/"));
  }

  // The other endpoints

  static Stream<String> otherShapesOfSora1() {
    return Stream.of(
        "/video/generations/{gen}?api-version=preview",
        "/video/generations/{gen}/content?api-version=preview",
        "/video/generations/{gen}/content",
        "/generations/{gen}?api-version=preview",
        "/generations/{gen}",
        "/generations/{gen}/content?api-version=preview",
        "/generations/{gen}/content",
        "/video/generations/jobs/{job}/content?api-version=preview",
        "/video/generations/jobs/{job}/content",
        "/video/generations/{gen}/content/video",
        "/videos/{gen}/content");
  }

  static Stream<String> otherShapesOfVideos() {
    return Stream.of(
        "/videos/{gen}/content/video",
        "/videos/{gen}/content/video?api-version=preview",
        "/videos/{gen}/content?api-version=preview",
        "/generations/{gen}",
        "/generations/{gen}?api-version=preview",
        "/generations/{gen}/content",
        "/generations/{gen}/content?api-version=preview",
        "/video/generations/{gen}/content/video?api-version=preview");
  }

  @ParameterizedTest
  @MethodSource("otherShapesOfSora1")
  void sora1ContentAtOnlyThisEndpoint_isFoundThere(String shape) {
    assertFoundOnlyAt(Api.SORA_1, shape, otherShapesOfSora1().toList());
  }

  @ParameterizedTest
  @MethodSource("otherShapesOfVideos")
  void videoContentAtOnlyThisEndpoint_isFoundThere(String shape) {
    assertFoundOnlyAt(Api.SORA_2, shape, otherShapesOfVideos().toList());
  }

  private void assertFoundOnlyAt(Api api, String shape, List<String> order) {
    fixture.withoutDocumentedContent();
    SimulatedJob first = job(api).add();
    SimulatedJob second = job(api).add();
    fixture.serve(target(shape, first), video);
    fixture.serve(target(shape, second), second.video());

    assertThat(fixture.fetch(first)).isEqualTo(video.bytes());
    assertThat(fixture.targets())
        .containsExactlyElementsOf(
            Stream.concat(
                    Stream.of(documented(api, first)),
                    order.subList(0, order.indexOf(shape) + 1).stream()
                        .map(each -> target(each, first)))
                .toList());

    assertThat(fixture.fetch(second)).isEqualTo(second.video().bytes());
    assertThat(fixture.targets()).containsExactly(target(shape, second));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SORA_1", "SORA_2"})
  void contentNowhere_isNotFoundWithEveryResponseInOrder(Api api) {
    fixture.withoutDocumentedContent();
    SimulatedJob job =
        job(api).editJob(json -> json.put("url", "/files/1.mp4").put("prompt", "x")).add();
    List<String> shapes =
        (api == Api.SORA_1 ? otherShapesOfSora1() : otherShapesOfVideos())
            .map(shape -> target(shape, job))
            .toList();

    SoraException failure = failure(job);

    assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(fixture.targets())
        .startsWith(documented(api, job), "/files/1.mp4")
        .endsWith(shapes.toArray(String[]::new))
        .hasSize(shapes.size() + 2);
    assertThat(failure.attempts())
        .extracting(Attempt::request)
        .containsExactlyElementsOf(
            fixture.targets().stream()
                .map(target -> "GET " + target.replaceFirst("\\?.*", ""))
                .toList());
    assertThat(failure)
        .hasMessage(
            "the content of %s is at none of %d addresses; GET %s, the documented one: returned 404: Resource not found; of the URLs that the job contains: GET /files/1.mp4 returned 404: Resource not found"
                .formatted(
                    job.generationId(),
                    shapes.size() + 2,
                    documented(api, job).replaceFirst("\\?.*", "")));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503})
  void placeThatDoesNotSayForNow_isRetriedLater(int status) {
    fixture.withoutDocumentedContent();
    SimulatedJob job = simulator.sora1Job().add();
    String place = BASE + "/generations/" + job.generationId();
    simulator
        .on("GET", place)
        .always(Fault.error(ServiceError.coded(status, "x", "busy")).and(Fault.retryAfter(7)));

    SoraException failure = failure(job);

    assertThat(failure.isTransient()).isTrue();
    assertThat(failure.retryAfter().orElseThrow()).hasSeconds(7);
    assertThat(failure.attempts()).hasSize(fixture.targets().size());
    assertThat(fixture.targets()).hasSize(12);
  }

  @Test
  void generationThatDoesNotSayForNow_isRetriedLater() {
    fixture.withoutDocumentedContent();
    SimulatedJob job = simulator.sora1Job().add();
    simulator.on(Route.GET_GENERATION).always(Fault.reset());

    assertThat(failure(job).kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 405, 410, 415})
  void guessThatIsRefused_isNotAResult(int status) {
    fixture.withoutDocumentedContent();
    SimulatedJob job = simulator.sora1Job().add();
    simulator
        .on("GET", BASE + "/generations/" + job.generationId())
        .always(Fault.error(ServiceError.coded(status, "x", "no")));

    assertThat(failure(job).kind()).isEqualTo(Kind.NOT_FOUND);
  }

  // Memory

  @Test
  void locationThatWorked_isTriedFirstUntilItFails() {
    fixture.withoutDocumentedContent();
    SimulatedJob first =
        simulator.sora1Job().editJob(json -> json.put("video_url", "/files/1.mp4")).add();
    fixture.serve("/files/1.mp4", video);
    fixture.fetch(first);
    SimulatedJob second =
        simulator.sora1Job().editJob(json -> json.put("url", "/files/2.mp4")).add();
    fixture.serve("/files/2.mp4", second.video());

    assertThat(fixture.fetch(second)).isEqualTo(second.video().bytes());
    assertThat(fixture.targets()).containsExactly("/files/2.mp4");

    SimulatedJob healthy = simulator.sora1Job().add();
    simulator.on(Route.GET_CONTENT, healthy.generationId()).always(Fault.video(healthy.video()));
    assertThat(fixture.fetch(healthy)).isEqualTo(healthy.video().bytes());
    assertThat(fixture.targets()).containsExactly(documented(Api.SORA_1, healthy));
  }

  @Test
  void locationThatWorkedForOneApi_isNotTriedFirstForTheOther() {
    simulator.on(Route.GET_CONTENT).always(Fault.error(ServiceError.notFound()));
    SimulatedJob unusual =
        simulator.sora1Job().editJob(json -> json.put("url", "/files/1.mp4")).add();
    fixture.serve("/files/1.mp4", video);
    fixture.fetch(unusual);
    SimulatedJob usual = simulator.sora2Video().editJob(json -> json.put("url", "/no")).add();

    fixture.fetch(usual);

    assertThat(fixture.targets()).containsExactly(documented(Api.SORA_2, usual));
  }

  // Diagnosis

  @Test
  void diagnosis_requestsEveryLocationThoughTheFirstHasIt() {
    SimulatedJob job = simulator.sora1Job().video(Mp4.ofSize(200 << 20, 1)).add();

    List<LocationFindings> tried = fixture.diagnose(job);

    assertThat(tried)
        .extracting(LocationFindings::place)
        .containsExactly(
            PlaceName.DOCUMENTED,
            PlaceName.URL_IN_JSON,
            PlaceName.GENERATION,
            PlaceName.URL_IN_HEADER,
            PlaceName.GENERATION_CONTENT,
            PlaceName.GENERATION_CONTENT_PLAIN,
            PlaceName.OPENAI_GENERATION,
            PlaceName.OPENAI_GENERATION_PLAIN,
            PlaceName.OPENAI_CONTENT,
            PlaceName.OPENAI_CONTENT_PLAIN,
            PlaceName.JOB_CONTENT,
            PlaceName.JOB_CONTENT_PLAIN,
            PlaceName.DOCUMENTED_PLAIN,
            PlaceName.OTHER_API);
    assertThat(tried.get(0).findings()).extracting(Finding::result).containsExactly(Result.VIDEO);
    assertThat(tried.get(1).findings()).isEmpty();
    assertThat(fixture.targets()).hasSize(12);
  }

  @Test
  void diagnosis_doesNotDownloadTheVideo() {
    SimulatedJob job = simulator.sora1Job().video(Mp4.ofSize(200 << 20, 1)).add();

    fixture.diagnose(job);

    simulator.awaitRequests(
        1,
        java.time.Duration.ofSeconds(20),
        request -> request.is(Route.GET_CONTENT) && request.aborted());
    assertThat(simulator.requests(Route.GET_CONTENT).get(0).bytesSent()).isLessThan(16 << 20);
  }

  @Test
  void diagnosisOutOfTime_saysWhatWasSkipped() {
    VideoJob job = fixture.job(simulator.sora1Job().add());

    List<LocationFindings> tried =
        fixture
            .resolver
            .diagnose(
                job,
                job.generations().get(0),
                new SearchBudget(() -> fixture.targets().isEmpty(), 0))
            .locations();

    assertThat(fixture.targets()).hasSize(1);
    assertThat(tried).hasSize(14);
    assertThat(tried.subList(1, 14))
        .allSatisfy(
            place -> {
              assertThat(place.findings()).isEmpty();
              assertThat(place.ifNone()).contains("time limit reached");
            });
  }

  private SoraException failure(SimulatedJob job) {
    SoraException failure = catchThrowableOfType(SoraException.class, () -> fixture.fetch(job));
    assertThat(failure).isNotNull();
    return failure;
  }

  private JobBuilder job(Api api) {
    return api == Api.SORA_1 ? simulator.sora1Job() : simulator.sora2Video();
  }

  private static String documented(Api api, SimulatedJob job) {
    return api == Api.SORA_1
        ? BASE + Route.GET_CONTENT.path(job.generationId()) + PREVIEW
        : BASE + Route.GET_VIDEO_CONTENT.path(job.id());
  }

  private static String generation(SimulatedJob job) {
    return BASE + Route.GET_GENERATION.path(job.generationId()) + PREVIEW;
  }

  private static String target(String shape, SimulatedJob job) {
    return BASE + shape.replace("{gen}", job.generationId()).replace("{job}", job.id());
  }

  /** Puts these fields into a JSON object. Single quotes stand for double ones. */
  private static Consumer<ObjectNode> edit(String fields) {
    JsonNode json;
    try {
      json = JSON.readTree(fields.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
    return object ->
        json.properties().forEach(field -> object.set(field.getKey(), field.getValue()));
  }
}

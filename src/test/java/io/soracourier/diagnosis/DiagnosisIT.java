package io.soracourier.diagnosis;

import static io.soracourier.diagnosis.DiagnosedApp.row;
import static io.soracourier.diagnosis.DiagnosedApp.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.soracourier.diagnosis.Diagnosis.Conclusion;
import io.soracourier.infra.PastedLines;
import io.soracourier.local.DebianTool;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Ids;
import io.soracourier.simulator.JobBuilder;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.ServiceError;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SoraSimulator;
import io.soracourier.sora.PlaceName;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The diagnosis through the packaged function app. */
class DiagnosisIT {
  private static final Duration IN_TIME = Duration.ofSeconds(90);
  @AutoClose private static DiagnosedApp app;
  private static SoraSimulator simulator;

  @BeforeAll
  static void start() {
    app = new DiagnosedApp();
    simulator = app.simulator();
  }

  // What it says

  /** A way to each conclusion, and what the sentence then tells. */
  enum Case {
    FOUND(Conclusion.FOUND, "The video is there: GET ", ", with the same credential as the job"),
    ALL_FOUND(Conclusion.FOUND, "All 4 videos are there, the first with GET "),
    FOUND_ELSEWHERE(Conclusion.FOUND, "(Test 2, its /content, without api-version)"),
    FOUND_BY_URL(Conclusion.FOUND, "/files/found?…, with the same credential", "Option A"),
    SORA_2_FOUND(Conclusion.FOUND, "The video is there: GET ", "/content, with the same"),
    PARTLY_FOUND(Conclusion.PARTLY_FOUND, "1 of the job's 2 videos are available"),
    RUNNING(Conclusion.NOT_READY, "The job is 'running'", "sora-jobs"),
    UNKNOWN_STATE(Conclusion.NOT_READY, "The job is 'daydreaming'"),
    FAILED(Conclusion.NO_CONTENT, "ended as 'failed' for the reason 'input_moderation'"),
    CANCELLED(Conclusion.NO_CONTENT, "ended as 'cancelled'"),
    JOB_EXPIRED(Conclusion.EXPIRED, "says that the job is 'expired'"),
    WEB_PAGE(
        Conclusion.WRONG_ENDPOINT, "is not from the API", "a web page", "AZURE_OPENAI_ENDPOINT"),
    LOGIN_PAGE(
        Conclusion.WRONG_ENDPOINT,
        "is not from the API",
        "returned 302 with a redirect to https://login.example.com, and not with a job: AZURE_OPENAI_ENDPOINT"),
    REDIRECTED(
        Conclusion.WRONG_ENDPOINT,
        "returned 302 with a redirect to http://127.0.0.1",
        "AZURE_OPENAI_ENDPOINT"),
    UNUSABLE_LOCATION(
        Conclusion.WRONG_ENDPOINT, "a Location that is not a URL", "AZURE_OPENAI_ENDPOINT"),
    JOB_BUSY(Conclusion.UNAVAILABLE, "did not say how the job is", "returned 409", "Try again"),
    JOB_TOO_EARLY(Conclusion.UNAVAILABLE, "did not say how the job is", "returned 425"),
    ACCEPTED(Conclusion.NOT_READY, "The job is '202 Accepted'"),
    UNKNOWN_STATE_WITH_VIDEO(Conclusion.FOUND, "The video is there: GET "),
    CONTENT_EXPIRED(Conclusion.EXPIRED, "The content expired at 20"),
    ONE_API_IS_A_PAGE(
        Conclusion.JOB_NOT_FOUND,
        "This resource knows no such job: check the id",
        "gave no response of the API: if a login or a proxy is in between"),
    ID_WITHOUT_TIME(Conclusion.JOB_NOT_FOUND, "This resource knows no such job: check the id"),
    NOWHERE(
        Conclusion.CONTENT_NOT_FOUND,
        "at none of the requested addresses (12)",
        "it expires at 20"),
    NO_GENERATIONS(Conclusion.CONTENT_NOT_FOUND, "lists no video"),
    JOB_DENIED(Conclusion.ACCESS_DENIED, "denied the courier access", "AZURE_OPENAI_API_KEY"),
    CONTENT_DENIED(
        Conclusion.ACCESS_DENIED,
        "can be seen, but its content is refused",
        "AZURE_OPENAI_API_KEY"),
    JOB_RETIRED(Conclusion.DEPLOYMENT_RETIRED, "The deployment is retired"),
    CONTENT_RETIRED(Conclusion.DEPLOYMENT_RETIRED, "The deployment is retired"),
    JOB_UNAVAILABLE(Conclusion.UNAVAILABLE, "did not say how the job is", "Try again"),
    NO_JOB(Conclusion.UNAVAILABLE, "no job of this API: JSON with the shape"),
    CONTENT_UNAVAILABLE(Conclusion.UNAVAILABLE, "did not say whether the content is there"),
    CONTENT_THROTTLED(Conclusion.UNAVAILABLE, "Too many running tasks");

    private final Conclusion conclusion;
    private final List<String> words;

    Case(Conclusion conclusion, String... words) {
      this.conclusion = conclusion;
      this.words = List.of(words);
    }

    private String jobId() {
      JobBuilder job = simulator.sora1Job();
      Instant now = Instant.now();
      return switch (this) {
        case FOUND -> job.add().id();
        case ALL_FOUND -> job.variants(4).add().id();
        case SORA_2_FOUND -> simulator.sora2Video().add().id();
        case FOUND_ELSEWHERE -> {
          SimulatedJob added = job.contentDelay(Duration.ofHours(1)).add();
          simulator
              .on(
                  request ->
                      request
                          .target()
                          .equals(
                              "/openai/v1/video/generations/" + added.generationId() + "/content"))
              .always(Fault.video(added.video()));
          yield added.id();
        }
        case FOUND_BY_URL -> {
          simulator.on("GET", "/files/found").always(Fault.video(Mp4.small()));
          yield job.contentDelay(Duration.ofHours(1))
              .editJob(json -> json.put("video_url", "/files/found?sig=SECRET-SIGNATURE"))
              .add()
              .id();
        }
        case PARTLY_FOUND -> {
          SimulatedJob added = job.variants(2).add();
          simulator
              .on(Route.GET_CONTENT, added.generationId())
              .always(Fault.error(ServiceError.notFound()));
          yield added.id();
        }
        case RUNNING -> job.statuses("running").add().id();
        case UNKNOWN_STATE -> job.statuses("daydreaming").add().id();
        case FAILED -> job.failed("input_moderation").add().id();
        case CANCELLED -> job.statuses("cancelled").add().id();
        case JOB_EXPIRED -> simulator.sora2Video().statuses("expired").add().id();
        case WEB_PAGE -> everywhere(Fault.html(200));
        case LOGIN_PAGE -> everywhere(Fault.redirect(302, "https://login.example.com/a"));
        case REDIRECTED -> everywhere(Fault.redirect(302, "/no/such/page"));
        case UNUSABLE_LOCATION -> everywhere(Fault.redirect(302, "https://["));
        case JOB_BUSY -> busy(409);
        case JOB_TOO_EARLY -> busy(425);
        case ACCEPTED -> everywhere(Fault.status(202));
        case UNKNOWN_STATE_WITH_VIDEO ->
            simulator
                .sora2Video()
                .statuses("completed")
                .editJob(json -> json.put("status", "sealed"))
                .add()
                .id();
        case CONTENT_EXPIRED ->
            job.createdAt(now.minus(Duration.ofHours(1)))
                .contentDelay(Duration.ofHours(9))
                .editJob(json -> json.put("expires_at", now.getEpochSecond() - 60))
                .add()
                .id();
        case ONE_API_IS_A_PAGE -> {
          String id = "task_of_another_server";
          simulator.on(Route.GET_JOB, id).always(Fault.html(200));
          yield id;
        }
        case ID_WITHOUT_TIME -> "vidjob_of_another_provider";
        case NOWHERE -> job.contentDelay(Duration.ofHours(1)).add().id();
        case NO_GENERATIONS -> job.generations(0).add().id();
        case JOB_DENIED -> job(Route.GET_JOB, ServiceError.accessDenied());
        case CONTENT_DENIED -> content(ServiceError.forbidden());
        case JOB_RETIRED -> job(Route.GET_JOB, ServiceError.modelDeprecated());
        case CONTENT_RETIRED -> content(ServiceError.modelDeprecated());
        case JOB_UNAVAILABLE -> job(Route.GET_JOB, ServiceError.server(503));
        case NO_JOB -> {
          SimulatedJob added = job.add();
          simulator.on(Route.GET_JOB, added.id()).always(Fault.json(200, "{\"data\":[]}"));
          yield added.id();
        }
        case CONTENT_UNAVAILABLE -> content(ServiceError.server(500));
        case CONTENT_THROTTLED -> content(ServiceError.tooManyRunningTasks());
      };
    }

    private static String everywhere(Fault fault) {
      String id = "job-" + UUID.randomUUID();
      simulator.on(Route.GET_JOB, id).always(fault);
      simulator.on(Route.GET_VIDEO, id).always(fault);
      return id;
    }

    /** At the likelier address only: whether the other one has it is open. */
    private static String busy(int status) {
      String id = "task_" + UUID.randomUUID();
      simulator
          .on(Route.GET_JOB, id)
          .always(Fault.json(status, "{\"error\":{\"message\":\"busy\"}}"));
      return id;
    }

    private static String job(Route route, ServiceError error) {
      SimulatedJob job = simulator.sora1Job().add();
      simulator.on(route, job.id()).always(Fault.error(error));
      return job.id();
    }

    private static String content(ServiceError error) {
      SimulatedJob job = simulator.sora1Job().add();
      simulator.on(Route.GET_CONTENT, job.generationId()).always(Fault.error(error));
      return job.id();
    }
  }

  @ParameterizedTest
  @EnumSource
  void job_isDiagnosedForProgramsAndForPeople(Case state) {
    String id = state.jobId();

    JsonNode json = app.json(id);

    assertThat(json.path("conclusion").asText())
        .as(json.toPrettyString())
        .isEqualTo(state.conclusion.code());
    assertThat(json.path("sentence").asText()).contains(state.words);
    assertThat(rows(json)).anyMatch(row -> row.path("code").asText().equals("job"));
    Html page = app.page(id);
    assertThat(page.text()).contains(id, state.conclusion.code()).contains(state.words);
    assertThat(page.elements("li")).hasSameSizeAs(json.path("rows"));
    assertThat(app.stack().blobNames()).noneMatch(name -> name.startsWith("gen_"));
  }

  @Test
  void everyConclusion_hasACase() {
    assertThat(Stream.of(Case.values()).map(each -> each.conclusion))
        .containsOnly(Conclusion.values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SORA_1", "SORA_2"})
  void whatPeopleTryByHand_areTheFirstRowsInThatOrder(String api) {
    SimulatedJob job = (api.equals("SORA_1") ? simulator.sora1Job() : simulator.sora2Video()).add();

    List<String> labels = rows(app.json(job.id())).map(row -> row.path("label").asText()).toList();

    assertThat(labels).doesNotHaveDuplicates();
    assertThat(labels.stream().map(label -> label.replaceAll(",.*", "")).distinct().toList())
        .filteredOn(label -> !label.equals("Option B") || api.equals("SORA_1"))
        .startsWith(
            Stream.of(
                    "Test 1",
                    "Test 2",
                    "Test 3",
                    "Test 4",
                    "Option A",
                    "Option B",
                    "Option C",
                    "Option D",
                    "documented endpoint")
                .filter(label -> !label.equals("Option B") || api.equals("SORA_1"))
                .toArray(String[]::new));
  }

  @Test
  void codes_areThoseOfTheirLabels() {
    JsonNode json = app.json(simulator.sora1Job().add().id());

    assertThat(rows(json))
        .allSatisfy(
            row -> {
              PlaceName place =
                  Stream.of(PlaceName.values())
                      .filter(one -> one.code().equals(row.path("code").asText()))
                      .findFirst()
                      .orElseThrow();
              assertThat(row.path("label").asText()).isEqualTo(place.label());
              assertThat(row.path("name").asText()).isEqualTo(place.label());
            });
  }

  @Test
  void redirect_isShownWithWhereItLedAndInOptionC() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator
        .on(Route.GET_CONTENT, job.generationId())
        .always(Fault.redirect(302, "/elsewhere/video.mp4?sig=SECRET-SIGNATURE"));
    simulator.on("GET", "/elsewhere/video.mp4").always(Fault.error(ServiceError.notFound()));

    JsonNode json = app.json(job.id());

    JsonNode documented = row(json, "documented-content");
    assertThat(documented.path("verdict").asText()).isEqualTo("not-found");
    assertThat(documented.at("/redirects/0/status").asInt()).isEqualTo(302);
    assertThat(documented.at("/redirects/0/url").asText())
        .endsWith("/elsewhere/video.mp4?…")
        .doesNotContain("SECRET");
    JsonNode header = row(json, "url-in-header");
    assertThat(header.path("verdict").asText()).isEqualTo("asked-already");
    assertThat(header.path("explanation").asText())
        .contains("documented endpoint", "302 and Location: ", "/elsewhere/video.mp4", "404");
    assertThat(app.page(job.id()).text()).contains("302, Location: ", "/elsewhere/video.mp4");
    assertThat(json.toString()).doesNotContain("SECRET-SIGNATURE");
  }

  /** Of an address that is requested after the headers were looked through. */
  @Test
  void redirectOfAGuessedAddress_isInOptionCToo() {
    SimulatedJob job = simulator.sora1Job().contentDelay(Duration.ofHours(1)).add();
    String content = "/openai/v1/video/generations/" + job.generationId() + "/content";
    simulator
        .on(request -> request.target().equals(content))
        .always(Fault.redirect(303, "/elsewhere/guessed.mp4"));

    JsonNode json = app.json(job.id());

    assertThat(row(json, "generation-content-without-version").at("/redirects/0/status").asInt())
        .isEqualTo(303);
    JsonNode header = row(json, "url-in-header");
    assertThat(header.path("verdict").asText()).isEqualTo("asked-already");
    assertThat(header.path("explanation").asText())
        .contains("Test 2", "303 and Location: ", "/elsewhere/guessed.mp4");
  }

  /** Each reason why the lines bring something else has its note. */
  @Test
  void signedUrlOfAVideo_hasBothNotesAboveItsLines() {
    SimulatedJob job =
        simulator
            .sora1Job()
            .contentDelay(Duration.ofHours(1))
            .editJob(json -> json.put("url", simulator.uri("/signed.mp4?sig=SECRET").toString()))
            .add();
    simulator.on("GET", "/signed.mp4").always(Fault.video(job.video()));

    JsonNode row = row(app.json(job.id()), "url-in-json");

    assertThat(row.path("verdict").asText()).isEqualTo("video");
    assertThat(row.at("/request/note").asText())
        .contains("put in place of …", "request the first 64 bytes only");
  }

  /** Nothing requests the URL of a video that is not done. */
  @Test
  void urlInAJobThatIsNotDone_isNotAnnounced() {
    SimulatedJob job =
        simulator
            .sora2Video()
            .statuses("in_progress")
            .editJob(json -> json.put("video_url", "https://cdn.example.com/x.mp4"))
            .add();

    assertThat(row(app.json(job.id()), "job").path("explanation").asText()).endsWith("with a URL");
  }

  @Test
  void redirectToAVideo_isWhatTheLinesToRepeatItPrint() throws Exception {
    SimulatedJob job = simulator.sora1Job().add();
    simulator
        .on(Route.GET_CONTENT, job.generationId())
        .always(Fault.redirect(302, "/elsewhere/redirected.mp4"));
    simulator.on("GET", "/elsewhere/redirected.mp4").always(Fault.video(job.video()));

    JsonNode documented = row(app.json(job.id()), "documented-content");

    assertThat(documented.at("/answer/status").asInt()).isEqualTo(200);
    assertThat(shell(curl(documented))).startsWith("HTTP/1.1 302");
    assertThat(app.page(job.id()).text())
        .contains("do not follow the redirect: the status is then 302")
        .doesNotContain("the status is then 206");
  }

  @Test
  void errorInJson_isShownWithItsStructureAndProperties() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator
        .on(Route.GET_CONTENT, job.generationId())
        .always(
            Fault.json(400, "{\"detail\":\"moved\",\"download_url\":\"https://evil.example/v\"}"));

    JsonNode answer = row(app.json(job.id()), "documented-content").path("answer");

    assertThat(answer.path("shape").toString())
        .isEqualTo("{\"detail\":\"string\",\"download_url\":\"string\"}");
    assertThat(answer.path("properties").toString()).isEqualTo("[\"download_url\"]");
  }

  @Test
  void generationWithAUrl_isNotSaidToHaveNone() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator
        .on(Route.GET_GENERATION, job.generationId())
        .always(Fault.editedJson(json -> json.put("url", "https://evil.example/v.mp4")));

    assertThat(row(app.json(job.id()), "polled-generation").path("explanation").asText())
        .contains("names-urls")
        .doesNotContain("no URL");
  }

  /** Of another response than the job's, which has none. */
  @Test
  void urlInTheResponseOfTheDocumentedEndpoint_isTheRowOfOptionA() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator
        .on(Route.GET_CONTENT, job.generationId())
        .always(Fault.json(200, "{\"url\":\"/files/real.mp4\"}"));
    simulator.on("GET", "/files/real.mp4").always(Fault.video(job.video()));

    JsonNode json = app.json(job.id());

    assertThat(rows(json).map(row -> row.path("code").asText()).toList())
        .contains("documented-content")
        .doesNotHaveDuplicates();
    JsonNode row = row(json, "url-in-json");
    assertThat(row.path("verdict").asText()).isEqualTo("video");
    assertThat(row.at("/request/via").asText()).startsWith("url in the response of GET ");
    assertThat(json.path("sentence").asText()).contains("/files/real.mp4", "Option A");
  }

  @ParameterizedTest
  @CsvSource({"404, Location", "404, Content-Location", "305, Location", "500, Location"})
  void headerOfAResponseThatIsNoRedirect_isInOptionC(int status, String header) {
    SimulatedJob job = simulator.sora1Job().add();
    simulator
        .on(Route.GET_CONTENT, job.generationId())
        .always(Fault.status(status).and(Fault.header(header, "/elsewhere?sig=SECRET-SIGNATURE")));

    JsonNode row = row(app.json(job.id()), "url-in-header");

    assertThat(row.path("verdict").asText()).isEqualTo("asked-already");
    assertThat(row.path("explanation").asText())
        .contains(
            "documented endpoint returned %d with %s: /elsewhere?…, which is not followed"
                .formatted(status, header));
  }

  @Test
  void videoWhoseIdCannotBeRequested_hasARow() {
    SimulatedJob job =
        simulator
            .sora1Job()
            .editJob(json -> json.withArray("generations").addObject().put("id", "gen c bad"))
            .add();

    assertThat(rows(app.json(job.id())).map(row -> row.path("explanation").asText()))
        .contains(
            "the service gave 'gen c bad' as a video's id, which cannot be a part of an address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.1:1/internal", "https://evil.example/v.mp4", "mailto:a@b", "::"})
  void redirectThatIsNotFollowed_isShownToo(String to) {
    SimulatedJob job = simulator.sora1Job().add();
    simulator.on(Route.GET_CONTENT, job.generationId()).always(Fault.redirect(307, to));

    JsonNode documented = row(app.json(job.id()), "documented-content");

    assertThat(documented.path("verdict").asText()).isIn("not-followed", "unavailable");
    assertThat(documented.path("explanation").asText()).isNotEmpty();
    if (to.equals("::")) {
      assertThat(documented.path("explanation").asText()).contains("307", "not a URL");
    } else {
      assertThat(documented.at("/redirects/0/status").asInt()).isEqualTo(307);
    }
  }

  @Test
  void propertiesThatPeopleLookFor_areNamedWhereTheJsonHasThem() {
    SimulatedJob job =
        simulator
            .sora1Job()
            .editJob(
                json -> {
                  IntStream.range(0, 80).forEach(i -> json.put("other_" + i, i));
                  json.put("video_url", "https://evil.example/v.mp4");
                  json.putArray("data").addObject().put("url", "https://evil.example/w.mp4");
                })
            .add();

    JsonNode json = app.json(job.id());

    assertThat(row(json, "job").at("/answer/properties").toString())
        .isEqualTo("[\"video_url\",\"data[0].url\"]");
    assertThat(row(json, "generation").at("/answer/properties").toString()).isEqualTo("[]");
  }

  @Test
  void page_saysWhyTheTestsThatArePassedAroundFindNothing() {
    assertThat(app.page(simulator.sora1Job().add().id()).text())
        .contains("the variable's name", "…/-version=preview", "${GEN_ID}?api-version=preview");
  }

  @Test
  void row_showsTheRequestAndTheResponse() {
    SimulatedJob job =
        simulator
            .sora1Job()
            .contentDelay(Duration.ofHours(1))
            .editJob(json -> json.put("url", "https://evil.example/v.mp4?sig=SECRET-SIGNATURE"))
            .add();

    JsonNode json = app.json(job.id());

    JsonNode first = row(json, "job");
    assertThat(first.path("verdict").asText()).isEqualTo("names-urls");
    assertThat(first.at("/answer/status").asInt()).isEqualTo(200);
    assertThat(first.at("/answer/contentType").asText()).startsWith("application/json");
    assertThat(first.at("/answer/requestId").asText()).matches("[0-9a-f-]{36}");
    assertThat(first.at("/answer/shape/generations/0/id").asText()).isEqualTo("string");
    assertThat(first.at("/answer/shape/created_at").asText()).isEqualTo("number");
    assertThat(first.at("/answer/urls/0/where").asText()).isEqualTo("url");
    assertThat(first.at("/answer/urls/0/url").asText()).isEqualTo("https://evil.example/v.mp4?…");
    JsonNode documented = row(json, "documented-content");
    assertThat(documented.path("generationId").asText()).isEqualTo(job.generationId());
    assertThat(documented.at("/request/url").asText())
        .endsWith("/content/video?api-version=preview");
    assertThat(documented.path("explanation").asText())
        .isNotEmpty()
        .doesNotContain("GET", "returned");
    JsonNode refused = row(json, "url-in-json");
    assertThat(refused.path("verdict").asText()).isEqualTo("not-followed");
    assertThat(refused.at("/request/via").asText()).isEqualTo("url in the job's JSON");
    assertThat(refused.at("/request/credential").asBoolean()).isFalse();
    assertThat(refused.at("/request/curl").asText()).doesNotContain("YOUR_KEY");
  }

  @Test
  void jobOfSeveralVideosWithoutIds_hasRowsForEach() {
    SimulatedJob job = simulator.sora2Video().editJob(json -> json.put("num_outputs", 2)).add();

    JsonNode json = app.json(job.id());

    String second = job.id() + "@1";
    assertThat(json.at("/job/generations").toString())
        .isEqualTo("[\"%s\",\"%s\"]".formatted(job.id(), second));
    assertThat(rows(json).filter(row -> row.path("generationId").asText().equals(second)))
        .extracting(row -> row.path("verdict").asText())
        .containsExactly("nothing-to-ask", "not-stored", "video");
    assertThat(rows(json).map(row -> row.at("/request/url").asText()))
        .anyMatch(url -> url.endsWith("/content?output_index=1"));
    assertThat(rows(json).map(row -> row.path("explanation").asText()))
        .anyMatch(text -> text.contains("/" + second + ".mp4"));
  }

  @Test
  void jobWithALongTextInItsJson_isReadLikeAnyOther() {
    SimulatedJob job =
        simulator.sora2Video().editJob(json -> json.put("thumbnail", "A".repeat(1_200_000))).add();

    assertThat(app.json(job.id()).path("conclusion").asText()).isEqualTo("found");
  }

  @Test
  void copiedVideo_isReportedAsStored() {
    SimulatedJob job = simulator.sora2Video().add();
    assertThat(app.json(job.id()).path("sentence").asText()).doesNotContain("copied it already");
    app.stack().enqueue(job.id());
    app.stack().awaitVideoMessages(1, IN_TIME);
    String blob = app.stack().blob(job.id() + ".mp4").url();

    JsonNode json = app.json(job.id());
    assertThat(json.path("sentence").asText()).endsWith("copied it already: " + blob);
    assertThat(row(json, "blob").path("verdict").asText()).isEqualTo("stored");

    // Also when the service has forgotten the job: the id is the blob's name.
    simulator.on(Route.GET_VIDEO, job.id()).always(Fault.error(ServiceError.notFound()));
    assertThat(app.json(job.id()).path("sentence").asText()).endsWith(blob);
  }

  @Test
  void blobOfAnotherJob_isNotTakenForTheVideo() {
    SimulatedJob job = simulator.sora2Video().add();
    BlobClient blob = app.stack().container().getBlobClient(job.id() + ".mp4");
    blob.upload(BinaryData.fromBytes(job.video().bytes()));
    blob.setMetadata(Map.of("jobid", "video_of_somebody_else"));

    JsonNode json = app.json(job.id());

    assertThat(json.path("sentence").asText()).doesNotContain("copied it already");
    assertThat(row(json, "blob").path("verdict").asText()).isEqualTo("not-stored");
    assertThat(row(json, "blob").path("explanation").asText()).contains("is of another job");
  }

  /** As gateways issue them. */
  @Test
  void idWithAnEscape_isRequestedAsItIs() {
    simulator.forgetRequests();

    assertThat(app.json("models%2Fveo-3:gemini").path("conclusion").asText())
        .isEqualTo("job-not-found");

    assertThat(simulator.requests())
        .extracting(RecordedRequest::target)
        .contains("/openai/v1/videos/models%252Fveo-3%3Agemini");
  }

  /** The host decodes once, and what arrives is the id. */
  @ParameterizedTest
  @CsvSource({
    "models%252Fveo-3%3Agemini, models%2Fveo-3:gemini",
    "a%253Ab%253Dc, a%3Ab%3Dc",
    "a%3Ab%2Bc~d%3D, a:b+c~d=",
    "a:b+c~d=, a:b+c~d=",
    "a%2525AB, a%25AB"
  })
  void idThatIsEncodedOnce_isTakenAsItIs(String segment, String id) throws Exception {
    HttpResponse<String> response = app.get(app.url(segment), "Accept", "application/json");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(new ObjectMapper().readTree(response.body()).path("jobId").asText()).isEqualTo(id);
  }

  @Test
  void largeVideo_isNotDownloaded() {
    SimulatedJob job = simulator.sora1Job().video(Mp4.ofSize(200 << 20, 7)).add();

    assertThat(app.json(job.id()).path("conclusion").asText()).isEqualTo("found");

    List<RecordedRequest> requests =
        simulator.awaitRequests(
            1,
            IN_TIME,
            request -> request.is(Route.GET_CONTENT, job.generationId()) && request.done());
    assertThat(requests.get(0).bytesSent()).isLessThan(16 << 20);
    assertThat(requests.get(0).aborted()).isTrue();
  }

  // How it is asked

  @Test
  void withoutTheFunctionsKey_nothingIsShown() {
    String url = app.stack().host().url() + "/api/diagnose/" + simulator.sora1Job().add().id();
    simulator.forgetRequests();

    assertThat(app.get(url).statusCode()).isEqualTo(401);
    assertThat(app.get(url + "?code=wrong").statusCode()).isEqualTo(401);
    assertThat(app.get(url, "x-functions-key", "wrong").statusCode()).isEqualTo(401);
    assertThat(simulator.requests()).isEmpty();
    assertThat(app.get(url, "x-functions-key", app.stack().host().functionKey()).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "a%20b",
        "a%25",
        "a@1",
        "a%252",
        "%E2%80%AEx",
        "TOO_LONG"
      })
  void malformedId_isRefusedAndNotRequested(String segment) {
    simulator.forgetRequests();
    String id = segment.equals("TOO_LONG") ? "x".repeat(513) : segment;

    HttpResponse<String> json = app.get(app.url(id), "Accept", "application/json");
    HttpResponse<String> html = app.get(app.url(id), "Accept", DiagnosedApp.BROWSER);

    assertThat(List.of(json.statusCode(), html.statusCode())).containsOnly(400);
    assertThat(json.body()).contains("not a job id");
    assertThat(json.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(Html.parse(html.body()).text()).contains("not a job id");
    assertThat(html.body()).doesNotContain("<script", "\u202e");
    assertThat(simulator.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html | text/html; charset=utf-8",
        "TEXT/HTML, */*;q=0.1 | text/html; charset=utf-8",
        "text/html;q=0.9, application/json;q=0.8 | text/html; charset=utf-8",
        "text/html;q=0.7, application/json | application/json; charset=utf-8",
        "text/html;q=0, */* | application/json; charset=utf-8",
        "application/json | application/json; charset=utf-8",
        "*/* | application/json; charset=utf-8",
        "text/plain | application/json; charset=utf-8",
        "nonsense;;;q=x,, | application/json; charset=utf-8"
      })
  void reader_getsTheRequestedForm(String accept, String type) {
    String id = Ids.task(Instant.now().minusSeconds(600));

    HttpResponse<String> answer = app.get(app.url(id), "Accept", accept);

    assertThat(answer.headers().firstValue("Content-Type")).contains(type);
    assertThat(answer.headers().firstValue("Vary")).contains("Accept");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
  }

  // The page

  @Test
  void page_standsAlone() {
    Html page = app.page(simulator.sora1Job().add().id());

    assertThat(page.elements("script")).isEmpty();
    assertThat(page.elements("link")).isEmpty();
    assertThat(page.elements("img")).isEmpty();
    assertThat(page.elements("form")).isEmpty();
    assertThat(page.elements("a")).isEmpty();
    assertThat(page.source()).doesNotContain("@import", "url(", " style=", " onclick", "{#", "{/");
    assertThat(page.elements("meta"))
        .extracting(meta -> meta.getAttribute("name") + "=" + meta.getAttribute("content"))
        .contains("viewport=width=device-width, initial-scale=1", "color-scheme=light dark");
    assertThat(page.elements("html").get(0).getAttribute("lang")).isEqualTo("en");
    assertThat(page.elements("title")).hasSize(1);
    assertThat(page.elements("h1")).hasSize(1);
  }

  @Test
  void hostileValues_stayText() {
    String hostile = "<script>alert('1')</script>\"><img src=x onerror=alert(1)>&amp;{x}</style>";
    SimulatedJob job =
        simulator
            .sora1Job()
            .contentDelay(Duration.ofHours(1))
            .prompt(hostile)
            .editJob(
                json ->
                    json.put(hostile, hostile).putObject("\"><b id='x'>").put("url", "/files/'~&~"))
            .add();
    simulator
        .on(Route.GET_GENERATION, job.generationId())
        .always(
            Fault.json(404, "{\"error\":{\"message\":" + quoted(hostile) + "}}")
                .and(Fault.header("apim-request-id", "<script>"))
                .and(Fault.header("ETag", "\"<img src=x>\"")));
    SimulatedJob odd = simulator.sora1Job().statuses(hostile).add();
    SimulatedJob failed = simulator.sora1Job().failed(hostile).add();

    for (SimulatedJob each : List.of(job, odd, failed)) {
      Html page = app.page(each.id());
      assertThat(page.elements("script")).isEmpty();
      assertThat(page.elements("img")).isEmpty();
      assertThat(page.elements("b")).isEmpty();
      assertThat(page.elements("style")).hasSize(1);
      assertThat(page.text()).contains("<script>");
      assertThat(app.json(each.id()).path("rows")).isNotEmpty();
    }
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\\\"") + "\"";
  }

  // To repeat a request

  @Test
  void curlLine_worksWhenTheKeyIsPutIn() throws Exception {
    SimulatedJob job = simulator.sora1Job().add();

    JsonNode json = app.json(job.id());

    String ofJob = shell(curl(row(json, "job")));
    assertThat(ofJob).startsWith("HTTP/1.1 200").contains("\"id\":\"" + job.id() + "\"");
    String ofVideo = shell(curl(row(json, "documented-content")));
    assertThat(ofVideo).startsWith("HTTP/1.1 206").contains("ftyp");
    assertThat(ofVideo.length()).isLessThan(2000);
    assertThat(rows(app.json(job.id())).filter(row -> row.has("request")))
        .allSatisfy(row -> assertThat(curl(row)).startsWith("curl "));
  }

  @Test
  void everyLineToRepeatARequest_canBePasted() {
    SimulatedJob job =
        simulator
            .sora1Job()
            .contentDelay(Duration.ofHours(1))
            .editJob(json -> json.put("url", "https://evil.example/v.mp4?sig=x"))
            .add();

    for (String id : List.of(job.id(), simulator.sora1Job().add().id())) {
      assertThat(rows(app.json(id)).filter(row -> row.has("request")))
          .hasSizeGreaterThan(1)
          .allSatisfy(
              row -> {
                assertThat(PastedLines.faults(curl(row))).isEmpty();
                assertThat(PastedLines.faults(powerShell(row))).isEmpty();
                assertThat(powerShell(row)).contains(" -MaximumRedirection 0 ");
              });
    }
  }

  @Test
  void repeatedRequestThatIsRedirected_sendsNoKeyToAnotherOrigin() throws Exception {
    try (SoraSimulator sink = SoraSimulator.sink()) {
      SimulatedJob job = simulator.sora1Job().add();
      simulator
          .on(Route.GET_CONTENT, job.generationId())
          .always(Fault.redirect(sink.uri("/video.mp4")));
      JsonNode row = row(app.json(job.id()), "documented-content");
      sink.forgetRequests();

      String response = shell(curl(row));

      assertThat(response).startsWith("HTTP/1.1 302").contains("Location: " + sink.uri("/"));
      assertThat(sink.requests()).isEmpty();
      assertThat(row.at("/request/credential").asBoolean()).isTrue();
    }
  }

  @Test
  void hostileUrl_isOneArgumentOfCurlAndPowerShell() throws Exception {
    try (SoraSimulator sink = SoraSimulator.sink()) {
      URI url = sink.uri("/a'b;$(touch$IFS-pwned)'&x=1’.mp4");
      SimulatedJob job =
          simulator
              .sora1Job()
              .contentDelay(Duration.ofHours(1))
              .editJob(json -> json.put("url", url.toString()))
              .add();
      JsonNode row =
          rows(app.json(job.id()))
              .filter(each -> each.at("/request/via").asText().startsWith("url in"))
              .findFirst()
              .orElseThrow();
      sink.forgetRequests();

      shell(curl(row));

      assertThat(sink.requests()).hasSize(1);
      assertThat(sink.requests().get(0).path())
          .startsWith("/a%27b;$(touch$IFS-pwned)%27&x=1%E2%80%99.mp4");
      assertThat(powerShell(row))
          .matches(
              "\\(Invoke-WebRequest -SkipHttpErrorCheck -MaximumRedirection 0"
                  + " -ErrorAction Ignore '[ -&(-~]+'\\)\\.RawContent");
    }
  }

  private static String powerShell(JsonNode row) {
    return row.at("/request/powerShell").asText();
  }

  private static String curl(JsonNode row) {
    return row.at("/request/curl").asText();
  }

  private static String shell(String line) throws Exception {
    assertThat(DebianTool.CURL.path()).exists();
    Process process =
        new ProcessBuilder("/bin/sh", "-c", line.replace("YOUR_KEY", simulator.apiKey()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor()).as("exit code of %s", line).isZero();
    return output;
  }
}

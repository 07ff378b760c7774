package io.soracourier.diagnosis;

import static io.soracourier.diagnosis.DiagnosedApp.row;
import static io.soracourier.diagnosis.DiagnosedApp.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.soracourier.simulator.Content;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Reply;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.ServiceError;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SoraSimulator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The diagnosis concludes from the same responses what the courier's outcome says of them. */
class DiagnosisOutcomeIT {
  private static final String AVI = "RIFF\0\0\1\0AVI LIST" + "\0".repeat(2_000);
  private static final String REFUSED =
      "{\"error\":{\"code\":\"content_policy_violation\",\"message\":\"It violates the content policy.\"}}";
  @AutoClose private static DiagnosedApp app;
  private static SoraSimulator simulator;

  @BeforeAll
  static void start() {
    app = new DiagnosedApp();
    simulator = app.simulator();
  }

  // Addresses that are guesses

  @ParameterizedTest
  @ValueSource(ints = {403, 410})
  void refusalOfAGuessedAddress_leavesOpenWhereTheContentIs(int status) {
    SimulatedJob job = simulator.sora1Job().contentDelay(Duration.ofHours(1)).add();
    guesses(job, Fault.status(status));

    assertThat(conclusion(job.id())).isEqualTo("content-not-found");
  }

  @Test
  void retiredModelAtAGuessedAddress_leavesOpenWhereTheContentIs() {
    SimulatedJob job = simulator.sora1Job().contentDelay(Duration.ofHours(1)).add();
    guesses(job, Fault.error(ServiceError.modelDeprecated()));

    assertThat(conclusion(job.id())).isEqualTo("content-not-found");
  }

  /** As it does for the courier, which looks again then. */
  @Test
  void failureOfAGuessedAddress_isUnavailableAndNamesIt() {
    SimulatedJob job = simulator.sora1Job().contentDelay(Duration.ofHours(1)).add();
    guesses(job, Fault.error(ServiceError.server(500)));

    JsonNode json = app.json(job.id());

    assertThat(json.path("conclusion").asText()).isEqualTo("unavailable");
    assertThat(sentence(json)).contains(job.generationId() + "/content returned 500: ");
  }

  @Test
  void videoAtAGuessedAddressThatTheCourierDoesNotRequest_isReportedWithTheReason() {
    SimulatedJob job = simulator.sora1Job().add();
    content(job, Fault.error(ServiceError.forbidden()));
    guesses(job, Fault.video(job.video()));

    JsonNode json = app.json(job.id());

    assertThat(json.path("conclusion").asText()).isEqualTo("found");
    assertThat(sentence(json))
        .contains("The courier does not request it there", "/content/video returned 403: ");
  }

  @Test
  void oneOfSeveralThatTheCourierDoesNotRequest_isNamed() {
    SimulatedJob job = simulator.sora1Job().variants(2).add();
    String second = second(job);
    simulator.on(Route.GET_CONTENT, second).always(Fault.error(ServiceError.forbidden()));
    simulator
        .on(request -> request.path().endsWith(second + "/content"))
        .always(Fault.video(job.video()));

    JsonNode json = app.json(job.id());

    assertThat(json.path("conclusion").asText()).isEqualTo("found");
    assertThat(sentence(json))
        .contains(
            "The courier does not request " + second + " where it was found, because GET ",
            second + "/content/video returned 403: ");
  }

  // Moderation

  @Test
  void jobRefusedForItsContent_hasNoContentAndSaysWhatToDo() {
    String id = "job-" + UUID.randomUUID();
    everywhere(
        id,
        Fault.json(
            400,
            "{\"code\":\"x:content-moderated\",\"error\":\"Rejected by content moderation.\"}"));

    JsonNode json = app.json(id);

    assertThat(json.path("conclusion").asText()).isEqualTo("no-content");
    assertThat(sentence(json))
        .contains("content policy", "returned 400: Rejected by content moderation", "change the")
        .doesNotContain("again in a minute");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 409})
  void contentRefusedForItsPolicy_isNoContent(int status) {
    SimulatedJob job = simulator.sora2Video().add();
    content(job, Fault.json(status, REFUSED));

    JsonNode json = app.json(job.id());

    assertThat(json.path("conclusion").asText()).isEqualTo("no-content");
    assertThat(sentence(json))
        .contains("content policy", "returned " + status + ": ", "change the prompt or the input")
        .doesNotContain("again in a minute");
  }

  @Test
  void jobThatFailedByModeration_saysWhatToDo() {
    assertThat(sentence(app.json(simulator.sora1Job().failed("input_moderation").add().id())))
        .contains("Change the prompt or the input");
  }

  // The job's own addresses

  @ParameterizedTest
  @ValueSource(ints = {418, 451})
  void refusalOfTheLikelierAddress_isOutweighedByThe404OfTheOther(int status) {
    String id = "job-" + UUID.randomUUID();
    simulator.on(Route.GET_VIDEO, id).always(Fault.status(status));

    assertThat(conclusion(id)).isEqualTo("job-not-found");
  }

  @Test
  void jobWithTheStatus206_isAJob() {
    SimulatedJob job = simulator.sora2Video().add();
    simulator.on(Route.GET_VIDEO, job.id()).always(Fault.statusInstead(206));

    assertThat(conclusion(job.id())).isEqualTo("found");
  }

  @Test
  void jobThatIsUnavailable_isNamedWithItsStatus() {
    SimulatedJob job = simulator.sora1Job().add();
    simulator.on(Route.GET_JOB, job.id()).always(Fault.json(429, "{}"));

    JsonNode json = app.json(job.id());

    assertThat(json.path("conclusion").asText()).isEqualTo("unavailable");
    assertThat(sentence(json)).contains("/jobs/" + job.id() + " returned 429: ");
  }

  @Test
  void refusalOfAnAddressThatDoesNotFit_isNotLaidToTheKey() {
    app.json(simulator.sora2Video().add().id());
    SimulatedJob job = simulator.sora2Video().id("task_I13_of_the_other_address").add();
    simulator
        .on(Route.GET_JOB, job.id())
        .always(Fault.json(403, "{\"message\":\"Missing Authentication Token\"}"));

    JsonNode json = app.json(job.id());

    assertThat(json.path("conclusion").asText()).isEqualTo("found");
    assertThat(rows(json).filter(row -> row.path("verdict").asText().equals("denied")))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.path("explanation").asText())
                    .contains("Missing Authentication Token", "the other address")
                    .doesNotContain("AZURE_OPENAI_API_KEY"));
  }

  // What came instead of the video

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void anotherFormat_isWhatTheSentenceSays(int guessed) {
    SimulatedJob job = simulator.sora1Job().add();
    content(job, body("application/octet-stream", AVI));
    guesses(job, Fault.status(guessed));

    JsonNode json = app.json(job.id());

    assertThat(json.path("conclusion").asText()).isEqualTo("content-not-found");
    assertThat(sentence(json))
        .contains("/content/video returned no video: ", "AVI", "MP4 only")
        .doesNotContain("again in a minute");
  }

  @Test
  void loginPage_isWhatTheSentenceSays() {
    SimulatedJob job = simulator.sora1Job().add();
    content(job, Fault.html(200));

    assertThat(sentence(app.json(job.id())))
        .contains("/content/video returned no video: ", "again in a minute");
  }

  @ParameterizedTest
  @CsvSource({"429, {}", "501, {}", "500, boom", "503, boom"})
  void failureOfTheContent_isNamedWithItsStatus(int status, String body) {
    SimulatedJob job = simulator.sora1Job().add();
    content(job, Fault.json(status, body));

    JsonNode json = app.json(job.id());

    assertThat(json.path("conclusion").asText()).isEqualTo("unavailable");
    assertThat(sentence(json))
        .contains("GET ", "/content/video returned %d: %s".formatted(status, body));
  }

  @Test
  void redirectOfTheVariantToTheSameHost_isExplained() {
    SimulatedJob job = simulator.sora1Job().add();
    String to = "https://no-such-host.invalid/v.mp4";
    content(job, Fault.redirect(302, to));

    JsonNode json = app.json(job.id());

    assertThat(row(json, "documented-content-without-version").path("explanation").asText())
        .contains("not followed", "the documented endpoint redirects there too");
  }

  // Several videos

  @Test
  void jobThatListsFewerVideosThanItWasToMake_saysSo() {
    SimulatedJob job = simulator.sora1Job().editJob(json -> json.put("n_variants", 3)).add();

    JsonNode json = app.json(job.id());

    assertThat(json.path("conclusion").asText()).isEqualTo("found");
    assertThat(sentence(json)).contains("was to make 3 videos, and the service lists 1");
  }

  @Test
  void videoThatIsMissing_isNamedWithWhatCame() {
    SimulatedJob job = simulator.sora1Job().variants(2).add();
    String second = second(job);
    simulator.on(Route.GET_CONTENT, second).always(Fault.error(ServiceError.notFound()));

    JsonNode json = app.json(job.id());

    assertThat(json.path("conclusion").asText()).isEqualTo("partly-found");
    assertThat(sentence(json))
        .contains("the content of " + second + " is at none of ", " returned 404: ");
  }

  @Test
  void videoThatFailed_isNamedWithWhatTheJobSaysOfIt() {
    SimulatedJob job =
        simulator
            .sora1Job()
            .variants(2)
            .editJob(
                json ->
                    ((ObjectNode) json.at("/generations/1"))
                        .put("failure_reason", "output_moderation"))
            .add();
    String second = second(job);
    simulator.on(Route.GET_CONTENT, second).always(Fault.error(ServiceError.notFound()));

    assertThat(sentence(app.json(job.id())))
        .contains("the job says of " + second + ": output_moderation");
  }

  @Test
  void videoThatIsListedTwice_isOne() {
    SimulatedJob job =
        simulator
            .sora1Job()
            .editJob(
                json -> json.withArray("generations").add(json.at("/generations/0").deepCopy()))
            .add();

    JsonNode json = app.json(job.id());

    assertThat(sentence(json)).startsWith("The video is there: ");
    assertThat(json.at("/job/generations")).hasSize(1);
  }

  @Test
  void jobOfVeryManyVideos_isDiagnosedInPart() {
    SimulatedJob job =
        simulator
            .sora2Video()
            .contentDelay(Duration.ofHours(1))
            .editJob(
                json -> {
                  ArrayNode urls = json.putArray("urls");
                  IntStream.range(0, 200).forEach(k -> urls.add("/files/none/" + k + ".mp4"));
                })
            .add();
    simulator.forgetRequests();

    JsonNode json = app.json(job.id());

    assertThat(simulator.requests()).hasSizeLessThan(400);
    assertThat(json.at("/job/generations")).hasSize(32);
    assertThat(rows(json).map(row -> row.path("explanation").asText()))
        .anyMatch(text -> text.contains("the job lists 200 videos, and 32 of them"));
    assertThat(rows(json).map(row -> row.path("explanation").asText().length()))
        .allMatch(length -> length < 5_000);
  }

  @Test
  void jobOfManyMissingVideos_makesABoundedNumberOfRequests() {
    SimulatedJob job =
        simulator
            .sora1Job()
            .editJob(
                json -> {
                  ArrayNode all = json.putArray("generations");
                  IntStream.range(0, 100).forEach(k -> all.addObject().put("id", "gen_many" + k));
                })
            .add();
    simulator.forgetRequests();

    JsonNode json = app.json(job.id());

    assertThat(simulator.requests()).hasSizeLessThan(400);
    assertThat(rows(json).map(row -> row.path("explanation").asText()))
        .anyMatch(text -> text.contains("left out"));
  }

  @Test
  void jobOfInvalidIdsAlone_saysThatNothingCouldBeRequested() {
    SimulatedJob job =
        simulator
            .sora1Job()
            .editJob(json -> json.putArray("generations").addObject().put("id", "gen c bad"))
            .add();

    JsonNode json = app.json(job.id());

    assertThat(json.path("conclusion").asText()).isEqualTo("content-not-found");
    assertThat(sentence(json))
        .contains("'gen c bad'", "cannot be")
        .doesNotContain("requested addresses", "again in a minute");
  }

  // Times and blobs

  @Test
  void videoThatIsThereAfterItsExpiry_isSaidToBeOverdue() {
    SimulatedJob job =
        simulator
            .sora2Video()
            .createdAt(Instant.now().minus(Duration.ofHours(1)))
            .editJob(json -> json.put("expires_at", Instant.now().getEpochSecond() - 600))
            .add();

    JsonNode json = app.json(job.id());

    assertThat(json.path("conclusion").asText()).isEqualTo("found");
    assertThat(sentence(json))
        .contains("should have expired at 20", "is still there")
        .doesNotContain(", until ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"failed", "cancelled", "expired", "in_progress"})
  void jobWithoutVideos_hasTheRowOfItsBlob(String status) {
    SimulatedJob job = simulator.sora2Video().statuses(status).add();

    JsonNode row = row(app.json(job.id()), "blob");

    assertThat(row.path("verdict").asText()).isEqualTo("not-stored");
    assertThat(row.path("explanation").asText()).contains("/" + job.id() + ".mp4");
  }

  private static String conclusion(String id) {
    return app.json(id).path("conclusion").asText();
  }

  private static String sentence(JsonNode json) {
    return json.path("sentence").asText();
  }

  private static void everywhere(String id, Fault fault) {
    simulator.on(Route.GET_JOB, id).always(fault);
    simulator.on(Route.GET_VIDEO, id).always(fault);
  }

  private static void content(SimulatedJob job, Fault fault) {
    simulator.on(Route.GET_CONTENT, job.generationId()).always(fault);
    simulator.on(Route.GET_VIDEO_CONTENT, job.id()).always(fault);
  }

  /** Test 2, which no service has. */
  private static void guesses(SimulatedJob job, Fault fault) {
    String content = "/openai/v1/video/generations/" + job.generationId() + "/content";
    simulator.on(request -> request.target().equals(content)).always(fault);
  }

  private static Fault body(String type, String bytes) {
    return Fault.reply(
        Reply.of(200, type, Content.of(bytes.getBytes(StandardCharsets.ISO_8859_1))));
  }

  private static String second(SimulatedJob job) {
    return job.generationIds().get(1);
  }
}

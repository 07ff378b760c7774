package io.soracourier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.data.tables.models.TableEntity;
import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.e2e.Deployment;
import io.soracourier.simulator.Fault;
import io.soracourier.simulator.Mp4;
import io.soracourier.simulator.Route;
import io.soracourier.simulator.SimulatedJob;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each call, through the packaged app and the host. */
class CallsIT {
  private static final String FORM = "application/x-www-form-urlencoded";

  private static Deployment courier;
  private static Caller caller;

  @BeforeAll
  static void start() {
    courier = Deployment.start();
    caller = new Caller(courier.host());
    courier.secret(courier.host().functionKey());
  }

  /** Every response that the document has, but for those of faults. */
  @AfterAll
  static void close() {
    courier.close();
    assertThat(OpenApi.documented().stream().filter(call -> !call.matches(".* 50[0-9]")))
        .as("calls and statuses that are documented")
        .isSubsetOf(caller.document().seen());
  }

  @ParameterizedTest
  @CsvSource({
    FORM + ", %s",
    "text/plain, '%s\n'",
    "application/json, '{\"jobId\":\"%s\"}'",
    FORM + ", jobId=%s",
    "application/octet-stream, '\"%s\"'",
    "text/, %s",
    "application/json; charset=utf-16, %s",
  })
  void jobThatIsPosted_isCopiedAndItsRecordTellsAll(String type, String body) {
    SimulatedJob job = courier.simulator().sora2Video().add();

    HttpResponse<String> posted =
        caller.post(body.formatted(job.id()), Map.of("Content-Type", type));

    assertThat(posted.statusCode()).isEqualTo(202);
    assertThat(posted.headers().firstValue("Location")).contains("/api/jobs/" + job.id());
    assertThat(posted.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
    JsonNode enqueued = Caller.json(posted);
    assertThat(enqueued.path("jobId").asText()).isEqualTo(job.id());
    assertThat(enqueued.path("attempt").asInt()).isOne();
    JsonNode record = caller.awaitState(job.id(), "copied");
    assertThat(record.path("looks").asInt()).isPositive();
    assertThat(record.at("/videos/0/bytes").asLong()).isEqualTo(job.video().length());
    assertThat(record.at("/videos/0/blobUrl").asText()).endsWith("/" + job.id() + ".mp4");
    assertThat(record.has("nextLookAt")).isFalse();
    HttpResponse<String> one = caller.get("/api/jobs/" + job.id());
    assertThat(Caller.json(one)).isEqualTo(record);
    assertThat(one.headers().firstValue("Retry-After")).isEmpty();
    assertThat(one.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(courier.outcomes(job.id(), 1)).hasSize(1);
  }

  @Test
  void jobThatIsMade_tellsItsProgressAndWhenItIsLookedAtNext() {
    SimulatedJob job =
        courier
            .simulator()
            .sora2Video()
            .statuses("queued", "in_progress", "in_progress", "completed")
            .add();

    courier.enqueue(job.id());

    JsonNode waiting = caller.awaitState(job.id(), "waiting");
    assertThat(Instant.parse(waiting.path("nextLookAt").asText()))
        .isAfter(Instant.now().minusSeconds(60));
    assertThat(waiting.path("status").asText()).isIn("queued", "in_progress");
    assertThat(caller.get("/api/jobs/" + job.id()).statusCode()).isEqualTo(200);
    caller.awaitState(job.id(), "copied");
  }

  @Test
  void jobThatWaitsAlready_isNotEnqueuedAgain() {
    SimulatedJob job = courier.simulator().sora2Video().statuses("in_progress").add();
    assertThat(caller.post(job.id(), Map.of()).statusCode()).isEqualTo(202);
    caller.await(job.id(), record -> record.path("looks").asInt() > 0);

    JsonNode again = Caller.json(caller.post(job.id(), Map.of()));

    assertThat(again.path("looks").asInt()).isPositive();
    assertThat(again.path("attempt").asInt()).isOne();
    job.moveTo("completed");
    caller.awaitState(job.id(), "copied");
    assertThat(courier.outcomes(job.id(), 1)).hasSize(1);
  }

  @Test
  void jobThatIsOver_mayBeEnqueuedAgainAndKeepsItsHistory() {
    SimulatedJob job = courier.simulator().sora2Video().failed("moderation_blocked").add();
    caller.post(job.id(), Map.of());
    JsonNode failed = caller.awaitState(job.id(), "failed");
    assertThat(failed.path("reason").asText()).isEqualTo("moderated");
    assertThat(failed.path("message").asText()).contains(job.id());

    caller.post(job.id(), Map.of());

    JsonNode again =
        caller.await(
            job.id(),
            record ->
                record.path("attempt").asInt() == 2
                    && record.path("state").asText().equals("failed"));
    assertThat(again.at("/earlier/0/reason").asText()).isEqualTo("moderated");
    assertThat(again.path("firstSeenAt")).isEqualTo(failed.path("firstSeenAt"));
    assertThat(courier.outcomes(job.id(), 2)).hasSize(2);
  }

  @Test
  void correlationIdWithHalfOfACharacter_harmsNoRecord() {
    SimulatedJob job = courier.simulator().sora2Video().add();
    SimulatedJob other = courier.simulator().sora2Video().add();

    caller.post("{\"jobId\":\"%s\",\"correlationId\":\"\\ud800\"}".formatted(job.id()), Map.of());
    caller.post(other.id(), Map.of());

    assertThat(caller.awaitState(job.id(), "copied").path("correlationId").asText())
        .isEqualTo("\ud800");
    caller.awaitState(other.id(), "copied");
  }

  @Test
  void correlationId_comesBackInTheRecordToo() {
    SimulatedJob job = courier.simulator().sora2Video().add();

    caller.post(
        "{\"jobId\":\"%s\",\"correlationId\":{\"at\":\"2026-11-25T10:00:00.120+05:00\",\"n\":1.50},\"look\":{\"number\":900000}}"
            .formatted(job.id()),
        Map.of());

    JsonNode record = caller.awaitState(job.id(), "copied");
    assertThat(record.path("correlationId").toString())
        .isEqualTo("{\"at\":\"2026-11-25T10:00:00.120+05:00\",\"n\":1.5}");
    assertThat(record.path("looks").asInt()).isLessThan(100);
    assertThat(caller.get("/api/jobs/" + job.id()).body()).contains("1.50");
  }

  @Test
  void severalLines_areAnsweredWithWhatCameOfEach() {
    SimulatedJob first = courier.simulator().sora2Video().add();
    SimulatedJob second = courier.simulator().sora1Job().add();

    HttpResponse<String> posted =
        caller.post(first.id() + "\nno id\n" + second.id() + "\n" + first.id(), Map.of());

    assertThat(posted.statusCode()).isEqualTo(202);
    assertThat(posted.headers().firstValue("Location")).isEmpty();
    assertThat(
            StreamSupport.stream(Caller.json(posted).path("results").spliterator(), false)
                .map(result -> result.path("result").asText()))
        .containsExactly("enqueued", "invalid", "enqueued", "enqueued");
    assertThat(Caller.json(posted).at("/results/1/detail").asText())
        .contains("put a job id on the queue");
    caller.awaitState(first.id(), "copied");
    caller.awaitState(second.id(), "copied");
    assertThat(courier.outcomes(first.id(), 1)).hasSize(1);
  }

  @Test
  void tooManyLines_areEnqueuedInPart() {
    SimulatedJob job = courier.simulator().sora2Video().add();
    String others =
        IntStream.range(0, 250).mapToObj(i -> "\nnot an id " + i).collect(Collectors.joining());

    HttpResponse<String> posted = caller.post(job.id() + others, Map.of());

    assertThat(posted.statusCode()).isEqualTo(202);
    JsonNode results = Caller.json(posted).path("results");
    assertThat(results).hasSize(201);
    assertThat(results.at("/0/result").asText()).isEqualTo("enqueued");
    assertThat(results.at("/199/result").asText()).isEqualTo("invalid");
    assertThat(results.at("/200/result").asText()).isEqualTo("surplus");
    assertThat(results.at("/200/detail").asText()).contains("the other 51");
    caller.awaitState(job.id(), "copied");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "hello world", "[]", "{\"a\":1}", "{", "\u0000", "jobId=", "null"})
  void bodyThatNamesNoJob_isRefusedWithTheSentenceOfTheOutcome(String body) {
    HttpResponse<String> refused = caller.post(body, Map.of("Content-Type", FORM));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(Caller.json(refused).path("detail").asText()).contains("put a job id on the queue");
  }

  @Test
  void bodyThatIsTooLarge_isRefused() {
    assertThat(caller.post("x".repeat(JobsResource.MAX_BODY_BYTES + 1), Map.of()).statusCode())
        .isEqualTo(413);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/jobs?limit=0, 400",
    "/api/jobs?limit=1000, 200",
    "/api/jobs?limit=1001, 400",
    "/api/jobs?limit=99999, 400",
    "/api/jobs?limit=-1, 400",
    "/api/jobs?limit=ten, 400",
    "/api/jobs?state=done, 400",
    "/api/jobs?state=%00, 400",
    "/api/jobs?before=x, 400",
    "/api/jobs?before='%27 or 1 eq 1', 400",
    "/api/jobs?id=, 400",
    "/api/jobs?id=a%20b, 400",
    "/api/jobs?unknown=1, 200",
    "/api/jobs?state=&limit=&before=, 200",
    "/api/jobs/a%20b, 400",
    "/api/jobs/video_of_nobody, 404",
    "/api/videos/a%20b, 400",
    "/api/videos/video_1?download=maybe, 400",
    "/api/videos/video_of_nobody, 404",
    "/api/videos/video_of_nobody@1, 404",
  })
  void oddRequest_isAnsweredWithASentence(String path, int status) {
    HttpResponse<String> response = caller.get(path.replace("'", "").replace(" ", "%20"));

    assertThat(response.statusCode()).isEqualTo(status);
    if (status != 200) {
      assertThat(Caller.json(response).path("detail").asText()).endsWith(".");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/jobs", "/api/jobs/video_1", "/api/health"})
  void typeThatIsNotThere_isRefusedWithASentence(String path) {
    HttpResponse<String> refused = caller.get(path, Map.of("Accept", "text/csv"));

    assertThat(refused.statusCode()).isEqualTo(406);
    assertThat(Caller.json(refused).path("detail").asText()).contains("application/json");
    assertThat(caller.post("video_1", Map.of("Accept", "text/csv")).statusCode()).isEqualTo(406);
  }

  @Test
  void jobsAreListed_newestFirstPageByPage() {
    for (int i = 0; i < 5; i++) {
      SimulatedJob job = courier.simulator().sora2Video().add();
      caller.post(job.id(), Map.of());
      caller.awaitState(job.id(), "copied");
    }

    JsonNode first = Caller.json(caller.get("/api/jobs?limit=2"));
    JsonNode second =
        Caller.json(caller.get("/api/jobs?limit=2&before=" + first.path("next").asText()));

    assertThat(first.path("jobs")).hasSize(2);
    assertThat(second.path("jobs")).hasSize(2);
    assertThat(first.at("/jobs/0/firstSeenAt").asText())
        .isGreaterThanOrEqualTo(first.at("/jobs/1/firstSeenAt").asText());
    assertThat(first.at("/jobs/1/firstSeenAt").asText())
        .isGreaterThanOrEqualTo(second.at("/jobs/0/firstSeenAt").asText());
    JsonNode copied = Caller.json(caller.get("/api/jobs?state=copied&limit=3"));
    assertThat(copied.path("jobs")).hasSize(3);
    assertThat(copied.path("jobs"))
        .allSatisfy(job -> assertThat(job.path("state").asText()).isEqualTo("copied"));
  }

  @Test
  void linkToAVideo_letsAPlayerSeek() throws Exception {
    SimulatedJob job = courier.simulator().sora2Video().add();
    caller.post(job.id(), Map.of());
    caller.awaitState(job.id(), "copied");

    HttpResponse<String> redirect = caller.get("/api/videos/" + job.id());
    JsonNode link =
        Caller.json(caller.get("/api/videos/" + job.id(), Map.of("Accept", "application/json")));

    assertThat(redirect.statusCode()).isEqualTo(302);
    assertThat(Instant.parse(link.path("expiresAt").asText()))
        .isBetween(
            Instant.now().plus(Duration.ofMinutes(50)), Instant.now().plus(Duration.ofMinutes(61)));
    for (String url :
        new String[] {
          redirect.headers().firstValue("Location").orElseThrow(), link.path("url").asText()
        }) {
      HttpResponse<byte[]> part =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(url)).header("Range", "bytes=4-7").build(),
                  BodyHandlers.ofByteArray());
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(new String(part.body(), StandardCharsets.US_ASCII)).isEqualTo("ftyp");
    }
  }

  @Test
  void linkToSave_makesABrowserSaveTheVideo() throws Exception {
    SimulatedJob job = courier.simulator().sora2Video().add();
    caller.post(job.id(), Map.of());
    caller.awaitState(job.id(), "copied");

    String path = "/api/videos/" + job.id() + "?download=true";
    JsonNode link = Caller.json(caller.get(path, Map.of("Accept", "application/json")));

    HttpResponse<byte[]> saved =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(link.path("url").asText())).build(),
                BodyHandlers.ofByteArray());
    assertThat(saved.statusCode()).isEqualTo(200);
    assertThat(saved.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"" + job.id() + ".mp4\"");
  }

  @Test
  void recordOfOneJob_hasTheOutcomeMessageAsItWasSent() {
    SimulatedJob job = courier.simulator().sora2Video().add();
    String correlation = "{\"n\":1.50,\"t\":\"2026-01-01T00:00:00.100Z\"}";
    String message = "{\"jobId\":\"%s\",\"correlationId\":%s}".formatted(job.id(), correlation);
    caller.post(message, Map.of());
    JsonNode record = caller.awaitState(job.id(), "copied");

    String one = caller.get("/api/jobs/" + job.id()).body();
    JsonNode listed = Caller.json(caller.get("/api/jobs?limit=5"));

    assertThat(record.path("outcomes")).containsExactlyElementsOf(courier.outcomes(job.id(), 1));
    assertThat(one.substring(one.indexOf("\"outcomes\"")))
        .contains("\"correlationId\":" + correlation);
    assertThat(listed.path("jobs")).isNotEmpty().noneMatch(other -> other.has("outcomes"));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/console, text/html, <title>Sora Courier</title>",
    "/API/Console, text/html, <title>Sora Courier</title>",
    "/api/console/script, text/javascript, x-functions-key",
    "/api/console/style, text/css, prefers-color-scheme",
  })
  void console_isServedWithoutAKeyAndRunsNothingButItsOwn(String path, String type, String part)
      throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(courier.host().url() + path)).build(),
                BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains(type + "; charset=utf-8");
    assertThat(response.body()).contains(part).doesNotContain(courier.host().functionKey());
    String origin = courier.stack().account().blobEndpoint().replaceFirst("(//[^/]+).*", "$1");
    assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow().split("; "))
        .containsExactlyInAnyOrder(
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "img-src data: " + origin,
            "media-src " + origin,
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");
    assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    if (!path.contains("API")) {
      assertThat(caller.get(path).body()).isEqualTo(response.body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "a=b", "a~b", "a+b", "x%3Ay"})
  void idOfAnyServer_isFoundWhereLocationSays(String suffix) {
    String id = "nobody_" + suffix;

    HttpResponse<String> posted = caller.post(id, Map.of());
    String location = posted.headers().firstValue("Location").orElseThrow();
    JsonNode found = Caller.json(caller.get(location));

    assertThat(found.at(found.has("jobs") ? "/jobs/0/jobId" : "/jobId").asText()).isEqualTo(id);
    caller.await(id, record -> record.path("looks").asInt() > 0);
  }

  @Test
  void messageThatIsNoJob_hasARecordOfItsOwn() {
    courier.enqueue("what is this");

    courier.outcome("what is this");
    JsonNode failed = Caller.json(caller.get("/api/jobs?state=failed&limit=1000"));
    assertThat(failed.path("jobs"))
        .anySatisfy(
            job -> {
              assertThat(job.path("reason").asText()).isEqualTo("invalid-message");
              assertThat(job.has("jobId")).isFalse();
              assertThat(job.path("messageId").asText()).isNotEmpty();
              assertThat(job.path("message").asText()).contains("put a job id on the queue");
            });
  }

  @Test
  void jobThatIsCopied_tellsHowFar() {
    SimulatedJob job = courier.simulator().sora2Video().video(Mp4.ofSize(30_000, 7)).add();
    courier
        .simulator()
        .on(Route.GET_VIDEO_CONTENT, job.id())
        .answer(Fault.trickle(2_000, Duration.ofMillis(400)));

    courier.enqueue(job.id());

    JsonNode copying = caller.awaitState(job.id(), "copying");
    long bytes = copying.at("/copy/bytes").asLong();
    assertThat(bytes).isPositive();
    assertThat(copying.at("/copy/of").asLong()).isEqualTo(job.video().length());
    assertThat(copying.path("looks").asInt()).isOne();
    caller.await(
        job.id(),
        record ->
            record.path("state").asText().equals("copied")
                || record.at("/copy/bytes").asLong() > bytes);
    assertThat(caller.awaitState(job.id(), "copied").has("copy")).isFalse();
  }

  @Test
  void jobThatNobodyLooksAt_isShownAsOverdueAndMayBeEnqueuedAgain() {
    SimulatedJob job = courier.simulator().sora2Video().statuses("in_progress").add();
    caller.post(job.id(), Map.of());
    caller.await(job.id(), record -> record.path("looks").asInt() > 0);
    job.moveTo("completed");
    caller.awaitState(job.id(), "copied");
    var row =
        courier.stack().table("jobs").rows("job").stream()
            .filter(columns -> job.id().equals(columns.get("jobId")))
            .findFirst()
            .orElseThrow();
    courier
        .stack()
        .table("jobs")
        .client()
        .updateEntity(
            new TableEntity("job", (String) row.get("RowKey"))
                .addProperty("state", "waiting")
                .addProperty("nextLook", Instant.now().minusSeconds(301).toString()));

    JsonNode overdue = Caller.json(caller.get("/api/jobs/" + job.id()));
    assertThat(overdue.path("state").asText()).isEqualTo("overdue");
    assertThat(Caller.json(caller.get("/api/jobs?state=overdue")).at("/jobs/0/jobId").asText())
        .isEqualTo(job.id());
    assertThat(Caller.json(caller.get("/api/health")).at("/jobs/overdue").asInt()).isOne();

    assertThat(Caller.json(caller.post(job.id(), Map.of())).path("attempt").asInt()).isEqualTo(2);
    caller.awaitState(job.id(), "copied");
    courier.outcomes(job.id(), 2);
  }

  @Test
  void job_isDiagnosed() {
    SimulatedJob job = courier.simulator().sora2Video().add();

    assertThat(caller.get("/api/diagnose/" + job.id()).statusCode()).isEqualTo(200);
    assertThat(caller.get("/api/diagnose/a%20b").statusCode()).isEqualTo(400);
  }

  @Test
  void withoutRecords_jobsAreEnqueuedAndTheCallsSaySo() {
    try (Deployment off = Deployment.start(builder -> builder.setting("COURIER_JOBS_TABLE", ""))) {
      Caller other = new Caller(off.host());
      SimulatedJob job = off.simulator().sora2Video().add();

      HttpResponse<String> posted = other.post(job.id(), Map.of());

      assertThat(posted.statusCode()).isEqualTo(202);
      assertThat(Caller.json(posted).path("state").asText()).isEqualTo("enqueued");
      assertThat(off.outcome(job.id()).path("status").asText()).isEqualTo("copied");
      for (String path : new String[] {"/api/jobs", "/api/jobs/" + job.id()}) {
        HttpResponse<String> none = other.get(path);
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(Caller.json(none).path("detail").asText()).contains("courier.jobs.table");
      }
      assertThat(Caller.json(other.get("/api/health")).has("jobs")).isFalse();
      assertThat(other.get("/api/videos/" + job.id()).statusCode()).isEqualTo(302);
      other.document().seen().forEach(caller.document().seen()::add);
    }
  }

  @Test
  void harvestThatIsOff_saysSo() {
    JsonNode off = Caller.json(caller.get("/api/harvest"));
    HttpResponse<String> refused = caller.startHarvest();

    assertThat(off.path("enabled").isBoolean()).isTrue();
    assertThat(off.path("enabled").asBoolean()).isFalse();
    assertThat(off.has("runs")).isFalse();
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(Caller.json(refused).path("detail").asText()).contains("COURIER_HARVEST_ENABLED");
  }

  @Test
  void harvestThatIsStarted_endsInTheBackgroundAndIsTold() {
    try (Deployment on =
        Deployment.start(stack -> stack.setting("COURIER_HARVEST_ENABLED", "true"))) {
      Caller other = new Caller(on.host());
      SimulatedJob job = on.simulator().sora2Video().add();

      HttpResponse<String> started = other.startHarvest();

      assertThat(started.statusCode()).isEqualTo(202);
      assertThat(started.headers().firstValue("Location")).contains("/api/harvest");
      JsonNode run = other.awaitHarvest(1);
      assertThat(run.path("listed").asInt()).isOne();
      assertThat(run.path("enqueued").asInt()).isOne();
      assertThat(on.outcome(job.id()).path("source").asText()).isEqualTo("harvest");
      other.document().seen().forEach(caller.document().seen()::add);
    }
  }

  @Test
  void health_tellsWhatWaitsAndWhereTo() {
    JsonNode health = Caller.json(caller.get("/api/health"));

    assertThat(health.path("endpoint").asText()).isEqualTo("127.0.0.1");
    assertThat(health.path("container").asText()).isEqualTo("videos");
    assertThat(health.at("/queues/messages").isNumber()).isTrue();
    assertThat(health.at("/queues/poisoned").asInt()).isZero();
    assertThat(health.at("/jobs/of").isNumber()).isTrue();
  }
}

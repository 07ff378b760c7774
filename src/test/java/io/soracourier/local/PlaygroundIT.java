package io.soracourier.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.soracourier.api.Caller;
import io.soracourier.simulator.RecordedRequest;
import io.soracourier.simulator.SimulatedJob;
import io.soracourier.simulator.SimulatorOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The calls of the console's panel, as {@code mvn -Plocal} serves them, and what comes of them. */
@Execution(ExecutionMode.SAME_THREAD)
class PlaygroundIT {
  private static final Duration IN_TIME = Duration.ofSeconds(90);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static LocalStack stack;

  @BeforeAll
  static void start() {
    stack =
        LocalStack.builder()
            .simulator(
                SimulatorOptions.defaults()
                    .withPort(HandlerProcess.freePort())
                    .withStateTime(Duration.ofMillis(150)))
            .setting("COURIER_LOOK_FIRST_DELAY", "200ms")
            .setting("COURIER_LOOK_MAX_DELAY", "400ms")
            .setting("COURIER_SORA_RETRY_DELAY", "50ms")
            .setting("COURIER_GRACE", "1s")
            .withPanel(Long.MAX_VALUE)
            .start();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @AfterEach
  void everythingOff() {
    for (ServiceFault fault : ServiceFault.values()) {
      stack.playground().orElseThrow().turn(fault.key(), false);
    }
  }

  /** Some versions of Java end there as at the end, others throw. */
  private static byte[] untilItIsCut(InputStream body) {
    ByteArrayOutputStream came = new ByteArrayOutputStream();
    try {
      for (int next = body.read(); next >= 0; next = body.read()) {
        came.write(next);
      }
    } catch (IOException cut) {
      // what came before is what is wanted
    }
    return came.toByteArray();
  }

  private static String turn(ServiceFault fault, boolean on) {
    return "{\"name\":\"%s\",\"on\":%s}".formatted(fault.key(), on);
  }

  private static HttpResponse<String> send(String method, String path, String type, String body)
      throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(stack.host().url() + "/local/" + path))
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(stack.host().url() + "/local/" + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode put(String path, String body) throws Exception {
    HttpResponse<String> response = send("PUT", path, "application/json", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Payload.JSON.readTree(response.body());
  }

  private static List<String> make(JobKind kind, int count) throws Exception {
    String body = "{\"kind\":\"%s\",\"count\":%d}".formatted(kind.key(), count);
    HttpResponse<String> response = send("POST", "jobs", "application/json", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    JsonNode ids = Payload.JSON.readTree(response.body()).path("ids");
    return StreamSupport.stream(ids.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static List<String> names(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(each -> each.path("name").asText())
        .toList();
  }

  /** All outcomes of a job, once there are so many. */
  private static List<JsonNode> outcomes(String job, int count) {
    List<JsonNode> found = new ArrayList<>();
    Waiting.until(
        () -> {
          stack.videos().take();
          found.clear();
          stack.videos().takenJson().stream()
              .filter(outcome -> outcome.path("jobId").asText().equals(job))
              .forEach(found::add);
          return found.size() >= count;
        },
        IN_TIME,
        () ->
            "%d of %d outcomes of %s: %s; the handler's lines about it: %s; the invocations about it: %s"
                .formatted(found.size(), count, job, found, linesOf(job), invocationsOf(job)));
    return found;
  }

  private static List<String> linesOf(String job) {
    return stack.handlerLines().stream().filter(line -> line.contains(job)).toList();
  }

  private static List<Invocation> invocationsOf(String job) {
    return stack.invocations().stream()
        .filter(done -> done.logs().stream().anyMatch(line -> line.contains(job)))
        .toList();
  }

  private static void assertCopied(String id, JsonNode outcome) {
    assertThat(outcome.path("status").asText()).as(outcome.toString()).isEqualTo("copied");
    SimulatedJob job = stack.simulator().job(id).orElseThrow();
    assertThat(outcome.path("contentMd5").asText())
        .isEqualTo(job.video(outcome.path("generationId").asText()).md5Base64());
  }

  private static void assertCopied(String id) {
    assertCopied(id, outcomes(id, 1).get(0));
  }

  private static List<RecordedRequest> requestsOf(String id, Predicate<RecordedRequest> fitting) {
    SimulatedJob job = stack.simulator().job(id).orElseThrow();
    return stack
        .simulator()
        .requests(
            request ->
                (request.path().contains(id) || request.path().contains(job.generationId()))
                    && fitting.test(request));
  }

  @Test
  void state_isWhatThereIsToTry() throws Exception {
    HttpResponse<String> response = get("state");

    JsonNode state = Payload.JSON.readTree(response.body());
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(state.path("simulated").booleanValue()).isTrue();
    assertThat(state.path("server").asText()).isEqualTo("azure");
    assertThat(names(state.path("servers"))).contains("azure", "litellm", "xai").hasSize(16);
    assertThat(names(state.path("kinds")))
        .containsExactly("sora1", "videos", "several", "large", "failed", "moderated");
    assertThat(state.path("faults"))
        .hasSize(ServiceFault.values().length)
        .allMatch(fault -> fault.path("title").isTextual() && !fault.path("on").booleanValue());
  }

  @Test
  void harvestThatIsOn_fetchesWhatIsMadeAndNotEnqueued() throws Exception {
    assertThat(put("harvest", "{\"on\":true}").path("harvest").booleanValue()).isTrue();
    try {
      List<String> ids = make(JobKind.of(Optional.empty()).get(0), 2);
      Waiting.until(
          () ->
              ids.stream()
                  .allMatch(
                      id -> stack.simulator().job(id).orElseThrow().status().equals("succeeded")),
          IN_TIME,
          () -> "the jobs are not made");
      Caller caller = new Caller(stack.host());

      assertThat(caller.startHarvest().statusCode()).isEqualTo(202);
      JsonNode run = caller.awaitHarvest(1);
      assertThat(run.path("enqueued").asInt()).as("run: %s", run).isEqualTo(2);
      for (String id : ids) {
        JsonNode outcome = outcomes(id, 1).get(0);
        assertCopied(id, outcome);
        assertThat(outcome.path("source").asText()).isEqualTo("harvest");
      }
    } finally {
      assertThat(put("harvest", "{\"on\":false}").path("harvest").booleanValue()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"panel.js,text/javascript; charset=utf-8", "panel.css,text/css; charset=utf-8"})
  void panel_isServedAsItsType(String file, String type) throws Exception {
    HttpResponse<String> response = get(file);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains(type);
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.body()).contains("local-faults");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | jobs   | {\"kind\":\"sora3\"}               | 400 | sora1, videos, several",
        "POST | jobs   | {\"kind\":\"sora1\",\"count\":21}  | 400 | 1 to 20",
        "POST | jobs   | {\"kind\":\"large\",\"count\":2}   | 400 | 1 to 1",
        "POST | jobs   | {\"kind\":\"sora1\",\"count\":\"x\"} | 400 | number",
        "POST | jobs   | {                                  | 400 | not JSON",
        "PUT  | server | {\"name\":\"sora\"}                | 400 | azure, vllm-omni",
        "PUT  | server | []                                 | 400 | azure, vllm-omni",
        "PUT  | faults | {\"name\":\"flood\",\"on\":true}   | 400 | throttled, truncated",
        "PUT  | faults | {\"name\":\"down\"}                | 400 | true or false",
        "PUT  | jobs   | {}                                 | 404 | POST jobs",
        "POST | other  | {}                                 | 404 | PUT faults"
      })
  void callThatCannotBeMeant_isRefusedWithWhatThereIs(
      String method, String path, String body, int status, String said) throws Exception {
    HttpResponse<String> response = send(method, path, "application/json", body);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(Payload.JSON.readTree(response.body()).path("detail").asText()).contains(said);
  }

  /** What a form of another page could send without being asked. */
  @Test
  void textInPlaceOfJson_isRefused() throws Exception {
    assertThat(send("POST", "jobs", "text/plain", "{\"kind\":\"sora1\"}").statusCode())
        .isEqualTo(415);
  }

  @Test
  void eachKind_endsAsItSays() throws Exception {
    String large = make(JobKind.LARGE, 1).get(0);
    List<String> sora1 = make(JobKind.SORA_1, 3);
    String videos = make(JobKind.VIDEOS, 1).get(0);
    String several = make(JobKind.SEVERAL, 1).get(0);
    String failed = make(JobKind.FAILED, 1).get(0);
    String moderated = make(JobKind.MODERATED, 1).get(0);

    sora1.forEach(PlaygroundIT::assertCopied);
    assertCopied(videos);
    List<JsonNode> four = outcomes(several, 4);
    four.forEach(outcome -> assertCopied(several, outcome));
    assertThat(four.stream().map(outcome -> outcome.path("generationId").asText()))
        .doesNotHaveDuplicates();
    assertThat(outcomes(failed, 1).get(0).path("reason").asText()).isEqualTo("job-failed");
    assertThat(outcomes(moderated, 1).get(0).path("message").asText()).contains("moderation");
    assertCopied(large);
    assertThat(outcomes(large, 1).get(0).path("bytes").asLong()).isEqualTo(96L * 1024 * 1024);
  }

  /** On both sides: the service did it, and the courier got over it. */
  @ParameterizedTest
  @EnumSource(
      value = ServiceFault.class,
      names = {"WRONG_CONTENT", "THROTTLED", "TRUNCATED", "SLOW", "DOWN"})
  void faultSwitchedOffAgain_isSurvived(ServiceFault fault) throws Exception {
    JsonNode state = put("faults", turn(fault, true));
    assertThat(state.path("faults"))
        .filteredOn(each -> each.path("on").booleanValue())
        .extracting(each -> each.path("name").asText())
        .containsExactly(fault.key());

    String job = make(JobKind.SORA_1, 1).get(0);
    Waiting.until(
        () -> !requestsOf(job, request -> isMark(fault, request)).isEmpty(),
        IN_TIME,
        () -> fault + " did not show: " + requestsOf(job, any -> true));
    put("faults", turn(fault, false));

    assertCopied(job);
    if (fault != ServiceFault.SLOW) {
      assertThat(requestsOf(job, request -> !isMark(fault, request))).isNotEmpty();
    }
  }

  /** What the service's own record shows of a fault. */
  private static boolean isMark(ServiceFault fault, RecordedRequest request) {
    boolean content = request.path().contains("/content/");
    return switch (fault) {
      case WRONG_CONTENT -> content && request.status() == 200;
      case EXPIRED -> content && request.status() == 404;
      case THROTTLED -> request.status() == 429;
      case TRUNCATED -> content && request.header("Range").isPresent();
      case SLOW -> content;
      case DOWN -> request.status() == 0;
    };
  }

  @Test
  void expiredContent_endsItsJobAndNotTheNext() throws Exception {
    put("faults", turn(ServiceFault.EXPIRED, true));
    String expired = make(JobKind.VIDEOS, 1).get(0);
    assertThat(outcomes(expired, 1).get(0).path("reason").asText()).isEqualTo("expired");
    assertThat(requestsOf(expired, request -> request.status() == 404)).isNotEmpty();

    put("faults", turn(ServiceFault.EXPIRED, false));
    assertCopied(make(JobKind.VIDEOS, 1).get(0));
  }

  /** A page in place of the video, of which half comes. */
  @Test
  void faultsTogether_allShow() throws Exception {
    SimulatedJob job = stack.simulator().sora2Video().add();
    put("faults", turn(ServiceFault.TRUNCATED, true));
    JsonNode state = put("faults", turn(ServiceFault.WRONG_CONTENT, true));
    assertThat(state.path("faults")).filteredOn(each -> each.path("on").booleanValue()).hasSize(2);

    HttpURLConnection content =
        (HttpURLConnection)
            stack
                .simulator()
                .uri("/openai/v1/videos/" + job.id() + "/content")
                .toURL()
                .openConnection();
    content.setRequestProperty("api-key", stack.simulator().apiKey());
    try (InputStream body = content.getInputStream()) {
      int declared = content.getContentLength();
      byte[] came = untilItIsCut(body);
      assertThat(new String(came, StandardCharsets.UTF_8)).startsWith("<!DOCTYPE html>");
      assertThat(came).hasSize(declared / 2);
    }
  }

  @Test
  void anotherServer_takesOverWithItsSettingsAndKnowsNoJobOfTheOneBefore() throws Exception {
    String url = stack.host().url();
    int port = stack.simulator().port();
    long handler = stack.host().pid();
    put("faults", turn(ServiceFault.THROTTLED, true));
    String old = make(JobKind.VIDEOS, 1).get(0);

    JsonNode state = put("server", "{\"name\":\"sglang-s3\"}");
    assertThat(state.path("server").asText()).isEqualTo("sglang-s3");
    assertThat(names(state.path("kinds")))
        .containsExactly("videos", "several", "large", "failed", "moderated");
    assertThat(stack.host().url()).isEqualTo(url);
    assertThat(stack.simulator().port()).isEqualTo(port);
    assertThat(stack.host().pid()).isNotEqualTo(handler);
    assertThat(stack.simulator().job(old)).isEmpty();
    String throttled = make(JobKind.VIDEOS, 1).get(0);
    stack.simulator().awaitRequests(1, IN_TIME, request -> request.status() == 429);
    put("faults", turn(ServiceFault.THROTTLED, false));

    assertCopied(throttled);
    String several = make(JobKind.SEVERAL, 1).get(0);
    outcomes(several, 3).forEach(outcome -> assertCopied(several, outcome));
    assertThat(outcomes(old, 1).get(0).path("reason").asText()).isEqualTo("job-not-found");
    assertThat(put("server", "{\"name\":\"azure\"}").path("server").asText()).isEqualTo("azure");
  }
}
